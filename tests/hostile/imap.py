"""IMAP by somebody who means harm: every bad command is answered by BAD, NO or BYE, soon and without memory, and others are served.

    imap.py [write]

Cases run in three states (before sign-in, signed in, selected), each on a connection of its own, and are answered as imap_answers.txt says,
which names what is wrong with each ("write" makes that file anew: read it before it is believed); then floods. By reliability figure R12:
nothing waits longer than 10 s, the server grows by at most 128 MiB; nothing is allocated because a literal's length was announced.
"""
import re
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
import figures  # noqa: E402
from harness import PASSWORD, Playground  # noqa: E402

MOST_SECONDS = 10
MOST_KIB = 128 * 1024
ANSWERS = Path(__file__).with_name("imap_answers.txt")
VAGUE = re.compile(rb"(BAD|NO|BYE)( \[[^]]*\])? *(\S+ *){0,1}$")   # a word or none says nothing

# What is sent after the tag "x "; every one must be refused. Bytes with a line end inside are sent as they are.
ANY_STATE = [
    b"", b" ", b"NOSUCH", b"NOOP extra", b"NOOP ", b" NOOP", b"CAPABILITY ()", b"LOGOUT now", b"\x00", b"NO\x00OP", b"\xff\xfe", b"NOOP\rNOOP",
    b"A" * 8000, b"A" * 70_000, b"ID", b"ID (", b"ID (\"a\" \"b\"", b"ID (" + b"\"k\" \"v\" " * 40 + b")", b"ID ((((", b"AUTHENTICATE",
    b"AUTHENTICATE NOSUCH", b"AUTHENTICATE PLAIN !!!!", b"AUTHENTICATE PLAIN =x", b"AUTHENTICATE PLAIN " + b"A" * 9000, b"AUTHENTICATE SCRAM-SHA-256 bj0=",
    b"AUTHENTICATE \"PLAIN\"", b"LOGIN", b"LOGIN a", b"LOGIN a b c", b"LOGIN \"a b", b"LOGIN \"a\\x\" b", b"LOGIN a {99999999999999999999}", b"LOGIN a {-1}", b"LOGIN a {}",
    b"LOGIN a {5", b"LOGIN a {5+", b"LOGIN a {4294967296}", b"LOGIN {200000}", b"LOGIN (a b)", b"LOGIN a\x80 b", b"LOGIN NIL NIL", b"STARTTLS now", b"ENABLE", b"ENABLE (",
    b"LOGIN a ~{3}", b"LOGIN a {3} b", b"UID", b"UID NOOP", b"UID SELECT INBOX", b"UID UID FETCH 1 FLAGS",
]
SIGNED_IN = [
    b"SELECT", b"SELECT INBOX INBOX", b"SELECT ()", b"SELECT \"INBOX", b"SELECT {999999}", b"SELECT &", b"SELECT &AAA", b"SELECT \"&Jjo!\"",
    b"SELECT nosuch", b"SELECT \xff", b"SELECT INBOX (", b"SELECT INBOX (NOSUCH)", b"EXAMINE", b"CREATE", b"CREATE \"\"", b"CREATE INBOX", b"CREATE a b", b"CREATE " + b"a" * 5000,
    b"CREATE " + b"/a" * 1000, b"CREATE \"a\x01b\"", b"CREATE a//b", b"CREATE /a", b"CREATE \"a*\"", b"CREATE \"a%\"", b"DELETE", b"DELETE INBOX", b"DELETE nosuch", b"DELETE \"\"",
    b"RENAME", b"RENAME a", b"RENAME nosuch other", b"RENAME Sent INBOX", b"RENAME INBOX", b"SUBSCRIBE", b"UNSUBSCRIBE", b"LIST", b"LIST \"\"", b"LIST ( \"\" *", b"LIST (NOSUCH) \"\" *",
    b"LIST \"\" (", b"LIST \"\" (a", b"LIST \"\" * RETURN", b"LIST \"\" * RETURN (NOSUCH)", b"LIST \"\" * RETURN (STATUS)", b"LIST \"\" * RETURN (STATUS (NOSUCH))", b"STATUS", b"STATUS INBOX",
    b"STATUS INBOX ()", b"STATUS INBOX (NOSUCH)", b"STATUS INBOX (MESSAGES", b"STATUS nosuch (MESSAGES)", b"APPEND", b"APPEND INBOX", b"APPEND INBOX {0}", b"APPEND nosuch {3+}\r\nabc",
    b"APPEND INBOX (\\Seen {3+}\r\nabc", b"APPEND INBOX (\\Nosuch) {3+}\r\nabc", b"APPEND INBOX \"no date\" {3+}\r\nabc", b"APPEND INBOX \"32-Foo-2026 99:99:99 +0000\" {3+}\r\nabc",
    b"APPEND INBOX () () {3+}\r\nabc", b"APPEND INBOX {99999999999}", b"APPEND INBOX {999999999}", b"APPEND INBOX \"abc\"", b"APPEND INBOX abc", b"ENABLE", b"IDLE now", b"NAMESPACE x", b"FETCH 1 FLAGS", b"STORE 1 FLAGS ()",
    b"COPY 1 INBOX", b"MOVE 1 INBOX", b"EXPUNGE", b"CLOSE", b"UNSELECT", b"SEARCH ALL", b"UID FETCH 1 FLAGS", b"LOGIN a b", b"AUTHENTICATE PLAIN", b"CHECK",
]
SELECTED = [
    b"FETCH", b"FETCH 1", b"FETCH 0 FLAGS", b"FETCH -1 FLAGS", b"FETCH 1:", b"FETCH :1 FLAGS", b"FETCH 1,,2 FLAGS", b"FETCH 4294967296 FLAGS", b"FETCH 99999999999999999999 FLAGS", b"FETCH a FLAGS",
    b"FETCH 1:*:2 FLAGS", b"FETCH ** FLAGS", b"FETCH 1 NOSUCH", b"FETCH 1 (", b"FETCH 1 (FLAGS", b"FETCH 1 FLAGS UID", b"FETCH 1 ()", b"FETCH 1 ((FLAGS))",
    b"FETCH 1 BODY[", b"FETCH 1 BODY[NOSUCH]", b"FETCH 1 BODY[0]", b"FETCH 1 BODY[1.0]", b"FETCH 1 BODY[1..2]", b"FETCH 1 BODY[99999999999]", b"FETCH 1 BODY[MIME]", b"FETCH 1 BODY[HEADER.FIELDS]",
    b"FETCH 1 BODY[HEADER.FIELDS ()]", b"FETCH 1 BODY[HEADER.FIELDS (A]", b"FETCH 1 BODY[]<", b"FETCH 1 BODY[]<1>", b"FETCH 1 BODY[]<1.0>", b"FETCH 1 BODY[]<-1.5>", b"FETCH 1 BODY[]<0.99999999999>",
    b"FETCH 1 BODY[" + b"1." * 10_000 + b"1]x", b"FETCH " + b"1," * 30_000 + b" FLAGS", b"STORE", b"STORE 1", b"STORE 1 FLAGS", b"STORE 1 FLAGS (", b"STORE 1 +FLAGS (\\Nosuch)", b"STORE 1 *FLAGS (\\Seen)",
    b"STORE 1 FLAGS.NOSUCH (\\Seen)", b"STORE 1 FLAGS \\Seen (", b"STORE 0 FLAGS (\\Seen)", b"STORE 1 FLAGS (a{b)", b"COPY", b"COPY 1", b"COPY 1 nosuch", b"COPY 0 INBOX", b"COPY 1 INBOX INBOX",
    b"MOVE 1 nosuch", b"MOVE 1", b"SEARCH", b"SEARCH NOSUCH", b"SEARCH (", b"SEARCH ()", b"SEARCH NOT", b"SEARCH OR ALL", b"SEARCH " + b"(" * 5000, b"SEARCH " + b"NOT " * 5000 + b"ALL x", b"SEARCH " + b"OR " * 5000,
    b"SEARCH CHARSET", b"SEARCH CHARSET x-nosuch ALL", b"SEARCH SINCE yesterday", b"SEARCH SINCE 99-Foo-2026", b"SEARCH LARGER -1", b"SEARCH LARGER 99999999999999999999", b"SEARCH UID", b"SEARCH UID 0", b"SEARCH HEADER a",
    b"SEARCH KEYWORD", b"SEARCH SUBJECT", b"SEARCH RETURN", b"SEARCH RETURN (NOSUCH) ALL", b"SEARCH RETURN (ALL", b"EXPUNGE 1", b"UID EXPUNGE", b"UID EXPUNGE 0", b"CLOSE now", b"UNSELECT now", b"UID STORE 1", b"UID COPY 1", b"UID MOVE", b"UID SEARCH",
]


