"""kill -9 at random moments under load, again and again: what was acknowledged is there, whole and once.

Four SMTP senders, a submission whose messages leave through the queue (and come back to the playground's own port), and an IMAP
session that appends, sets flags and expunges keep a playground busy; after a random moment the server is killed and started anew on
the same folder. Then each message with a 250 (or an OK to its APPEND) must be in its mailbox exactly once, byte for byte, one
without at most once; flags with an OK are kept; what was expunged with an OK stays gone; a UID once seen names the same message for
ever, and UIDVALIDITY never moves. What was queued arrives, twice at most for the transactions that were under way. The folder is
verified offline, between death and restart, and live at the end.

    kill.py [CYCLES] [SEED]
"""
import imaplib
import json
import random
import re
import smtplib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from harness import BUILD, PASSWORD, Playground  # noqa: E402

SENDERS = 4
RESTART_SECONDS = 5.0
MOST_UNDER_WAY = 10   # outgoing transactions to one destination
KEY = re.compile(rb"^X-Crash: (\S+)\r$", re.MULTILINE)


class Load:
    """What was sent, and what of it was acknowledged; filled by the threads of one cycle, read after they ended."""

    def __init__(self, server, seed):
        self.server = server
        self.seed = seed
        self.sent = {}      # key -> message as sent
        self.acknowledged = set()
        self.flagged = set()     # keys of appended messages whose STORE was answered OK
        self.expunging = set()   # keys whose UID EXPUNGE was sent
        self.expunged = set()    # and answered OK
        self.submitted = set()   # acknowledged, for the queue
        self.unexpected = []

    def message(self, source, chance, number):
        key = b"%s.%d.%d" % (self.seed.encode(), source, number)
        lines = [b"X-Crash: " + key, b"Subject: crash " + key, b"From: friend@localhost", b""]
        for _ in range(chance.choice((1, 20, 200))):
            lines.append(bytes(chance.choice(b"abcdefghij klmnop.\xe4") for _ in range(chance.randrange(70))))
        # A dot first on a line is stuffed by the sender; the stored message has none of that.
        text = b"\r\n".join(line.lstrip(b".") for line in lines) + b"\r\n"
        self.sent[key] = text
        return key, text

    def smtp(self, source):
        chance = random.Random(f"{self.seed} {source}")
        try:
            with socket.create_connection(("127.0.0.1", self.server.port(25)), timeout=30) as wire:
                stream = wire.makefile("rb")
                stream.readline()
                wire.sendall(b"HELO load.example\r\n")
                stream.readline()
                number = 0
                while True:
                    key, text = self.message(source, chance, number)
                    number += 1
                    wire.sendall(b"MAIL FROM:<load@example.org>\r\nRCPT TO:<me@localhost>\r\nDATA\r\n")
                    replies = [stream.readline() for _ in range(3)]
                    if not replies[2]:
                        return
                    if not replies[2].startswith(b"354"):
                        self.unexpected.append(replies)
                        return
                    wire.sendall(text + b".\r\n")
                    reply = stream.readline()
                    if reply.startswith(b"250 "):
                        self.acknowledged.add(key)
                    elif reply.endswith(b"\n"):
                        self.unexpected.append(reply)
        except OSError:
            pass

    def imap(self, source):
        chance = random.Random(f"{self.seed} {source}")
        try:
            client = imaplib.IMAP4("127.0.0.1", self.server.port(143), timeout=30)
            client.starttls(self.server.tls())
            client.login("friend@localhost", PASSWORD)
            client.select("Drafts")
            number = 0
            while True:
                key, text = self.message(source, chance, number)
                number += 1
                kind, data = client.append("Drafts", None, None, text)
                if kind != "OK":
                    self.unexpected.append(data)
                    return
                self.acknowledged.add(key)
                client.noop()
                uid = re.search(rb"APPENDUID \d+ (\d+)", data[0])[1].decode()
                if number % 4 == 0:
                    client.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
                    self.expunging.add(key)
                    if client.uid("EXPUNGE", uid)[0] == "OK":
                        self.expunged.add(key)
                elif client.uid("STORE", uid, "+FLAGS", r"(\Flagged crash)")[0] == "OK":
                    self.flagged.add(key)
        except (OSError, imaplib.IMAP4.error, ValueError):
            pass

    def submit(self, source):
        chance = random.Random(f"{self.seed} {source}")
        try:
            with smtplib.SMTP_SSL("127.0.0.1", self.server.port(465), context=self.server.tls(), timeout=30) as client:
                client.login("friend@localhost", PASSWORD)
                number = 0
                while True:
                    key, text = self.message(source, chance, number)
                    number += 1
                    client.sendmail("friend@localhost", ["far@example.net"], text)
                    self.submitted.add(key)
        except (OSError, smtplib.SMTPException):
            pass

    def run_until_killed(self, seconds):
        workers = [threading.Thread(target=self.smtp, args=(source,)) for source in range(SENDERS)]
        workers.append(threading.Thread(target=self.imap, args=(SENDERS,)))
        workers.append(threading.Thread(target=self.submit, args=(SENDERS + 1,)))
        for worker in workers:
            worker.start()
        time.sleep(seconds)
        self.server.kill()
        for worker in workers:
            worker.join()


