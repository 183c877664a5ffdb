"""SMTP by somebody who means harm: every bad command is refused, soon and without memory, and others are served.

    smtp.py

Cases run in four states (greeted, EHLO said, MAIL said, RCPT said), each on a connection of its own, then on submission after sign-in;
then floods and dawdlers. By reliability figure R13: nothing waits longer than 10 s, the server grows by at most 128 MiB.
"""
import base64
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

# What is sent with CRLF; every one must be refused by 4xx or 5xx, or end the connection.
ANY_STATE = [
    b"", b" ", b"\x00", b"NO\x00OP", b"\xff\xfe", b"NOOP\rNOOP", b"NOOP\nNOOP", b"GET / HTTP/1.1", b"A" * 2047, b"A" * 70_000, b"HELO", b"HELO  ", b"EHLO", b"EHLO a b", b"EHLO -",
    b"EHLO [1.2.3]", b"EHLO [IPv6:zz]", b"EHLO " + b"a" * 300, b"EHLO a..b", b"EHLO a\x00b", b"QUIT now", b"RSET x", b"EXPN list", b"ETRN x", b"TURN", b"SEND FROM:<a@b>", b"SOML", b"SAML", b"BURL x",
    b"XCLIENT ADDR=1.2.3.4", b"XFORWARD NAME=x", b"STARTTLS x", b"AUTH", b"AUTH ", b"AUTH PLAIN AAAA", b"AUTH NOSUCH", b"DATA x", b"BDAT", b"BDAT x", b"BDAT -1", b"BDAT 1 FIRST", b"BDAT 99999999999999999999",
]
HELLO = [
    b"MAIL", b"MAIL FROM", b"MAIL FROM:", b"MAIL FROM:a@b", b"MAIL FROM:<a@b", b"MAIL FROM:a@b>", b"MAIL FROM:<<a@b>>", b"MAIL FROM:<a>", b"MAIL FROM:<@>", b"MAIL FROM:<a@>", b"MAIL FROM:<@b>",
    b"MAIL FROM:<a..b@c>", b"MAIL FROM:<.a@b>", b"MAIL FROM:<a.@b>", b"MAIL FROM:<a b@c>", b"MAIL FROM:<\"a@b>", b"MAIL FROM:<\"a\\\"@b>", b"MAIL FROM:<a@b\x00c>", b"MAIL FROM:<a\x00@b>", b"MAIL FROM:<a@[1.2.3.4>",
    b"MAIL FROM:<a@[1.2.3.256]>", b"MAIL FROM:<a@-b>", b"MAIL FROM:<a@b->", b"MAIL FROM:<" + b"a" * 65 + b"@b>", b"MAIL FROM:<a@" + b"b" * 64 + b">", b"MAIL FROM:<a@" + b"b." * 140 + b"c>", b"MAIL FROM:<\xff@b>",
    b"MAIL FROM:<\xc3\xbc@b>", b"MAIL FROM:<@a,@b@c>", b"MAIL FROM:<@a,@" + b"b,@" * 500 + b"b:c@d>x", b"MAIL FROM:<a@b>SIZE=1", b"MAIL FROM:<a@b> SIZE=", b"MAIL FROM:<a@b> SIZE=-1", b"MAIL FROM:<a@b> SIZE=x",
    b"MAIL FROM:<a@b> SIZE=99999999999999999999", b"MAIL FROM:<a@b> SIZE=999999999999", b"MAIL FROM:<a@b> SIZE=1 SIZE=1", b"MAIL FROM:<a@b> BODY", b"MAIL FROM:<a@b> BODY=BINARYMIME", b"MAIL FROM:<a@b> SMTPUTF8=1",
    b"MAIL FROM:<a@b> RET=ALL", b"MAIL FROM:<a@b> ENVID=", b"MAIL FROM:<a@b> ENVID=a+0D+0Ab", b"MAIL FROM:<a@b> ENVID=+zz", b"MAIL FROM:<a@b> ENVID=" + b"x" * 101, b"MAIL FROM:<a@b> REQUIRETLS", b"MAIL FROM:<a@b> HOLDFOR=1",
    b"MAIL FROM:<a@b> =1", b"MAIL FROM:<a@b> X==", b"MAIL FROM:<a@b>" + b" X=1" * 30, b"MAIL TO:<a@b>", b"RCPT TO:<me@localhost>", b"DATA", b"BDAT 1", b"STARTTLS now",
]
MAIL = [
    b"RCPT", b"RCPT TO", b"RCPT TO:", b"RCPT TO:<>", b"RCPT TO:me@localhost", b"RCPT TO:<nobody@localhost>", b"RCPT TO:<me@elsewhere.test>", b"RCPT TO:<me%elsewhere.test@localhost>", b"RCPT TO:<elsewhere.test!me@localhost>",
    b"RCPT TO:<\"me@elsewhere.test\"@localhost>", b"RCPT TO:<me@elsewhere.test@localhost>", b"RCPT TO:<me@[127.0.0.1]>", b"RCPT TO:<@localhost:me@elsewhere.test>", b"RCPT TO:<me@localhost\x00.elsewhere.test>",
    b"RCPT TO:<me@localhost> NOTIFY", b"RCPT TO:<me@localhost> NOTIFY=NEVER,DELAY", b"RCPT TO:<me@localhost> NOTIFY=,", b"RCPT TO:<me@localhost> ORCPT=x", b"RCPT TO:<me@localhost> ORCPT=rfc822;+0A", b"RCPT TO:<me@localhost> X=1",
    b"MAIL FROM:<a@b>", b"STARTTLS", b"DATA", b"BDAT 0 LAST",
]
RCPT = [b"DATA x", b"MAIL FROM:<a@b>", b"BDAT 5x", b"RCPT TO:<\xc3\xbc@localhost>"]
SUBMISSION = [
    b"MAIL FROM:<friend@localhost>", b"MAIL FROM:<a@elsewhere.test>", b"MAIL FROM:<me@localhost> HOLDFOR=0", b"MAIL FROM:<me@localhost> HOLDFOR=5184001", b"MAIL FROM:<me@localhost> HOLDUNTIL=x",
    b"MAIL FROM:<me@localhost> HOLDUNTIL=1999-01-01T00:00:00Z", b"MAIL FROM:<me@localhost> HOLDFOR=1 HOLDUNTIL=2099-01-01T00:00:00Z", b"AUTH PLAIN", b"AUTH PLAIN !!!",
]


