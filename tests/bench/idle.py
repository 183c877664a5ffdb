"""What the server costs when nothing happens. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/idle.py [connections]      (default 1000)

Memory is PSS: of the server after its start, and what each signed-in IMAP connection over TLS adds that waits in IDLE on its INBOX.
The start is the second one on the same folder, from the command to its line `ready`; median of five.
"""
import json
import socket
import statistics
import sys
import time

import figures
from figures import harness
from harness import PASSWORD, Playground


class Idler:
    """One client in IDLE. Raw, so that a thousand of them cost this program little."""

    def __init__(self, server, tls):
        self.socket = tls.wrap_socket(socket.create_connection(("127.0.0.1", server.port(993))), server_hostname="localhost")
        self.expect(b"\r\n")
        self.ask(b"a LOGIN me@localhost " + PASSWORD.encode(), b"a OK")
        self.ask(b"b SELECT INBOX", b"b OK")
        self.ask(b"c IDLE", b"+ ")

    def expect(self, what):
        text = b""
        while what not in text or not text.endswith(b"\r\n"):
            more = self.socket.recv(4096)
            assert more, text
            text += more

    def ask(self, line, what):
        self.socket.sendall(line + b"\r\n")
        self.expect(what)


def main(connections):
    with Playground() as server:
        starts = []
        for _ in range(5):
            server.stop()
            began = time.perf_counter()
            server.start()
            starts.append((time.perf_counter() - began) * 1000)
        time.sleep(1)
        idle = figures.pss_kib(server.process.pid)
        tls = server.tls()
        warm = [Idler(server, tls) for _ in range(20)]   # what the first connections make for all
        before = figures.pss_kib(server.process.pid)
        clients = [Idler(server, tls) for _ in range(connections)]
        time.sleep(2)
        each = (figures.pss_kib(server.process.pid) - before) / connections
        assert figures.metric(server, "postroom_connections_open") >= connections + len(warm)
        for client in clients + warm:
            client.socket.close()
    print(json.dumps({"bench": "idle", "build": harness.BUILD.name, "connections": connections, "kib_per_connection": round(each, 1),
                      "idle_mib": round(idle / 1024, 1), "second_start_ms": round(statistics.median(starts))}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