class Mailbox:
    """One mailbox as seen over IMAP through all cycles."""

    def __init__(self, user, name):
        self.user, self.name = user, name
        self.validity = None
        self.keys = {}      # uid -> key, everything ever seen
        self.flags = {}     # uid -> flags as last seen

    def open(self, server):
        client = imaplib.IMAP4("127.0.0.1", server.port(143))
        client.starttls(server.tls())
        client.login(self.user, PASSWORD)
        assert client.select(self.name, readonly=True)[0] == "OK"
        validity = client.response("UIDVALIDITY")[1]
        assert self.validity in (None, validity), f"UIDVALIDITY moved from {self.validity} to {validity}"
        self.validity = validity
        return client

    def new_messages(self, server):
        """uid -> message of what came since the last call."""
        client = self.open(server)
        after = max(self.keys, default=0)
        kind, data = client.uid("FETCH", f"{after + 1}:*", "(FLAGS BODY.PEEK[])")
        assert kind == "OK", data
        found = {}
        for part in data:
            if isinstance(part, tuple):
                uid = int(re.search(rb"UID (\d+)", part[0])[1])
                if uid > after:
                    found[uid] = part[1]
                    self.flags[uid] = part[0]
                    self.keys[uid] = KEY.search(part[1])[1]
        client.logout()
        return found

    def check_all_kept(self, server):
        client = self.open(server)
        kind, data = client.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (X-CRASH)])")
        assert kind == "OK", data
        seen = {int(re.search(rb"UID (\d+)", part[0])[1]): KEY.search(part[1])[1] for part in data if isinstance(part, tuple)}
        assert seen == self.keys, f"{self.name}: {len(set(seen.items()) ^ set(self.keys.items()))} UIDs changed their message"
        client.logout()


def check(load, found):
    """Compares what a cycle sent with what appeared; returns the problems."""
    problems = []
    times = {}
    for text in found:
        key = KEY.search(text)[1]
        times[key] = times.get(key, 0) + 1
        if key not in load.sent:
            problems.append(f"{key}: from another cycle")
        elif not text.endswith(load.sent[key]):
            problems.append(f"{key}: torn, {len(text)} bytes for {len(load.sent[key])} sent")
    outgoing = b".%d." % (SENDERS + 1)
    twice = {key: count for key, count in times.items() if count > 1}
    again = sum(count - 1 for key, count in twice.items() if outgoing in key)
    problems += [f"{key}: acknowledged and lost" for key in load.acknowledged - load.expunging if key not in times]
    problems += [f"{key}: queued and lost" for key in load.submitted if key not in times]
    problems += [f"{key}: expunged and there again" for key in load.expunged if key in times]
    problems += [f"{key}: stored {count} times" for key, count in twice.items() if outgoing not in key]
    if again > MOST_UNDER_WAY:
        problems.append(f"{again} outgoing messages came twice")
    return problems + [f"unexpected reply {reply}" for reply in load.unexpected]


def wait_for_queue(server):
    """Until nothing waits; what is left after half a minute is an error."""
    for _ in range(300):
        done = subprocess.run([BUILD / "daemon/cli/postroomctl", "--json", "--socket", server.folder / "run/control.sock", "queue", "list"],
                              capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stdout + done.stderr
        waiting = json.loads(done.stdout)["messages"]
        if not waiting:
            return
        time.sleep(0.1)
    raise AssertionError(f"{len(waiting)} messages stay in the queue: {waiting[:2]}")


def main():
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    seed = sys.argv[2] if len(sys.argv) > 2 else str(int(time.time()))
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    acknowledged = submitted = expunged = 0
    slowest = 0.0
    with Playground() as server:
        inbox, drafts = Mailbox("me@localhost", "INBOX"), Mailbox("friend@localhost", "Drafts")
        for cycle in range(cycles):
            load = Load(server, f"{seed}-{cycle}")
            load.run_until_killed(chance.uniform(0.1, 1.2))
            server.verify()
            began = time.monotonic()
            server.start()
            slowest = max(slowest, time.monotonic() - began)
            wait_for_queue(server)
            arrived = inbox.new_messages(server)
            appended = drafts.new_messages(server)
            problems = check(load, [*arrived.values(), *appended.values()])
            for uid, text in appended.items():
                if KEY.search(text)[1] in load.flagged and not {rb"\Flagged", b"crash"} <= set(re.findall(rb"[\\\w]+", drafts.flags[uid])):
                    problems.append(f"flags of {KEY.search(text)[1]} are lost: {drafts.flags[uid]}")
            assert not problems, f"cycle {cycle}: " + "\n".join(problems[:20])
            acknowledged += len(load.acknowledged)
            submitted += len(load.submitted)
            expunged += len(load.expunged)
        inbox.check_all_kept(server)
        drafts.check_all_kept(server)
        server.verify()
    assert slowest < RESTART_SECONDS, f"a restart took {slowest:.1f} s"
    assert acknowledged > 10 * cycles and submitted > cycles and expunged > cycles // 2, f"hardly any load: {acknowledged} {submitted} {expunged}"
    print(f"{cycles} kills, {acknowledged} acknowledged messages, {submitted} through the queue, {expunged} expunged, 0 lost, slowest restart {slowest:.2f} s")


if __name__ == "__main__":
    main()
