"""kill -9 at random moments under load: what was answered 250 is there, whole, once; the database verifies clean."""
import hashlib
import imaplib
import random
import smtplib
import sys
import tempfile
import threading
import time

from harness import PASSWORD, Playground


def load(server, acknowledged, stop, seed):
    source = random.Random(seed)
    number = 0
    while not stop.is_set():
        try:
            with smtplib.SMTP("127.0.0.1", server.port(25), timeout=5) as client:
                while not stop.is_set():
                    number += 1
                    key = f"{seed}-{number}"
                    body = f"Subject: {key}\r\n\r\n".encode() + bytes(source.choice(b"abcdef ") for _ in range(source.randrange(10, 4000))) + b"\r\n"
                    client.sendmail("load@example.org", ["me@localhost"], body)
                    acknowledged.append((key, hashlib.sha256(body).hexdigest()))
        except (OSError, smtplib.SMTPException):
            if stop.is_set():
                return


def main(rounds):
    random.seed(7)
    acknowledged = []
    with tempfile.TemporaryDirectory() as folder:
        server = Playground(folder=folder + "/state")
        for round_number in range(rounds):
            if server.process.poll() is not None:
                server.start()
            stop = threading.Event()
            threads = [threading.Thread(target=load, args=(server, acknowledged, stop, f"{round_number}-{n}")) for n in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(random.uniform(0.05, 0.5))   # the moment of the kill is the random thing here, not something waited for
            stop.set()
            server.kill()
            for thread in threads:
                thread.join()
            server.verify()
        server.start()
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        client.login("me@localhost", PASSWORD)
        client.select("INBOX", readonly=True)
        found = {}
        for part in client.fetch("1:*", "(BODY.PEEK[])")[1]:
            if isinstance(part, tuple):
                body = part[1][part[1].index(b"Subject: "):]
                key = body.split(b"\r\n")[0].removeprefix(b"Subject: ").decode()
                found.setdefault(key, []).append(hashlib.sha256(body).hexdigest())
        lost = [key for key, digest in acknowledged if digest not in found.get(key, [])]
        twice = [key for key, digests in found.items() if len(digests) > 1]
        print(f"{rounds} kills, {len(acknowledged)} acknowledged, {len(found)} found, {len(lost)} lost, {len(twice)} twice")
        assert len(acknowledged) > 50 and not lost and not twice, (lost[:5], twice[:5])
        client.logout()
        server.stop()
        server.verify()


main(int(sys.argv[1]))
