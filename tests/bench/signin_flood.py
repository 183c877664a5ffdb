"""IMAP while somebody guesses passwords. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/signin_flood.py [seconds]      (default 20)

FLOOD connections send AUTH PLAIN with wrong passwords to the submission port, each the next as soon as it is answered, and a new connection when
they are thrown out: more at a time than the Hash pool has threads, so that it is full throughout, which the server's own count of what waits there
shows. Meanwhile one signed-in IMAP client asks NOOP and FETCH in turn; the figure is the time until each is answered.
"""
import base64
import imaplib
import json
import os
import socket
import statistics
import subprocess
import sys
import time

import figures
from figures import harness
from harness import PASSWORD, Playground

FLOOD = 48
MESSAGES = 200


def flood(port, cafile, until):
    """In a process of its own: how many sign-ins were refused."""
    import ssl
    import threading
    context = ssl.create_default_context(cafile=cafile)
    tried = [0] * FLOOD

    def guess(number):
        while time.time() < until:
            try:
                with context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60), server_hostname="localhost") as wire:
                    lines = wire.makefile("rb")
                    lines.readline()
                    wire.sendall(b"EHLO flood.example\r\n")
                    while lines.readline()[3:4] == b"-":
                        pass
                    while time.time() < until:
                        secret = base64.b64encode(b"\0me@localhost\0wrong %d %d" % (number, tried[number]))
                        wire.sendall(b"AUTH PLAIN " + secret + b"\r\n")
                        answer = lines.readline()
                        if answer[:3] not in (b"535", b"454"):
                            break
                        tried[number] += answer[:3] == b"535"
            except OSError:
                pass
    threads = [threading.Thread(target=guess, args=(number,)) for number in range(FLOOD)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(sum(tried))


def percentile(times, share):
    return round(sorted(times)[int(len(times) * share)], 2)


def asked(client, seconds):
    """{command: [milliseconds]}"""
    times = {"NOOP": [], "FETCH": []}
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        number += 1
        for name in times:
            began = time.perf_counter()
            kind = client.noop()[0] if name == "NOOP" else client.fetch(str(number % MESSAGES + 1), "(UID FLAGS ENVELOPE BODY.PEEK[])")[0]
            times[name].append(1000 * (time.perf_counter() - began))
            assert kind == "OK"
        time.sleep(0.005)
    return times


def main(seconds):
    with Playground("--log-level", "info") as server:
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        client.login("me@localhost", PASSWORD)
        for number in range(MESSAGES):
            client.append("INBOX", None, None, b"From: a@example.org\r\nSubject: %d\r\n\r\n" % number + b"Some text of the usual length.\r\n" * 300)
        client.select("INBOX")
        quiet = asked(client, 3)
        guessing = subprocess.Popen([sys.executable, __file__, "--flood", str(server.port(465)), server.folder / "ca.pem", str(time.time() + seconds + 4)],
                                    stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        cpu = figures.cpu_seconds(server.process.pid)
        busy = asked(client, seconds)
        cpu = figures.cpu_seconds(server.process.pid) - cpu
        guesses = int(guessing.communicate()[0])
    print(json.dumps({"bench": "signin_flood", "build": harness.BUILD.name, "seconds": seconds, "cores": os.cpu_count(), "guessing": FLOOD, "refused": guesses,
                      "refused_per_s": round(guesses / (seconds + 4)), "server_cores_busy": round(cpu / seconds, 2),
                      "ms": {name: {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99), "p50_quiet": round(statistics.median(quiet[name]), 2), "asked": len(times)}
                             for name, times in busy.items()}}))


if len(sys.argv) > 1 and sys.argv[1] == "--flood":
    flood(int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
else:
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
