"""Plays tests/transcripts/*.txt against a playground: once whole, once byte by byte. Lines: "C: " is sent with CRLF, "C< " without
(Python escapes are understood), "S: " is a regular expression the next line must match in full, "S* " may skip lines before it, "S? " a line that may be missing,
"# " names what is shown and its RFC section, "TLS" starts TLS, "PORT n" opens a new connection, "CLOSED" expects the end.
"SESSION name" goes on with another connection (PORT opens it the first time). What a named group of a pattern matched is
put in for "${name}" in later lines."""
import pathlib
import re
import socket
import sys

from harness import Playground

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "transcripts"


class Connection:
    def __init__(self, server, port, step):
        self.server = server
        self.socket = socket.create_connection(("127.0.0.1", server.port(port)), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.step = step
        if port in (465, 993):
            self.tls()
        self.input = self.socket.makefile("rb")
        self.ahead = None   # a line that was read and not used

    def tls(self):
        self.socket = self.server.tls().wrap_socket(self.socket, server_hostname="localhost")
        self.input = self.socket.makefile("rb")

    def line(self):
        line, self.ahead = self.ahead or self.input.readline().decode("latin-1"), None
        return line

    def send(self, data):
        for at in range(0, len(data), self.step):
            try:
                self.socket.sendall(data[at:at + self.step])
            except OSError:
                return   # closed on us: the lines that follow say whether that was right


def play(server, path, step):
    connections = {}
    name = "first"
    known = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = re.sub(r"\$\{(\w+)\}", lambda match: known[match[1]], line)
        where = f"{path.name}:{number} at {step} bytes: {line}"
        connection = connections.get(name)
        if line.startswith("PORT "):
            connections[name] = Connection(server, int(line[5:]), step)
        elif line.startswith("SESSION "):
            name = line[8:]
        elif line == "TLS":
            connection.tls()
        elif line == "CLOSED":
            try:
                answer = connection.input.readline()
            except OSError:
                answer = b""
            assert answer == b"", f"{where}\ngot {answer!r}"
        elif line.startswith(("C: ", "C< ")):
            data = line[3:].encode("latin-1").decode("unicode_escape").encode("latin-1")
            connection.send(data + (b"\r\n" if line[1] == ":" else b""))
        elif line.startswith("S? "):
            answer = connection.line()
            if not re.fullmatch(line[3:], answer[:-2]):
                connection.ahead = answer
        elif line.startswith("S: ") or line.startswith("S* "):
            while True:
                answer = connection.line()
                assert answer.endswith("\r\n"), f"{where}\ngot {answer!r}"
                match = re.fullmatch(line[3:], answer[:-2])
                if match:
                    known.update(match.groupdict())
                    break
                assert line[1] == "*", f"{where}\ngot {answer!r}"
        else:
            assert line.startswith("#") or not line, where


def main(kind):
    files = sorted(FOLDER.glob(f"{kind}/*.txt"))
    assert files
    for step in (100000, 1, 2, 3, 7):
        with Playground("--strict") as server:
            for path in files:
                play(server, path, step)
    print(f"{len(files)} transcripts at 5 splits")


main(sys.argv[1])
