"""Twenty IMAP sessions of one account do random commands; a model predicts every line each of them is sent: which changes it is
told, when and in what form, with mod-sequences (RFC 9051 7.5.1, RFC 7162). Reproducible: POSTROOM_MODEL_SEED, and
POSTROOM_MODEL_COMMANDS for a longer run. At the end the server is restarted and must still say what the model says."""
import os
import random
import socket
import sys

from harness import PASSWORD, Playground

SYSTEM = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"]
KEYWORDS = ["$Forwarded", "work", "later", "$MDNSent"]
SESSIONS = 20
TIMEOUT = 20


def compact(numbers):
    """sequence-set of ascending numbers"""
    parts = []
    for number in numbers:
        if parts and parts[-1][1] + 1 == number:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in parts)


class Message:
    def __init__(self, uid, flags, modseq):
        self.uid, self.flags, self.modseq = uid, frozenset(flags), modseq

    def copy(self):
        return Message(self.uid, self.flags, self.modseq)


class Mailbox:
    def __init__(self, name):
        self.name = name
        self.messages = []
        self.keywords = []
        self.uidnext = 1
        self.validity = 0
        self.modseq = 0
        self.expunged = []   # (modseq, uid)
        self.recent_from = 1    # messages below were told to a session that may change the mailbox
        self.claimed_now = False   # in this step

    def find(self, uid):
        return next((each for each in self.messages if each.uid == uid), None)

    def learn(self, flags):
        for flag in flags:
            if not flag.startswith("\\") and flag not in self.keywords:
                self.keywords.append(flag)


class Account:
    def __init__(self, names):
        self.boxes = {name: Mailbox(name) for name in names}
        self.counter = 0   # the account's mod-sequence

    def next(self, box):
        self.counter += 1
        box.modseq = self.counter
        return self.counter

    def add(self, box, flags):
        modseq = self.next(box)
        box.learn(flags)
        box.messages.append(Message(box.uidnext, flags, modseq))
        box.uidnext += 1
        return box.uidnext - 1

    def expunge(self, box, uids):
        gone = [each for each in box.messages if each.uid in uids]
        if not gone:
            return
        modseq = self.next(box)
        box.expunged += [(modseq, each.uid) for each in gone]
        box.messages = [each for each in box.messages if each.uid not in uids]


class Recent:
    """The line that tells how many are \\Recent, RFC 3501 7.3.2. Which of the sessions that hear of a message at the same time is the
    first is theirs to decide: the line read says whether this one was."""

    def __init__(self, session, uids, answers):
        self.session, self.uids, self.answers = session, uids, answers   # may it be false, may it be true

    def line(self, got):
        s = self.session
        recent = s.recent | self.uids if got else s.recent
        return f"* {sum(each.uid in recent for each in s.view)} RECENT"

    def __eq__(self, text):
        s = self.session
        for got in self.answers:
            if text == self.line(got):
                if got:
                    s.recent |= self.uids
                if got and not s.readonly:
                    s.box.recent_from, s.box.claimed_now = s.box.uidnext, True
                return True
        return False

    def __repr__(self):
        return " or ".join(self.line(got) for got in self.answers)


