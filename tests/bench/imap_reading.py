"""Reading a large mailbox, against Debian's dovecot on the same messages in the same run. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/imap_reading.py [messages]      (default 100000; needs root for dovecot)

1,000 distinct messages are appended to both servers and multiplied by COPY over IMAP. Every command is asked once to warm up,
then five times, the servers taking turns, ours over TLS, dovecot in clear text; figures are the medians in milliseconds, until the tagged reply has been read.
"""
import json
import pathlib
import socket
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness
from harness import PASSWORD, Playground
from peers import Dovecot

ROUNDS = 5
DISTINCT = 1000
COMMANDS = {
    "select": None,   # SELECT from unselected
    "fetch_flags": "FETCH 1:* (FLAGS)",
    "fetch_structures": "FETCH 1:* (UID FLAGS ENVELOPE BODYSTRUCTURE)",
    "fetch_1000_bodies": "FETCH 1:1000 (BODY.PEEK[])",
    "search_unseen": "SEARCH UNSEEN",
}


class Client:
    """Reads in large pieces and looks for the tag only at the end, so that it costs both servers the same little."""

    def __init__(self, port, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = bytearray(1 << 20)
        self.count = 0
        self.socket.recv(4096)

    def ask(self, command):
        self.count += 1
        tag = b"t%d" % self.count
        self.socket.sendall(tag + b" " + command + b"\r\n")
        tail = b""
        size = 0
        while True:
            got = self.socket.recv_into(self.buffer)
            assert got, "closed"
            size += got
            tail = (tail + self.buffer[max(0, got - 8192):got])[-8192:]
            at = tail.rfind(b"\r\n", 0, -2)
            last = tail[at + 2 if at >= 0 else 0:]
            if tail.endswith(b"\r\n") and last.startswith(tag + b" "):
                assert last.startswith(tag + b" OK"), last
                return size

    def timed(self, name):
        if name == "select":
            self.ask(b"UNSELECT")
        started = time.perf_counter()
        self.ask(b"SELECT bench" if name == "select" else COMMANDS[name].encode())
        return (time.perf_counter() - started) * 1000


def message(number):
    text = "".join(f"Line {line} of message {number}, long enough to be like mail.\r\n" for line in range(140))
    return (f"Received: from a.test by b.test; Tue, 24 Nov 2026 09:00:{number % 60:02} +0000\r\nFrom: Sender {number} <s{number}@a.test>\r\n"
            f"To: First <a@b.test>, Second <b@b.test>\r\nCc: third@b.test\r\nSubject: Message number {number} about something\r\n"
            f"Date: Tue, 24 Nov 2026 09:00:{number % 60:02} +0000\r\nMessage-ID: <{number}@a.test>\r\nIn-Reply-To: <{number - 1}@a.test>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"cut\"\r\n\r\n"
            f"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            f"<p>{number}</p>\r\n--cut--\r\n").encode()


def fill(client, messages):
    client.ask(b"CREATE bench")
    distinct = min(DISTINCT, messages)
    for number in range(distinct):
        body = message(number)
        client.socket.sendall(b"a APPEND bench {%d+}\r\n" % len(body) + body + b"\r\n")
        reply = client.socket.recv(4096)
        assert b"a OK" in reply, reply
    client.ask(b"SELECT bench")
    have = distinct
    while have < messages:
        more = min(have, messages - have, 10000)
        client.ask(b"COPY 1:%d bench" % more)
        have += more
        client.ask(b"NOOP")
    assert have == messages


def main(messages):
    with Playground() as server, Dovecot("mdbox") as dovecot:
        us = Client(server.port(993), server.tls())
        us.ask(b"LOGIN me@localhost " + PASSWORD.encode())
        them = Client(dovecot.port)
        them.ask(b"LOGIN me secret")
        peers = {"postroom": us, "dovecot": them}
        took = {}
        for name, client in peers.items():
            started = time.perf_counter()
            fill(client, messages)
            took[name] = round(time.perf_counter() - started, 1)
        result = {"bench": "imap_reading", "messages": messages, "build": harness.BUILD.name, "fill_s": took}
        for command in COMMANDS:
            times = {name: [] for name in peers}
            for round_number in range(ROUNDS + 1):
                for name, client in peers.items():
                    elapsed = client.timed(command)
                    if round_number > 0:
                        times[name].append(elapsed)
            figures = {name: round(statistics.median(each), 2) for name, each in times.items()}
            result[command] = {**figures, "dovecot/postroom": round(figures["dovecot"] / figures["postroom"], 2)}
        print(json.dumps(result))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
