"""Messages made to hurt whoever parses them: each is refused or served, in time and in memory, and the server goes on.

    messages.py [SCALE]      (default 0.1; 1 is the full size)

Each is sent by SMTP and appended over IMAP, then asked for by FETCH (ENVELOPE, BODYSTRUCTURE, header, a part) and SEARCH. For each, by
reliability figures R11: at most 10 s of time and of the server's CPU, at most 256 MiB more memory. Then a good message goes through.
"""
import base64
import imaplib
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
MOST_KIB = 256 * 1024
HEAD = b"From: a@example.org\r\nTo: me@localhost\r\nSubject: bomb\r\nMIME-Version: 1.0\r\n"


def multipart(boundary, parts, kind=b"mixed"):
    return (b"Content-Type: multipart/" + kind + b"; boundary=\"" + boundary + b"\"\r\n\r\n" +
            b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n")


def text(body, extra=b""):
    return HEAD + extra + b"\r\n" + body + b"\r\n"


def nested_multiparts(depth, boundary):
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=\"" + boundary(level) + b"\"\r\n\r\n--" + boundary(level) + b"\r\n"
                      for level in range(depth))
    closed = b"".join(b"--" + boundary(level) + b"--\r\n" for level in reversed(range(depth)))
    return HEAD + opened + b"\r\nbottom\r\n" + closed


def tree(depth):
    if depth == 0:
        return b"Content-Type: text/plain\r\n\r\nleaf\r\n"
    return multipart(b"t%d" % depth, [tree(depth - 1)] * 2, b"alternative")