class Attacker:
    said = b""   # the last answer, without its tag

    def __init__(self, server, state=0, timeout=MOST_SECONDS):
        self.wire = server.tls().wrap_socket(socket.create_connection(("127.0.0.1", server.port(993)), timeout=timeout), server_hostname="localhost")
        self.stream = self.wire.makefile("rb")
        self.stream.readline()
        if state > 0:
            assert self.ask(b"LOGIN me@localhost " + PASSWORD.encode()) == b"OK"
        if state > 1:
            assert self.ask(b"SELECT INBOX") == b"OK"

    def send(self, data):
        self.wire.sendall(data)

    def answer(self, tag=b"x"):
        """OK, NO, BAD or BYE; what was announced as a literal is never sent: a continuation is left by an empty line and counts as such."""
        while True:
            line = self.stream.readline()
            self.said = line.removeprefix(tag + b" ").removeprefix(b"* ").strip()
            if not line or line.startswith(b"* BYE"):
                return b"BYE"
            if line.startswith(tag + b" "):
                return line.split(b" ")[1]
            if line.startswith((b"* BAD", b"* NO")):
                return line.split(b" ")[1].rstrip()
            if line.startswith(b"+"):
                return b"+"

    def ask(self, command):
        self.send(b"x " + command + b"\r\n")
        return self.answer()

    def close(self):
        self.wire.close()


