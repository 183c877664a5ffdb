"""A disk that is full, and one that fails to flush. One function per scenario; the argument names it. Needs root (mount, strace)."""
import contextlib
import imaplib
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from harness import PASSWORD, Playground  # noqa: E402

VOLUME = 48   # MiB
BALLAST = 6 << 20


@contextlib.contextmanager
def small_volume():
    with tempfile.TemporaryDirectory(prefix="postroom-volume-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={VOLUME}m", "none", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


class Sender:
    def __init__(self, server):
        self.wire = socket.create_connection(("127.0.0.1", server.port(25)), timeout=60)
        self.stream = self.wire.makefile("rb")
        self.stream.readline()
        self.ask(b"HELO disk.example")

    def ask(self, line):
        self.wire.sendall(line + b"\r\n")
        return self.stream.readline()

    def send(self, key, size):
        for command in (b"MAIL FROM:<a@example.org>", b"RCPT TO:<me@localhost>", b"DATA"):
            reply = self.ask(command)
            if reply[:1] not in b"23":
                return reply
        line = b"x" * 76 + b"\r\n"
        return self.ask(b"Subject: %d\r\n\r\n" % key + line * (size // len(line)) + b".")


def sign_in(server):
    client = imaplib.IMAP4("127.0.0.1", server.port(143), timeout=30)
    client.starttls(server.tls())
    client.login("me@localhost", PASSWORD)
    return client


def subjects(server):
    client = sign_in(server)
    client.select("INBOX", readonly=True)
    kind, data = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    assert kind == "OK", data
    client.logout()
    return {int(part[1].split(b":")[1]) for part in data if isinstance(part, tuple)}


def full():
    """452 and NO while there is no room; reading goes on; with room again mail flows, without a restart; nothing is lost."""
    with small_volume() as volume:
        ballast = volume / "ballast"
        with Playground(folder=volume / "state") as server:
            ballast.write_bytes(b"\0" * BALLAST)
            kept = set()
            sender = Sender(server)
            for number in range(1000):
                reply = sender.send(number, 512 * 1024)
                if not reply.startswith(b"250"):
                    break
                kept.add(number)
            assert reply.startswith(b"452 4.3.1"), reply
            assert len(kept) > 10, kept
            for number in range(1000, 1005):   # refused again and again, and the session goes on
                reply = sender.send(number, 512 * 1024)
                assert reply.startswith(b"452"), reply
            assert subjects(server) == kept
            client = sign_in(server)
            kind, data = client.append("INBOX", None, None, b"Subject: 5000\r\n\r\n" + b"x" * (1 << 20))
            assert kind == "NO", data
            client.select("INBOX")
            kind, data = client.fetch("1", "(BODY.PEEK[TEXT])")
            assert kind == "OK" and len(data[0][1]) > 500_000
            ballast.unlink()
            deadline = time.monotonic() + 30
            while not (reply := sender.send(2000, 1024)).startswith(b"250"):
                assert reply.startswith(b"452") and time.monotonic() < deadline, reply
                time.sleep(0.5)
            kept.add(2000)
            assert client.append("INBOX", None, None, b"Subject: 2001\r\n\r\nx\r\n")[0] == "OK"
            kept.add(2001)
            assert subjects(server) == kept
            assert server.process.poll() is None


def flush_fails():
    """A flush that fails is believed: the message in hand is not acknowledged, the server ends with 75; what was acknowledged is there."""
    for after in (20, 33, 51):
        with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
            tracer = ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
                      "-e", f"inject=fsync,fdatasync:error=EIO:when={after}+"]
            with Playground(folder=Path(folder) / "plain") as server:
                server.stop()
                kept = set()
                server.wrapper = tracer
                server.start()
                sender = Sender(server)
                reply = b""
                for number in range(500):
                    try:
                        reply = sender.send(number, 2000)
                    except OSError:
                        reply = b""
                    if not reply.startswith(b"250"):
                        break
                    kept.add(number)
                assert reply == b"" or reply.startswith(b"4"), reply
                assert server.process.wait(20) == 75
                assert "storage failed" in server.log()
                server.wrapper = ()
                server.verify()
                server.start()
                found = subjects(server) if kept else kept
                assert kept <= found and len(found - kept) <= 1, (len(kept), len(found))
                print(f"flush {after}: ended with 75, {len(kept)} messages kept")


globals()[sys.argv[1]]()