def bombs(scale):
    def n(count):
        return max(2, int(count * scale))

    yield "multiparts nested", nested_multiparts(n(20_000), lambda level: b"b%d" % level)
    yield "multiparts nested, never closed", HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=n%d\r\n\r\n--n%d\r\n" % (level, level) for level in range(n(20_000))) + b"x\r\n"
    yield "multiparts nested with the same boundary", nested_multiparts(n(20_000), lambda level: b"same")
    yield "boundaries that begin one another", nested_multiparts(n(1_000), lambda level: b"p" * (level % 70 + 1))
    yield "messages nested", b"".join(HEAD + b"Content-Type: message/rfc822\r\n\r\n" for _ in range(n(50_000))) + b"x\r\n"
    yield "messages and multiparts nested", b"".join(
        HEAD + b"Content-Type: multipart/digest; boundary=d%d\r\n\r\n--d%d\r\n\r\n" % (level, level) for level in range(n(10_000))) + b"x\r\n"
    yield "messages nested in base64", HEAD + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + \
        base64.encodebytes(HEAD * n(1_000)).replace(b"\n", b"\r\n")
    yield "many parts", HEAD + multipart(b"m", [b"\r\nx"] * n(500_000))
    yield "many empty parts", HEAD + b"Content-Type: multipart/mixed; boundary=e\r\n\r\n" + b"--e\r\n" * n(2_000_000)
    yield "a tree of parts", HEAD + tree(max(8, int(16 * scale ** 0.2)))
    yield "many messages in a digest", HEAD + multipart(b"g", [b"\r\n" + HEAD + b"\r\nx"] * n(50_000), b"digest")
    yield "lines that nearly are boundaries", HEAD + multipart(b"near", [b"\r\n" + b"--nea\r\n--nearr\r\n-near\r\n" * n(500_000)])
    yield "a boundary of 60,000 bytes", HEAD + multipart(b"B" * n(60_000), [b"\r\nx"] * 20)
    yield "an empty boundary", HEAD + multipart(b"", [b"\r\nx"] * n(50_000))
    yield "boundary with blanks at its ends", HEAD + b"Content-Type: multipart/mixed; boundary=w\r\n\r\n" + \
        (b"--w" + b" " * 500 + b"\r\n\r\nx\r\n") * n(20_000)
    yield "many header fields", b"".join(b"X-%d: y\r\n" % number for number in range(n(500_000))) + text(b"x")
    yield "a header field of 20 MB", b"X-Long: " + b"y" * n(20_000_000) + b"\r\n" + text(b"x")
    yield "a field folded 300,000 times", b"X-Folded: z\r\n" + b" z\r\n" * n(300_000) + text(b"x")
    yield "folded with blanks only", b"Subject: a\r\n" + b" \t \r\n" * n(300_000) + text(b"x")
    yield "lines without a colon", b"nothing\r\n" * n(300_000) + text(b"x")
    yield "one Subject after another", b"Subject: again\r\n" * n(200_000) + text(b"x")
    yield "a header without end", HEAD + b"X-Next: y\r\n" * n(500_000)
    yield "many addresses", b"To: " + b", ".join(b"u%d@example.org" % number for number in range(n(400_000))) + b"\r\n" + text(b"x")
    yield "many addresses, folded", b"Cc: " + b",\r\n ".join(b"\"N %d\" <u%d@example.org>" % (i, i) for i in range(n(200_000))) + b"\r\n" + text(b"x")
    yield "many groups", b"To: " + b"g: a@b.c, d@e.f;, " * n(100_000) + b"\r\n" + text(b"x")
    yield "groups within groups", b"To: " + b"g: " * n(300_000) + b";" * n(300_000) + b"\r\n" + text(b"x")
    yield "comments nested", b"To: " + b"(" * n(2_000_000) + b")" * n(2_000_000) + b" a@b.c\r\n" + text(b"x")
    yield "comments never closed", b"To: " + b"(\\" * n(1_000_000) + b"\r\n" + text(b"x")
    yield "a quoted string without end", b"From: \"" + b"\\\"" * n(2_000_000) + b"\r\n" + text(b"x")
    yield "angle brackets", b"From: " + b"<" * n(2_000_000) + b"\r\n" + text(b"x")
    yield "routes", b"From: <" + b"@a," * n(500_000) + b":b@c.d>\r\n" + text(b"x")
    yield "encoded words", b"Subject: " + b"=?utf-8?q?=C3=A4?= " * n(200_000) + b"\r\n" + text(b"x")
    yield "encoded words never closed", b"Subject: " + b"=?utf-8?q?" * n(500_000) + b"\r\n" + text(b"x")
    yield "encoded words in every charset", b"Subject: " + b" ".join(
        b"=?x-%d?b?/////w==?=" % number for number in range(n(100_000))) + b"\r\n" + text(b"x")
    yield "many parameters", HEAD + b"Content-Type: text/plain" + b"".join(b"; p%d=v" % number for number in range(n(200_000))) + b"\r\n\r\nx\r\n"
    yield "one parameter in many pieces", HEAD + b"Content-Type: text/plain" + b"".join(
        b"; name*%d*=%%41" % number for number in range(n(100_000))) + b"\r\n\r\nx\r\n"
    yield "pieces with great numbers", HEAD + b"Content-Disposition: attachment" + b"".join(
        b"; filename*%d=x" % (2 ** 31 - number) for number in range(n(50_000))) + b"\r\n\r\nx\r\n"
    yield "a file name of 4 MB", HEAD + b"Content-Disposition: attachment; filename=\"" + b"f/../" * n(800_000) + b"\"\r\n\r\nx\r\n"
    yield "a type of 4 MB", HEAD + b"Content-Type: " + b"a" * n(2_000_000) + b"/" + b"b" * n(2_000_000) + b"\r\n\r\nx\r\n"
    yield "many languages", HEAD + b"Content-Language: " + b"en, " * n(500_000) + b"\r\n\r\nx\r\n"
    yield "many references", HEAD + b"References: " + b" ".join(b"<%d@x>" % number for number in range(n(200_000))) + b"\r\n\r\nx\r\n"
    yield "a hundred and one hops", b"Received: from a by b; Tue, 24 Nov 2026 09:00:00 +0000\r\n" * 101 + text(b"x")
    yield "one line of 50 MB", text(b"x" * n(50_000_000))
    yield "nothing but line ends", text(b"\r\n" * n(10_000_000))
    yield "nothing but dots", text(b"..\r\n" * n(5_000_000))
    yield "base64 that is none", text(b"=" * n(20_000_000), b"Content-Transfer-Encoding: base64\r\n")
    yield "quoted-printable that is none", text(b"=\r\n" * n(5_000_000), b"Content-Transfer-Encoding: quoted-printable\r\n")
    yield "shifts in iso-2022-jp", text(b"\x1b$B\x1b(B" * n(2_000_000), b"Content-Type: text/plain; charset=iso-2022-jp\r\n")
    yield "zero bytes", text(b"\0" * n(10_000_000)) + b"X\0Y: \0\r\n"


