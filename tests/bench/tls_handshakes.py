"""CPU time of the server for each TLS handshake, against `openssl s_server` with the same key in the same run. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/tls_handshakes.py [handshakes]      (default 2000)

TLS 1.3 as a client of OpenSSL's defaults: connect, handshake, close; full, and resumed with a ticket. HTTPS waits for the client, as s_server does
(-quiet), IMAPS also says its greeting. All take turns, ROUNDS times; figures are medians.
"""
import json
import os
import socket
import ssl
import statistics
import subprocess
import sys

import figures
from figures import harness
from harness import Playground
from peers import free_port, listening, wait_for

ROUNDS = 5


def connect(port, context, session=None):
    wire = socket.create_connection(("127.0.0.1", port), timeout=20)
    return context.wrap_socket(wire, server_hostname="localhost", session=session)


def ticket(port, context):
    """A session that can be resumed: tickets of TLS 1.3 come behind the handshake, and are seen by who reads."""
    with connect(port, context) as wire:
        wire.settimeout(0.5)
        try:
            wire.recv(1000)
        except TimeoutError:
            pass
        return wire.session


def shake(pid, port, context, count, session):
    before = figures.exact_cpu_seconds(pid)
    for _ in range(count):
        with connect(port, context, session) as wire:
            assert wire.session_reused == (session is not None)
    return 1e6 * (figures.exact_cpu_seconds(pid) - before) / count


def main(count):
    found = {kind: {"https": [], "imaps": [], "s_server": []} for kind in ("full", "resumed")}
    with Playground("--log-level", "info") as server:
        peer_port = free_port()
        peer = subprocess.Popen(["openssl", "s_server", "-accept", f"127.0.0.1:{peer_port}", "-cert", server.folder / "server.pem", "-key", server.folder / "server-key.pem", "-quiet"],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for("s_server listens", listening(peer_port))
            context = server.tls()
            sides = {"https": (server.process.pid, server.port(443)), "imaps": (server.process.pid, server.port(993)), "s_server": (peer.pid, peer_port)}
            for round_number in range(ROUNDS + 1):   # the first one warms up
                for name, (pid, port) in sides.items():
                    for kind in found:
                        session = ticket(port, context) if kind == "resumed" else None
                        used = shake(pid, port, context, count if round_number else count // 10, session)
                        if round_number:
                            found[kind][name].append(used)
        finally:
            peer.kill()
            peer.wait()
    medians = {kind: {name: round(statistics.median(each)) for name, each in sides.items()} for kind, sides in found.items()}
    print(json.dumps({"bench": "tls_handshakes", "build": harness.BUILD.name, "handshakes": count, "cores": os.cpu_count(), "cpu_us": medians,
                      "times_s_server": {kind: {name: round(each[name] / each["s_server"], 2) for name in ("https", "imaps")} for kind, each in medians.items()}}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
