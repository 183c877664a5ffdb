"""NOTIFY for a client that does not read (RFC 5465 5.8): what waits for it is bounded, it is told that it missed something, and
is told nothing from then on until it asks again."""
import socket
import sys

from harness import PASSWORD, Playground


class Client:
    def __init__(self, server, small=False):
        plain = socket.socket()
        if small:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        plain.settimeout(20)
        plain.connect(("127.0.0.1", server.port(993)))
        self.socket = server.tls().wrap_socket(plain, server_hostname="localhost")
        self.input = self.socket.makefile("rb")
        self.line()
        self.ask(f"a LOGIN friend@localhost {PASSWORD}")

    def line(self):
        line = self.input.readline().decode()
        assert line.endswith("\r\n"), line
        return line[:-2]

    def ask(self, command):
        self.socket.sendall(command.encode() + b"\r\n")
        lines = [self.line()]
        while not lines[-1].startswith(command.split()[0] + " "):
            lines.append(self.line())
        assert " OK " in lines[-1], lines[-1]
        return lines


def resident(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


def main():
    with Playground() as server:
        watcher = Client(server, small=True)
        watcher.ask("n NOTIFY SET (personal (MailboxName SubscriptionChange)) (inboxes (ServerMetadataChange))")
        worker = Client(server)
        before = resident(server)
        entries = " ".join(f"/private/{number}/{'x' * 380} NIL" for number in range(120))
        for number in range(250):   # each is told in 45 KiB
            worker.ask(f'm{number} SETMETADATA "" ({entries})')
        for number in range(1200):
            worker.ask(f"s{number} SUBSCRIBE nowhere{number}")
        grown = resident(server) - before
        assert grown < 48, f"{grown} MiB for a client that does not read"
        lines = []
        while not lines or "NOTIFICATIONOVERFLOW" not in lines[-1]:
            lines.append(watcher.line())
        assert all(line.startswith(("* METADATA \"\" /private/", "* LIST ")) for line in lines[:-1])
        worker.ask("t CREATE quiet")
        assert watcher.ask("u NOOP") == ["u OK done"]
        watcher.ask("v NOTIFY SET (personal (MailboxName))")
        worker.ask("w CREATE loud")
        assert watcher.line() == '* LIST (\\HasNoChildren) "/" loud'


if __name__ == "__main__":
    sys.exit(main())