class Session:
    def __init__(self, server, number, mode):
        self.number, self.mode = number, mode   # plain, condstore, qresync
        self.socket = server.tls().wrap_socket(socket.create_connection(("127.0.0.1", server.port(993)), timeout=TIMEOUT),
                                               server_hostname="localhost")
        self.input = self.socket.makefile("rb")
        self.count = 0
        self.box = None
        self.readonly = False
        self.view = []        # what the client knows: messages in order
        self.keywords = []
        self.known = 0        # highest mod-sequence of the client's version
        self.uidnext = 1
        self.behind = False
        self.idle = None
        self.recent = set()   # UIDs
        self.recent_to = 1    # of those below it is known
        self.recent_told = 0
        self.others = []
        self.line()
        assert self.ask(f"LOGIN friend@localhost {PASSWORD}")[1].startswith("OK ")
        if mode != "plain":
            assert self.ask("ENABLE " + mode.upper())[1] == "OK ENABLE done"

    def line(self):
        line = self.input.readline().decode()
        assert line.endswith("\r\n"), f"session {self.number}: connection ended: {line!r}"
        return line[:-2]

    def send(self, text):
        self.count += 1
        tag = f"s{self.number}x{self.count}"
        self.socket.sendall(f"{tag} {text}\r\n".encode())
        return tag

    def ask(self, text):
        tag = self.send(text)
        lines = []
        while True:
            line = self.line()
            if line.startswith(tag + " "):
                return lines, line[len(tag) + 1:]
            lines.append(line)

    # the model of what it is told

    def fetch(self, index, flags=True, byuid=False):
        message = self.view[index]
        parts = []
        if byuid or self.mode != "plain":
            parts.append(f"UID {message.uid}")
        if flags:
            parts.append(f"FLAGS ({self.flags(message)})")
        if self.mode != "plain":
            parts.append(f"MODSEQ ({message.modseq})")
        return f"* {index + 1} FETCH ({' '.join(parts)})"

    def flags(self, message):
        return " ".join([f for f in SYSTEM if f in message.flags] + ["\\Recent"] * (message.uid in self.recent) +
                        [f for f in self.keywords if f in message.flags])

    def take_recent(self):
        """What it is told about new messages."""
        box = self.box
        unclaimed = {each.uid for each in self.view if each.uid >= max(self.recent_to, box.recent_from)}
        fresh = {each.uid for each in self.view if each.uid >= self.recent_to}
        behind = self.recent_to
        self.recent_to = box.uidnext
        if not self.readonly and box.recent_from >= box.uidnext:
            return Recent(self, set(), [False])
        if self.readonly and box.recent_from >= box.uidnext:
            return Recent(self, fresh, [False, True] if box.claimed_now and self.idle else [False])
        rivals = any(each.idle and each is not self and each.box is box and not each.readonly and each.recent_to < box.uidnext
                     for each in self.others)
        return Recent(self, unclaimed, [True, False] if rivals and behind < box.uidnext else [True])

    def pending(self):
        """Whether the client's version differs from the mailbox."""
        return self.box and (self.known != self.box.modseq or self.keywords != self.box.keywords)

    def recent_count(self):
        return sum(each.uid in self.recent for each in self.view)

    def late(self):
        return [f"* OK [HIGHESTMODSEQ {self.known}] so far"] if self.behind and self.mode == "qresync" else []

    def sync(self, may_expunge, byuid=False):
        lines = []
        if not self.box:
            return lines
        now = {each.uid: each for each in self.box.messages}
        gone = [each.uid for each in self.view if each.uid not in now]
        self.behind = bool(gone) and not may_expunge
        if self.keywords != self.box.keywords:
            self.keywords = list(self.box.keywords)
            lines.append("* FLAGS (" + " ".join(SYSTEM + self.keywords) + ")")
        if gone and may_expunge:
            if self.mode == "qresync":
                lines.append("* VANISHED " + compact(gone))
            else:
                numbers = [i + 1 for i, each in enumerate(self.view) if each.uid not in now]
                lines += [f"* {number - told} EXPUNGE" for told, number in enumerate(numbers)]
            self.view = [each for each in self.view if each.uid in now]
        last = self.view[-1].uid if self.view else 0
        fresh = [each.copy() for each in self.box.messages if each.uid > last and each.uid >= self.uidnext]
        changed = []
        for index, each in enumerate(self.view):
            current = now.get(each.uid)
            if current and current.modseq != each.modseq:
                changed.append((index, current.flags != each.flags))
                each.flags, each.modseq = current.flags, current.modseq
        if fresh:
            self.view += fresh
            lines += [f"* {len(self.view)} EXISTS", self.take_recent()]
        elif self.recent_count() != self.recent_told:
            lines.append(f"* {self.recent_count()} RECENT")
            self.recent_told = self.recent_count()
        self.uidnext = self.box.uidnext
        if not self.behind:
            self.known = self.box.modseq
        lines += [self.fetch(i, byuid=byuid) for i, flags in changed if flags or self.mode != "plain"]
        return lines + (self.late() if changed else [])


