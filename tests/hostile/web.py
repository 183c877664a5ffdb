"""The HTTP ports by somebody who means harm: smuggled requests, endless headers, slow ones, floods, guesses at links. Each is answered with a status
that fits, or closed; none is taken for something else, and others are served.

    web.py
"""
import re
import socket
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
import figures  # noqa: E402
from harness import Playground  # noqa: E402

MOST_KIB = 32 * 1024
GET = b"GET /metrics HTTP/1.1\r\nHost: a\r\n"
POST = b"POST /metrics HTTP/1.1\r\nHost: a\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
# What is sent, and the statuses that are right; the connection ends behind the last.
CASES = [
    (POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Content-Length: 0\r\nContent-Length: 38\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Content-Length: 38, 0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Content-Length: +38\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Content-Length: 38 \x0b\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Content-Length:\x0038\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n0x1\r\n" + HIDDEN, ["400"]),
    (POST + b"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n" + b"x" * 100_000, ["413"]),
    (POST + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN + GET + b"Connection: close\r\n\r\n", ["405", "200"]),
    (GET + b"Host: b\r\n\r\n", ["400"]),
    (b"GET /metrics HTTP/1.1\r\n\r\n", ["400"]),
    (b"GET /metrics HTTP/1.1\nHost: a\n\n", ["400"]),
    (b"GET /metrics HTTP/1.1\rHost: a\r\r", ["400"]),
    (b"GET /metrics HTTP/1.1 \r\nHost: a\r\n\r\n", ["400", "505"]),
    (b"get /metrics HTTP/1.1\r\nHost: a\r\n\r\n", ["400"]),
    (b"GET /metrics\r\n\r\n", ["400", "505"]),
    (b"GET /metrics HTTP/9.9\r\nHost: a\r\n\r\n", ["400", "505"]),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ["505"]),
    (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", ["400"]),
    (b"\x00" * 1000, ["400"]),
    (b"EHLO a.example\r\nMAIL FROM:<>\r\n", ["400"]),
    (b"a LOGIN me@localhost x\r\n", ["400"]),
    (b"GET " + b"/" * 100_000, ["414"]),
    (GET + b"X: " + b"y" * 1_000_000, ["431"]),
    (GET + b"y" * 1_000_000, ["431"]),
    (GET + b"X: y\r\n" * 100_000, ["431"]),
    (GET + b"Cookie: \xff\xfe\r\nConnection: close\r\n\r\n", ["200", "400"]),
    (GET + b"X: a\x01b\r\n\r\n", ["400"]),
    (GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n" + GET + b"Connection: close\r\n\r\n", ["200", "200"]),
    (b"CONNECT localhost:25 HTTP/1.1\r\nHost: localhost:25\r\n\r\n", ["400"]),
    (b"GET http://169.254.169.254/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ["404"]),
    (b"GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ["404"]),
    (b"GET /.enrol/../metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ["404"]),
    (b"TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ["404", "405"]),
    (GET + b"Expect: 200-ok\r\n\r\n", ["417"]),
    (b"\r\n" * 10_000 + GET + b"Connection: close\r\n\r\n", ["200"]),
]


def connect(server, secure):
    wire = socket.create_connection(("127.0.0.1", server.port(443 if secure else 80)), timeout=20)
    return server.tls().wrap_socket(wire, server_hostname="localhost") if secure else wire


def exchange(server, data, secure=False):
    """The statuses of what comes back until the connection ends."""
    wire = connect(server, secure)
    sender = threading.Thread(target=lambda: send(wire, data))
    sender.start()
    if secure:   # one thread at a time may use a TLS socket of Python's
        sender.join()
    answer = b""
    try:
        while part := wire.recv(65536):
            answer += part
    except OSError:   # what the server did not read is thrown away with the connection
        pass
    sender.join()
    wire.close()
    return [status.decode() for status in re.findall(rb"(?m)^HTTP/1\.1 (\d+)", answer)], answer


def send(wire, data):
    try:
        wire.sendall(data)
    except OSError:
        pass


def main():
    problems = []
    with Playground("--log-level", "info") as server:
        for data, right in CASES:
            for secure in (False, True):
                began = time.monotonic()
                statuses, answer = exchange(server, data, secure)
                took = time.monotonic() - began
                want = [status.replace("200", "404") for status in right] if secure else right   # the figures are not shown there
                want = [status.replace("405", "404") for status in want] if secure else want
                lost = secure and not statuses and len(data) > 64 * 1024   # what came behind the refusal took the answer with it
                several = all(status in want for status in statuses) and statuses or lost
                if (statuses != want if len(set(right)) > 1 and data.count(b"HTTP/1.1") > 1 else not several) or took > 10:
                    problems.append(f"{data[:90]!r}: {statuses}, not {want}, after {took:.1f} s")
                if b"/hidden" in answer:
                    problems.append(f"{data[:90]!r}: reflected")
        memory = figures.pss_kib(server.process.pid)
        slow = [connect(server, False) for _ in range(150)]   # a byte now and then
        began = time.monotonic()
        ended = [0.0] * len(slow)
        while time.monotonic() - began < 25 and not all(ended):
            for number, each in enumerate(slow):
                if ended[number]:
                    continue
                each.settimeout(0.001)
                try:
                    each.sendall(b"G" if time.monotonic() - began < 1 else b"x")
                    if not each.recv(1000):
                        ended[number] = time.monotonic() - began
                except TimeoutError:
                    pass
                except OSError:
                    ended[number] = time.monotonic() - began
            statuses, _ = exchange(server, GET + b"Connection: close\r\n\r\n")
            if statuses != ["200"]:
                problems.append(f"others are not served: {statuses}")
            time.sleep(0.5)
        if not all(ended) or max(ended) > 20:
            problems.append(f"slow requests last {max(ended):.1f} s, {ended.count(0.0)} for ever")
        # More is asked for than is read.
        greedy = connect(server, False)
        greedy.settimeout(1)
        send(greedy, (GET + b"\r\n") * 2_000)
        time.sleep(1)
        grown = figures.pss_kib(server.process.pid) - memory
        if grown > MOST_KIB:
            problems.append(f"the server grew by {grown} KiB")
        statuses, _ = exchange(server, b"".join(b"GET /.enrol/%026d HTTP/1.1\r\nHost: a\r\n\r\n" % number for number in range(900)) + GET + b"Connection: close\r\n\r\n", True)
        if set(statuses) != {"404"} or len(statuses) != 901:
            problems.append(f"guessing links: {len(statuses)} answers, {set(statuses)}")
        if figures.metric(server, "postroom_unhandled_errors_total") != 0:
            problems.append("errors nobody handled")
    assert not problems, "\n".join(problems)
    print(f"{len(CASES)} cases on two ports, {len(slow)} slow connections ended, {grown} KiB more memory")


if __name__ == "__main__":
    main()
