"""A long queue for dead domains does not hold up a live one. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/queue_dead_domains.py [recipients] [domains]      (default 100000 1000)

A playground is given mail for domains whose only server refuses connections, until that many recipients wait. Then one message for a
domain that works: how long it takes, and what memory the server has by then. What it must keep: 5 s and 200 MiB.
"""
import base64
import json
import pathlib
import socket
import sys
import tempfile
import threading
import time

import figures
from figures import harness
from harness import Playground
from postroomctl import control_of

AT_ONCE = 100   # recipients of a message
MOST_SECONDS, MOST_MIB = 5, 200


def live_server():
    """Takes every message; counts them."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    taken = []

    def serve(wire):
        stream = wire.makefile("rb")
        wire.sendall(b"220 live.test\r\n")
        data = False
        for line in stream:
            if data:
                if line == b".\r\n":
                    data = False
                    taken.append(time.monotonic())
                    wire.sendall(b"250 ok\r\n")
            elif line.upper().startswith(b"DATA"):
                data = True
                wire.sendall(b"354 go\r\n")
            elif line.upper().startswith(b"QUIT"):
                wire.sendall(b"221 bye\r\n")
                break
            else:
                wire.sendall(b"250 ok\r\n")
        wire.close()

    def accept():
        while True:
            wire, _ = listener.accept()
            threading.Thread(target=serve, args=(wire,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1], taken


def main(recipients, domains):
    port, taken = live_server()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    zone = {f"dead{number}.test": {"A": ["127.9.9.9"]} for number in range(domains)}
    zone["live.test"] = {"A": ["127.0.0.1"]}
    (folder / "zone.json").write_text(json.dumps(zone))
    message = base64.b64encode(b"From: me@localhost\r\nSubject: bench\r\n\r\nhello\r\n").decode()
    with Playground("--zone", str(folder / "zone.json"), "--smtp-out-port", str(port), "--log-level", "warn") as server:
        ctl = control_of(server)
        for first in range(0, recipients, AT_ONCE):
            ctl("sendmail", "-f", "me@localhost", "--", *(f"u{number}@dead{number % domains}.test" for number in range(first, min(first + AT_ONCE, recipients))),
                stdin=base64.b64decode(message).decode().replace("\r\n", "\n"))
        queued = figures.metric(server, "postroom_queue_recipients")
        before = time.monotonic()
        ctl("sendmail", "-f", "me@localhost", "--", "someone@live.test", stdin="From: me@localhost\nSubject: live\n\nhello\n")
        while not taken and time.monotonic() - before < 120:
            time.sleep(0.01)
        assert taken, "the live domain was never served"
        seconds = taken[0] - before
        memory = figures.pss_kib(server.process.pid) / 1024
        state = ctl.json("status")
    print(json.dumps({"bench": "queue_dead_domains", "build": harness.BUILD.name, "recipients": recipients, "domains": domains,
                      "waiting": state["queueWaiting"], "counted": queued, "live_seconds": round(seconds, 2), "memory_mib": round(memory),
                      "kept": seconds < MOST_SECONDS and memory < MOST_MIB}))


main(*(int(each) for each in (sys.argv[1:] + ["100000", "1000"][len(sys.argv) - 1:])))