class Run:
    def __init__(self, server, seed):
        self.random = random.Random(seed)
        self.server = server
        self.account = Account(["one", "two", "three"])
        modes = ["plain", "condstore", "qresync"]
        self.sessions = [Session(server, i, modes[i % 3]) for i in range(SESSIONS)]
        for each in self.sessions:
            each.others = self.sessions
        first = self.sessions[0]
        for box in self.account.boxes.values():
            assert first.ask("CREATE " + box.name)[1].startswith("OK ")
            words = first.ask(f"STATUS {box.name} (UIDVALIDITY HIGHESTMODSEQ)")[0][0].strip(")").split()
            box.validity, box.modseq = int(words[4]), int(words[6])
        self.account.counter = max(box.modseq for box in self.account.boxes.values())
        first.mode = "condstore"   # STATUS HIGHESTMODSEQ is a CONDSTORE enabling command, RFC 7162 3.1
        self.history = []

    def expect(self, session, command, lines, tagged):
        got_lines, got = session.ask(command)
        where = f"session {session.number} ({session.mode}): {command}"
        self.history.append(where)
        assert (lines, tagged) == (got_lines, got), "\n".join(
            self.history[-40:] + ["expected:", *map(str, lines), tagged, "got:", *got_lines, got])
        session.recent_told = session.recent_count()
        self.tell_idle()

    def tell_idle(self):
        for each in self.sessions:
            if each.idle and each.pending():
                for line in each.sync(True):
                    got = each.line()
                    assert line == got, "\n".join(self.history[-40:] + [f"idle session {each.number}", f"expected: {line}",
                                                                      "got: " + got])
                each.recent_told = each.recent_count()

    # choices

    def flags(self):
        return self.random.sample(SYSTEM + KEYWORDS, self.random.randint(0, 3))

    def some(self, session, byuid):
        """A set, and the indices in the session's view that it means."""
        if not session.view:
            return None, []
        if self.random.random() < 0.15:
            return "1:*", list(range(len(session.view)))
        first = self.random.randrange(len(session.view))
        last = min(len(session.view) - 1, first + self.random.choice([0, 0, 0, 1, 3, 8]))
        numbers = [each.uid for each in session.view] if byuid else range(1, len(session.view) + 1)
        return f"{numbers[first]}:{numbers[last]}", list(range(first, last + 1))

    # commands

    def noop(self, s):
        self.expect(s, "NOOP", s.sync(True), "OK done")

    def select(self, s):
        box = self.random.choice(list(self.account.boxes.values()))
        readonly = self.random.random() < 0.2
        lines = ["* OK [CLOSED] previous mailbox closed"] if s.box else []
        text = ("EXAMINE " if readonly else "SELECT ") + box.name
        earlier = []
        if s.mode == "qresync" and self.random.random() < 0.7:
            since = self.random.randint(max(1, self.account.counter - 60), self.account.counter)
            text += f" (QRESYNC ({box.validity} {since}))"
            gone = sorted(uid for modseq, uid in box.expunged if modseq > since)
            if gone:
                earlier.append("* VANISHED (EARLIER) " + compact(gone))
        else:
            since = None
        s.box, s.readonly, s.behind = box, readonly, False
        s.view = [each.copy() for each in box.messages]
        s.keywords, s.known, s.uidnext = list(box.keywords), box.modseq, box.uidnext
        s.recent, s.recent_to = {each.uid for each in s.view if each.uid >= box.recent_from}, box.uidnext
        s.recent_told = len(s.recent)
        if not readonly:
            box.recent_from = box.uidnext
        flags = " ".join(SYSTEM + s.keywords)
        lines += [f"* FLAGS ({flags})", f"* OK [PERMANENTFLAGS ({'' if readonly else flags + ' ' + chr(92) + '*'})] kept",
                  f"* {len(s.view)} EXISTS", f"* {s.recent_told} RECENT"]
        unseen = next((i for i, each in enumerate(s.view) if "\\Seen" not in each.flags), None)
        if unseen is not None:
            lines.append(f"* OK [UNSEEN {unseen + 1}] first unseen")
        lines += [f"* OK [UIDVALIDITY {box.validity}] valid", f"* OK [UIDNEXT {box.uidnext}] next", None,
                  f"* OK [HIGHESTMODSEQ {box.modseq}] highest"] + earlier
        if since is not None:
            lines += [s.fetch(i) for i, each in enumerate(s.view) if each.modseq > since]
        got, tagged = s.ask(text)
        self.history.append(f"session {s.number} ({s.mode}): {text}")
        got = [None if line and line.startswith("* OK [MAILBOXID") else line for line in got]
        assert (got, tagged) == (lines, f"OK [READ-{'ONLY' if readonly else 'WRITE'}] opened"), "\n".join(
            self.history[-40:] + ["expected:", *map(str, lines), "got:", *map(str, got), tagged])

    def append(self, s):
        box = self.random.choice(list(self.account.boxes.values()))
        many = [self.flags() for _ in range(self.random.choice([1, 1, 1, 2, 5]))]
        text = "APPEND " + box.name + "".join(f" ({' '.join(flags)}) {{8+}}\r\nA: b\r\n\r\n" for flags in many)
        uids = [self.account.add(box, flags) for flags in many]
        self.expect(s, text, s.sync(True), f"OK [APPENDUID {box.validity} {compact(uids)}] APPEND done")

    def store(self, s):
        byuid = self.random.random() < 0.5
        where, indices = self.some(s, byuid)
        if where is None:
            return
        flags = self.flags()
        kind = self.random.choice(["", "+", "-"])
        silent = self.random.random() < 0.4
        since = None
        if s.mode != "plain" and self.random.random() < 0.3:
            since = self.random.randint(max(0, self.account.counter - 30), self.account.counter)
        text = (f"{'UID ' if byuid else ''}STORE {where}{f' (UNCHANGEDSINCE {since})' if since is not None else ''} "
                f"{kind}FLAGS{'.SILENT' if silent else ''} ({' '.join(flags)})")
        if s.readonly:
            return self.expect(s, text, [], "NO [READ-ONLY] the mailbox was opened with EXAMINE")

        def after(old):
            return frozenset(flags) if kind == "" else old | set(flags) if kind == "+" else old - set(flags)
        box = s.box
        if kind != "-":
            box.learn(flags)
        failed, missing, change = [], False, []
        for index in indices:
            message = box.find(s.view[index].uid)
            if not message:
                missing = True
            elif since is not None and message.modseq > since:
                failed.append(index)
            elif after(message.flags) != message.flags:
                change.append(message)
        if change:
            modseq = self.account.next(box)
            for message in change:
                message.flags, message.modseq = after(message.flags), modseq
        told = []
        for index in indices:
            before = s.view[index]
            message = box.find(before.uid)
            if not message:
                continue
            expected = index not in failed and message.flags == after(before.flags)
            if not silent or not expected:
                told.append((index, True))
            elif s.mode != "plain" and (since is not None or message.modseq != before.modseq):
                told.append((index, False))
            before.flags, before.modseq = message.flags, message.modseq
        lines = s.sync(False, byuid)
        lines += [s.fetch(index, flags=full, byuid=byuid) for index, full in told]
        if told:
            lines += s.late()
        code = ""
        if failed:
            code = f"[MODIFIED {compact([s.view[i].uid if byuid else i + 1 for i in failed])}] "
        tagged = f"NO {code}some of the messages are gone" if missing and since is not None else f"OK {code}STORE done"
        self.expect(s, text, lines, tagged)

    def tagged(self, s, text):
        return f"OK [HIGHESTMODSEQ {s.known}] {text}" if s.mode == "qresync" else f"OK {text}"

    def expunge(self, s):
        byuid = self.random.random() < 0.4
        where, indices = self.some(s, True) if byuid else ("", [])
        if where is None:
            return
        text = f"UID EXPUNGE {where}" if byuid else "EXPUNGE"
        if s.readonly:
            return self.expect(s, text, [], "NO [READ-ONLY] the mailbox was opened with EXAMINE")
        chosen = {s.view[i].uid for i in indices}
        self.account.expunge(s.box, {each.uid for each in s.box.messages
                                     if "\\Deleted" in each.flags and (not byuid or each.uid in chosen)})
        lines = s.sync(True, byuid)
        self.expect(s, text, lines, self.tagged(s, "EXPUNGE done"))

    def copy(self, s):
        byuid = self.random.random() < 0.5
        moving = self.random.random() < 0.5
        where, indices = self.some(s, byuid)
        if where is None:
            return
        target = self.random.choice(list(self.account.boxes.values()))
        verb = "MOVE" if moving else "COPY"
        text = f"{'UID ' if byuid else ''}{verb} {where} {target.name}"
        if moving and s.readonly:
            return self.expect(s, text, [], "NO [READ-ONLY] the mailbox was opened with EXAMINE")
        source = [each for each in s.box.messages if each.uid in {s.view[i].uid for i in indices}]
        new = []
        if source:
            modseq = self.account.next(target)
            for message in source:
                target.learn(flag for flag in s.box.keywords if flag in message.flags)
                new.append(Message(target.uidnext, message.flags, modseq))
                target.uidnext += 1
            target.messages += new
            if moving:
                self.account.expunge(s.box, {each.uid for each in source})
        code = ""
        if source:
            code = f"[COPYUID {target.validity} {compact([m.uid for m in source])} {compact([m.uid for m in new])}] "
        lines = [f"* OK {code}moved"] if moving and source else []
        lines += s.sync(True, byuid)
        self.expect(s, text, lines, self.tagged(s, "MOVE done") if moving else f"OK {code}COPY done")

    def look(self, s):
        byuid = self.random.random() < 0.5
        where, indices = self.some(s, byuid)
        if where is None:
            return
        prefix = "UID " if byuid else ""
        if s.mode == "qresync" and byuid and self.random.random() < 0.4:
            since = self.random.randint(max(1, self.account.counter - 60), self.account.counter)
            text = f"UID FETCH 1:* (FLAGS) (CHANGEDSINCE {since} VANISHED)"
            shown = {each.uid for each in s.view}
            gone = sorted(uid for modseq, uid in s.box.expunged if modseq > since and uid not in shown and uid < s.uidnext)
            lines = ["* VANISHED (EARLIER) " + compact(gone)] if gone else []
            lines += [s.fetch(i) for i, each in enumerate(s.view) if each.modseq > since]
            news = s.sync(False, byuid)
            lines += news if news and "so far" in str(news[-1]) else news + s.late()
            return self.expect(s, text, lines, "OK FETCH done")
        else:
            text = f"{prefix}FETCH {where} (FLAGS)"
            lines = []
            for i in indices:
                lines.append(f"* {i + 1} FETCH ({f'UID {s.view[i].uid} ' if byuid else ''}FLAGS ({s.flags(s.view[i])}))")
        lines += s.sync(False, byuid)
        self.expect(s, text, lines, "OK FETCH done")

    def search(self, s):
        byuid = self.random.random() < 0.5
        flag = self.random.choice(["SEEN", "UNSEEN", "DELETED", "KEYWORD work", "RECENT", "NEW", "OLD"])
        def hit(message):
            flags, recent = message.flags, message.uid in s.recent
            return {"SEEN": "\\Seen" in flags, "UNSEEN": "\\Seen" not in flags, "DELETED": "\\Deleted" in flags,
                    "KEYWORD work": "work" in flags, "RECENT": recent, "NEW": recent and "\\Seen" not in flags, "OLD": not recent}[flag]
        found = [each.uid if byuid else i + 1 for i, each in enumerate(s.view) if hit(each)]
        lines = ["* SEARCH" + "".join(f" {number}" for number in found)] + s.sync(byuid, byuid)
        self.expect(s, f"{'UID ' if byuid else ''}SEARCH {flag}", lines, "OK SEARCH done")

    def status(self, s):
        box = self.random.choice(list(self.account.boxes.values()))
        unseen = sum("\\Seen" not in each.flags for each in box.messages)
        recent = sum(each.uid >= box.recent_from for each in box.messages)
        items, values = "MESSAGES UIDNEXT UNSEEN RECENT", f"MESSAGES {len(box.messages)} UIDNEXT {box.uidnext} UNSEEN {unseen} RECENT {recent}"
        if s.mode != "plain":
            items, values = items + " HIGHESTMODSEQ", f"{values} HIGHESTMODSEQ {box.modseq}"
        self.expect(s, f"STATUS {box.name} ({items})", [f"* STATUS {box.name} ({values})"], "OK STATUS done")

    def leave(self, s):
        closing = self.random.random() < 0.5
        if closing and not s.readonly:
            self.account.expunge(s.box, {each.uid for each in s.box.messages if "\\Deleted" in each.flags})
        s.box, s.view, s.behind = None, [], False
        self.expect(s, "CLOSE" if closing else "UNSELECT", [], f"OK {'CLOSE' if closing else 'UNSELECT'} done")

    def start_idle(self, s):
        s.idle = s.send("IDLE")
        self.history.append(f"session {s.number} ({s.mode}): IDLE")
        for line in ["+ idling"] + s.sync(True):
            got = s.line()
            assert line == got, "\n".join(self.history[-40:] + [f"expected: {line}", "got: " + got])
        s.recent_told = s.recent_count()

    def end_idle(self, s):
        s.socket.sendall(b"DONE\r\n")
        tag, s.idle = s.idle, None
        self.history.append(f"session {s.number} ({s.mode}): DONE")
        got = s.line()
        assert got == tag + " OK IDLE ended", "\n".join(self.history[-40:] + ["got: " + got])

    def step(self):
        s = self.random.choice(self.sessions)
        for box in self.account.boxes.values():
            box.claimed_now = False
        if s.idle:
            return self.end_idle(s)
        if not s.box:
            return self.random.choice([self.select, self.select, self.select, self.append, self.status])(s)
        weights = {self.noop: 8, self.select: 3, self.append: 8, self.store: 24, self.expunge: 5, self.copy: 6, self.look: 14,
                   self.search: 5, self.status: 4, self.leave: 2, self.start_idle: 6}
        self.random.choices(list(weights), list(weights.values()))[0](s)

    def check_state(self):
        """A new connection is told what the model holds."""
        s = Session(self.server, 99, "condstore")
        for box in self.account.boxes.values():
            s.ask("EXAMINE " + box.name)
            lines = s.ask("UID FETCH 1:* (FLAGS MODSEQ)")[0] if box.messages else []
            s.recent, s.keywords = {each.uid for each in box.messages if each.uid >= box.recent_from}, box.keywords
            assert lines == [f"* {i + 1} FETCH (UID {each.uid} FLAGS ({s.flags(each)}) MODSEQ ({each.modseq}))"
                             for i, each in enumerate(box.messages)], lines


def main():
    seed = int(os.environ.get("POSTROOM_MODEL_SEED", "7"))
    commands = int(os.environ.get("POSTROOM_MODEL_COMMANDS", "6000"))
    print(f"seed {seed}, {commands} commands")
    with Playground() as server:
        run = Run(server, seed)
        for _ in range(commands):
            run.step()
        run.check_state()
        server.stop()
        server.start()
        run.check_state()
        print(f"{sum(len(box.messages) for box in run.account.boxes.values())} messages at mod-sequence {run.account.counter}")


if __name__ == "__main__":
    sys.exit(main())