def by_smtp(server, message):
    """The reply to the message. Dots were chosen so that none is first on a line without a second one."""
    with socket.create_connection(("127.0.0.1", server.port(25)), timeout=MOST_SECONDS * 3) as wire:
        stream = wire.makefile("rb")
        stream.readline()
        wire.sendall(b"HELO bomb.example\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<me@localhost>\r\nDATA\r\n")
        for _ in range(4):
            stream.readline()
        wire.sendall(message + (b"" if message.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        return stream.readline()


def sign_in(server):
    client = imaplib.IMAP4("127.0.0.1", server.port(143), timeout=MOST_SECONDS * 3)
    client.starttls(server.tls())
    client.login("me@localhost", PASSWORD)
    return client


def asked_for(server):
    """The newest message of the mailbox, in the ways that parse it."""
    client = sign_in(server)
    client.select("INBOX")
    for item in ("(ENVELOPE BODYSTRUCTURE)", "(BODY.PEEK[HEADER])", "(BODY.PEEK[1.1.1] BODY.PEEK[1.MIME])", "(RFC822.SIZE BODY.PEEK[TEXT]<0.100>)",
                 "(BODY.PEEK[HEADER.FIELDS (SUBJECT TO)])"):
        client._quoted = None
        kind, data = client.fetch("*", item)
        assert kind in ("OK", "NO"), (item, data)
    for criteria in ("SUBJECT bomb", "TO nobody@example.org", "TEXT nowhere", "HEADER X-Next y"):
        kind, data = client.search(None, *criteria.split())
        assert kind in ("OK", "NO"), (criteria, data)
    client.logout()


def appended(server, message):
    client = sign_in(server)
    kind, data = client.append("INBOX", None, None, message)
    client.logout()
    return kind


def main():
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    imaplib._MAXLINE = 1 << 30
    problems = []
    with Playground() as server:
        assert b"250" in by_smtp(server, text(b"before"))
        asked_for(server)
        refused = count = 0
        for name, message in bombs(scale):
            count += 1
            before, cpu, began = figures.pss_kib(server.process.pid), figures.cpu_seconds(server.process.pid), time.monotonic()
            try:
                reply = by_smtp(server, message)
                if not re.match(rb"(250|5\d\d) ", reply):
                    problems.append(f"{name}: answered {reply!r}")
                taken = reply.startswith(b"250")
                refused += not taken
                if taken:
                    asked_for(server)
                if appended(server, message) == "OK":
                    asked_for(server)
            except (OSError, imaplib.IMAP4.error, AssertionError) as error:
                problems.append(f"{name}: {error!r:.300}")
            took, used = time.monotonic() - began, figures.cpu_seconds(server.process.pid) - cpu
            grown = figures.pss_kib(server.process.pid) - before
            if took > MOST_SECONDS or used > MOST_SECONDS or grown > MOST_KIB:
                problems.append(f"{name}: {took:.1f} s, {used:.1f} s of CPU, {grown} KiB more")
            print(f"{took:6.2f} s {used:6.2f} s CPU {grown:8} KiB {len(message):9} bytes  {name}", flush=True)
        assert b"250" in by_smtp(server, text(b"after"))
        asked_for(server)
        if figures.metric(server, "postroom_unhandled_errors_total") != 0:
            problems.append("errors nobody handled")
    assert not problems, "\n".join(problems)
    assert count >= 45, count
    print(f"{count} messages, {refused} refused, the server went on")


if __name__ == "__main__":
    main()