class Attacker:
    def __init__(self, server, state=0, submission=False):
        self.wire = socket.create_connection(("127.0.0.1", server.port(465 if submission else 25)), timeout=MOST_SECONDS)
        if submission:
            self.wire = server.tls().wrap_socket(self.wire, server_hostname="localhost")
        self.stream = self.wire.makefile("rb")
        self.answer()
        for line in (b"EHLO attacker.test", b"MAIL FROM:<a@example.org>", b"RCPT TO:<me@localhost>")[:1 if submission else state]:
            assert self.ask(line) == b"250", line
        if submission:
            secret = base64.b64encode(b"\0me@localhost\0" + PASSWORD.encode())
            assert self.ask(b"AUTH PLAIN " + secret) == b"235"

    def send(self, data):
        self.wire.sendall(data)

    def answer(self):
        """The code of a reply; empty at the end of the connection."""
        while line := self.stream.readline():
            if line[3:4] != b"-":
                return line[:3]
        return b""

    def ask(self, command):
        self.send(command + b"\r\n")
        return self.answer()

    def close(self):
        self.wire.close()


def refused(server, command, where, problems, **how):
    began = time.monotonic()
    attacker = Attacker(server, **how)
    try:
        got = attacker.ask(command)
        if got == b"334":   # it asks for a SASL answer: cancelled
            got = attacker.ask(b"*")
        if got[:1] not in (b"4", b"5", b""):
            problems.append(f"{where}, {command[:60]!r}: {got}")
        if got and b"\n" not in command and not command.startswith(b"BDAT") and attacker.ask(b"NOOP") not in (b"250", b""):
            problems.append(f"{where}, {command[:60]!r}: out of step")
    except OSError as error:
        problems.append(f"{where}, {command[:60]!r}: {error!r}")
    attacker.close()
    if time.monotonic() - began > MOST_SECONDS:
        problems.append(f"{where}, {command[:60]!r}: {time.monotonic() - began:.0f} s")


def cases(server, problems):
    count = 0
    for state, commands in enumerate((ANY_STATE, HELLO, MAIL, RCPT)):
        for command in commands:
            refused(server, command, f"state {state}", problems, state=state)
            count += 1
    for command in SUBMISSION:
        refused(server, command, "submission", problems, submission=True)
        count += 1
    return count


def flood(server, state, data, times):
    """Sends without reading until the server no longer takes it, then goes."""
    attacker = Attacker(server, state)
    attacker.wire.settimeout(2)
    try:
        for _ in range(times):
            attacker.send(data)
    except OSError:
        pass
    attacker.close()


def dawdlers(server, problems):
    """Those who begin a message and never end it; a good client is served in time."""
    held = []
    for _ in range(25):   # 30 connections from one address are taken
        attacker = Attacker(server, 3)
        assert attacker.ask(b"DATA") == b"354"
        attacker.send(b"x" * 5000)
        held.append(attacker)
    began = time.monotonic()
    good = Attacker(server, 3)
    if good.ask(b"DATA") != b"354" or good.ask(b"Subject: x\r\n\r\nx\r\n.") != b"250" or time.monotonic() - began > 2:
        problems.append(f"a good client among dawdlers waited {time.monotonic() - began:.1f} s")
    for each in held:
        each.close()


def main():
    problems = []
    with Playground("--strict") as server:
        before = figures.pss_kib(server.process.pid)
        count = cases(server, problems)
        flood(server, 1, b"NOOP\r\n" * 10_000, 200)
        flood(server, 1, b"RSET\r\n" * 10_000, 50)
        flood(server, 0, b"A" * 65536, 200)
        flood(server, 0, b"\x00" * 65536, 50)
        flood(server, 2, b"RCPT TO:<me@localhost>\r\n" * 2000, 20)
        flood(server, 3, b"BDAT 50000000\r\n" + b"\xff" * 65536, 20)
        dawdlers(server, problems)
        grown = figures.pss_kib(server.process.pid) - before
        if grown > MOST_KIB:
            problems.append(f"the server grew by {grown} KiB")
    for problem in problems:
        print(problem)
    print(f"{count} bad commands, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