def shown(command):
    return repr(command)[1:] if len(command) < 100 else repr(command[:60])[1:] + f" and so on, {len(command)} bytes"


def cases(server, problems, write):
    count = 0
    said = []
    for state, commands in enumerate((ANY_STATE, SIGNED_IN, SELECTED)):
        for command in commands:
            count += 1
            began = time.monotonic()
            attacker = Attacker(server, state)
            try:
                got = attacker.ask(command)
                if got == b"+":   # it asks for a literal or a SASL answer: refused by then at the latest
                    attacker.send(b"*\r\n")
                    got = b"" if re.search(rb"{\d+}$", command) else attacker.answer()
                said.append(f"{state}\t{shown(command)}\t{attacker.said.decode(errors='backslashreplace') if got else 'asks for it'}")
                if got and VAGUE.match(attacker.said):
                    problems.append(f"state {state}, {command[:60]!r}: {attacker.said} does not say what is wrong")
                if got not in (b"BAD", b"NO", b"BYE", b""):
                    problems.append(f"state {state}, {command[:60]!r}: {got}")
                if got in (b"BAD", b"NO"):
                    attacker.send(b"y NOOP\r\n")
                    after = attacker.answer(b"y")
                    if after not in (b"OK", b"BYE", b"BAD"):
                        problems.append(f"state {state}, {command[:60]!r}: NOOP after it: {after}")
            except OSError as error:
                problems.append(f"state {state}, {command[:60]!r}: {error!r}")
            attacker.close()
            if time.monotonic() - began > MOST_SECONDS:
                problems.append(f"state {state}, {command[:60]!r}: {time.monotonic() - began:.0f} s")
    if write:
        ANSWERS.write_text("\n".join(said) + "\n")
    for line in sorted(set(said) ^ set(ANSWERS.read_text().splitlines())):
        problems.append(f"{'answered' if line in said else 'and not'}: {line}")
    return count


