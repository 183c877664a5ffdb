"""kill -9 at random moments while mail leaves: nothing that was taken is lost, and nothing arrives more often than it was under way.

A sign-in submits messages as fast as it can; the queue hands them to a server outside that takes a moment over each. After a random
moment the server is killed and started anew on the same folder, again and again. In the end everything with a 250 must have arrived
outside, byte for byte, and at each kill at most as many messages may be repeated as there were connections open.

    delivering.py [KILLS] [SEED]
"""
import json
import random
import re
import smtplib
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from harness import PASSWORD, Playground  # noqa: E402
from postroomctl import control_of, eventually  # noqa: E402
from receiver import Receiver  # noqa: E402

MOST_UNDER_WAY = 10   # connectionsPerDestination
KEY = re.compile(rb"^X-Crash: (\S+)\r$", re.MULTILINE)


class Submitter(threading.Thread):
    """Until the server dies: what was acknowledged, and as it was sent."""

    def __init__(self, server, name, most):
        super().__init__()
        self.server, self.label, self.most = server, name, most
        self.acknowledged = {}

    def run(self):
        try:
            with smtplib.SMTP_SSL("127.0.0.1", self.server.port(465), context=self.server.tls(), timeout=30) as client:
                client.login("me@localhost", PASSWORD)
                for number in range(self.most):
                    key = f"{self.label}.{number}"
                    body = f"X-Crash: {key}\r\nFrom: me@localhost\r\nSubject: crash\r\n\r\n" + f"..line {number}\r\n" * (number % 50)
                    client.sendmail("me@localhost", [f"u{number % 3}@there{number % 2}.test"], body)
                    self.acknowledged[key.encode()] = body.encode()
        except (OSError, smtplib.SMTPException):
            pass


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    seed = sys.argv[2] if len(sys.argv) > 2 else str(int(time.time()))
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="postroom-zone-"))
    (folder / "zone.json").write_text(json.dumps({f"there{number}.test": {"A": ["127.0.0.1"]} for number in range(2)}))

    def slow(command):
        if command == "end of data":
            time.sleep(chance.uniform(0, 0.06))

    acknowledged = {}
    under_way = busy = 0
    with Receiver(slow) as receiver, Playground("--zone", str(folder / "zone.json"), "--smtp-out-port", str(receiver.port)) as server:
        for number in range(kills):
            submitter = Submitter(server, f"{seed}-{number}", 200)
            submitter.start()
            time.sleep(chance.uniform(0.05, 0.8))
            under_way += min(receiver.open, 2 * MOST_UNDER_WAY)
            busy += receiver.open > 0
            server.kill()
            submitter.join()
            acknowledged |= submitter.acknowledged
            server.start()
        ctl = control_of(server)
        eventually(lambda: not ctl.json("queue", "list")["messages"], 60)
        arrived = {}
        for message in receiver.messages():
            arrived.setdefault(KEY.search(message)[1], []).append(message)
        lost = [key for key in acknowledged if key not in arrived]
        assert not lost, f"{len(lost)} of {len(acknowledged)} lost: {lost[:5]}"
        for key, body in acknowledged.items():
            assert all(message.endswith(body) for message in arrived[key]), f"{key} is not as it was sent"
        again = sum(len(messages) - 1 for messages in arrived.values())
        assert again <= under_way, f"{again} repeated, {under_way} were under way"
    assert busy > kills // 2 and len(acknowledged) > kills, f"hardly any load: {busy} {len(acknowledged)}"
    print(f"{kills} kills, {len(acknowledged)} acknowledged messages, 0 lost, {again} repeated of {under_way} under way")


if __name__ == "__main__":
    main()
