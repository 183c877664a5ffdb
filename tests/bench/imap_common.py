"""What the IMAP benches share: a client that costs both servers the same little, messages like mail, a filled mailbox."""
import pathlib
import random
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
DISTINCT = 1000
WORDS = """ability account action address agreement amount answer approval article aspect assembly balance basis beginning benefit board
border branch budget building cabinet calendar campaign candidate capital career category ceiling century chairman challenge
channel chapter charity citizen climate colleague collection comment committee company complaint computer concept conclusion
condition conference confidence connection consequence contract contrast contribution corner council country county course
courtesy coverage creation credit crisis culture currency customer cycle danger database daughter debate decade decision defence
degree delivery demand department deposit design detail development device difference""".split()


class Client:
    """Reads in large pieces and looks for the tag only at the end."""

    def __init__(self, port, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = bytearray(1 << 20)
        self.count = 0
        self.socket.recv(4096)

    def ask(self, command):
        """The last 64 KiB of the answer to a command that must succeed."""
        self.count += 1
        tag = b"t%d" % self.count
        self.socket.sendall(tag + b" " + command + b"\r\n")
        tail = b""
        while True:
            got = self.socket.recv_into(self.buffer)
            assert got, "closed"
            tail = (tail + self.buffer[max(0, got - 65536):got])[-65536:]
            at = tail.rfind(b"\r\n", 0, -2)
            last = tail[at + 2 if at >= 0 else 0:]
            if tail.endswith(b"\r\n") and last.startswith(tag + b" "):
                assert last.startswith(tag + b" OK"), (command[:100], last)
                return tail


def message(number):
    """10 KiB of words, with one nobody else has, as text and as HTML."""
    chosen = random.Random(number)
    text = "".join(" ".join(chosen.choices(WORDS, k=9)) + "\r\n" for _ in range(110))
    minute, second = divmod(number % 3600, 60)
    return (f"Received: from a.test by b.test; Tue, 24 Nov 2026 09:{minute:02}:{second:02} +0000\r\n"
            f"From: Sender {number} <s{number}@a.test>\r\n"
            f"To: First <a@b.test>, Second <b@b.test>\r\nCc: third@b.test\r\n"
            f"Subject: {'Re: ' if number % 3 else ''}{chosen.choice(WORDS)} {number // 3} about something\r\n"
            f"Date: Tue, 24 Nov 2026 09:{minute:02}:{second:02} +0000\r\nMessage-ID: <{number}@a.test>\r\n"
            f"In-Reply-To: <{number - 1 if number % 3 else number + 1000000}@a.test>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"cut\"\r\n\r\n"
            f"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nunique{number}x\r\n{text}\r\n"
            f"--cut\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{number}</p>\r\n--cut--\r\n").encode()


def fill(client, messages, distinct=DISTINCT):
    """A mailbox `bench` of so many messages, of which `distinct` are appended and the others copies of those."""
    client.ask(b"CREATE bench")
    distinct = min(distinct, messages)
    sent = done = 0
    replies = b""
    while done < distinct:   # up to 50 on their way
        while sent < distinct and sent - done < 50:
            body = message(sent)
            client.socket.sendall(b"a APPEND bench {%d+}\r\n" % len(body) + body + b"\r\n")
            sent += 1
        replies += client.socket.recv(65536)
        *lines, replies = replies.split(b"\r\n")
        for line in lines:
            assert line.startswith(b"a OK"), line
            done += 1
    client.ask(b"SELECT bench")
    have = distinct
    while have < messages:
        more = min(have, messages - have, 10000)
        client.ask(b"COPY 1:%d bench" % more)
        have += more
        client.ask(b"NOOP")
    assert have == messages