def ended(attacker):
    """Reads until the connection is closed or says nothing for a second; the bytes that came."""
    attacker.wire.settimeout(1)
    total = 0
    try:
        while got := attacker.wire.recv(65536):
            total += len(got)
    except OSError:
        pass
    attacker.close()
    return total


def flood(server, state, data, times):
    """Sends without reading until the server no longer takes it, then goes."""
    attacker = Attacker(server, state)
    attacker.wire.settimeout(2)
    try:
        for _ in range(times):
            attacker.send(data)
    except OSError:
        pass
    ended(attacker)


def pipelined(server, problems):
    attacker = Attacker(server, 2, timeout=60)
    attacker.send(b"".join(b"p%d NOOP\r\n" % number for number in range(20_000)) + b"x NOOP\r\n")
    got = attacker.answer()
    if got not in (b"OK", b"BYE"):
        problems.append(f"20,000 commands in one piece: {got}")
    attacker.close()


def literals(server, problems):
    """Announced, never sent; and small ones by the thousand (100 KiB each, 1,000 and 1 MiB a command)."""
    for state, command in ((0, b"x LOGIN {60000}\r\n"), (0, b"x LOGIN {4096+}\r\n"), (1, b"x APPEND INBOX {90000000}\r\n"), (1, b"x SELECT {99999}\r\n")):
        held = [Attacker(server, state) for _ in range(20)]
        before = figures.pss_kib(server.process.pid)
        for each in held:
            each.send(command)
        time.sleep(0.3)
        grown = figures.pss_kib(server.process.pid) - before
        if grown > 20 * 1024:
            problems.append(f"{command!r}: {grown} KiB for 20 announcements")
        for each in held:
            each.close()
    attacker = Attacker(server, 2)
    attacker.send(b"x SEARCH " + b"SUBJECT {1+}\r\na " * 1200 + b"ALL\r\n")
    if (got := attacker.answer()) not in (b"BAD", b"NO", b"BYE"):
        problems.append(f"1,200 literals in one command: {got}")
    attacker.close()
    attacker = Attacker(server, 2)
    try:
        attacker.send(b"x SEARCH " + (b"SUBJECT {90000+}\r\n" + b"a" * 90_000 + b" ") * 13 + b"ALL\r\n")
    except OSError:
        pass
    if (got := attacker.answer()) not in (b"BAD", b"NO", b"BYE"):
        problems.append(f"1.1 MiB of literals in one command: {got}")
    attacker.close()


def main():
    problems = []
    with Playground() as server:
        first = Attacker(server, 1)
        message = b"Subject: one\r\n\r\nbody\r\n"
        assert first.ask(b"APPEND INBOX {%d+}\r\n%s" % (len(message), message)) == b"OK"
        before = figures.pss_kib(server.process.pid)
        count = cases(server, problems, sys.argv[1:] == ["write"])
        literals(server, problems)
        pipelined(server, problems)
        flood(server, 0, b"a NOOP\r\n" * 1000, 200)
        flood(server, 2, b"a FETCH 1 (BODY.PEEK[] ENVELOPE)\r\n" * 1000, 100)
        flood(server, 0, b"A" * 65536, 200)
        flood(server, 0, b"\x00" * 65536, 50)
        flood(server, 1, b"x APPEND INBOX {50000000+}\r\n" + b"\xff" * 65536, 20)
        grown = figures.pss_kib(server.process.pid) - before
        if grown > MOST_KIB:
            problems.append(f"the server grew by {grown} KiB")
        began = time.monotonic()
        if Attacker(server, 2).ask(b"FETCH 1 FLAGS") != b"OK" or time.monotonic() - began > MOST_SECONDS:
            problems.append("others are not served")
        if first.ask(b"NOOP") != b"OK":
            problems.append("the first session was lost")
        if figures.metric(server, "postroom_unhandled_errors_total") != 0:
            problems.append("errors nobody handled")
    assert not problems, "\n".join(problems)
    assert count >= 151, count
    print(f"{count} bad commands refused, floods survived, {grown} KiB more memory")


if __name__ == "__main__":
    main()
