"""COMPRESS=DEFLATE (RFC 4978): a whole dialogue compressed, in any slices; what is no deflate stream, and streams that grow
without end, cost the connection and not the server."""
import socket
import sys
import zlib

from harness import PASSWORD, Playground


class Client:
    def __init__(self, server):
        plain = socket.create_connection(("127.0.0.1", server.port(993)), timeout=20)
        self.socket = server.tls().wrap_socket(plain, server_hostname="localhost")
        self.inflate = self.deflate = None
        self.buffer = b""
        self.received = 0
        self.line()
        assert "COMPRESS=DEFLATE" in self.ask(f"a LOGIN friend@localhost {PASSWORD}")[-1]

    def line(self):
        while b"\r\n" not in self.buffer:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError
            self.received += len(data)
            self.buffer += self.inflate.decompress(data) if self.inflate else data
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line.decode()

    def send(self, data, step=1 << 20):
        if self.deflate:
            data = self.deflate.compress(data) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
        for at in range(0, len(data), step):
            self.socket.sendall(data[at:at + step])

    def ask(self, command, step=1 << 20):
        self.send(command.encode() + b"\r\n", step)
        lines = [self.line()]
        while not lines[-1].startswith(command.split()[0] + " "):
            lines.append(self.line())
        return lines

    def compress(self):
        assert self.ask("c COMPRESS DEFLATE") == ["c OK DEFLATE active"]
        self.inflate, self.deflate = zlib.decompressobj(-15), zlib.compressobj(6, zlib.DEFLATED, -15)


def resident(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


def dialogue(server):
    client = Client(server)
    assert client.ask("b COMPRESS LZW")[0].startswith("b BAD")
    client.compress()
    assert client.ask("d COMPRESS DEFLATE")[0].startswith("d BAD")
    client.ask("e CREATE small")
    body = b"Subject: large\r\n\r\n" + b"The same line again and again.\r\n" * 20000
    client.send(b"f APPEND small {%d+}\r\n" % len(body) + body + b"\r\n")
    assert client.line().startswith("f OK [APPENDUID")
    assert client.ask("g SELECT small", step=1)[-1].startswith("g OK")
    before = client.received
    client.send(b"h FETCH 1 BODY[]\r\n")
    got = b""
    while not got.endswith(b"\r\nh OK FETCH done"):
        got += client.line().encode() + b"\r\n"
        got = got if not got.endswith(b"h OK FETCH done\r\n") else got[:-2]
    assert body in got
    assert client.received - before < len(body) / 20, "the answer was not compressed"
    client.send(b"".join(b"n%d NOOP\r\n" % number for number in range(20000)))   # pipelined, answered in order
    for number in range(20000):
        assert client.line() == f"n{number} OK done"
    client.ask("i CLOSE")
    client.ask("j DELETE small")
    assert client.ask("k LOGOUT")[0].startswith("* BYE")


def garbage(server):
    client = Client(server)
    client.compress()
    client.deflate = None
    client.send(b"a NOOP\r\na NOOP\r\n this is not deflate at all")
    assert client.line().startswith("* BYE"), "garbage was taken"


def bomb(server):
    client = Client(server)
    client.compress()
    before = resident(server)
    piece = client.deflate.compress(b"x NOOP\r\n" * (1 << 20)) + client.deflate.flush(zlib.Z_SYNC_FLUSH)
    client.deflate = None
    try:
        for _ in range(64):   # half a gigabyte of commands in a megabyte or so, nothing of the answers read
            client.socket.settimeout(5)
            client.socket.sendall(piece)
    except OSError:
        pass
    grown = resident(server) - before
    assert grown < 64, f"{grown} MiB for one connection"


def main():
    with Playground() as server:
        dialogue(server)
        garbage(server)
        bomb(server)
        assert Client(server).ask("z NOOP")[-1] == "z OK done"


if __name__ == "__main__":
    sys.exit(main())
