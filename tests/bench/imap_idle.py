"""Memory of idle TLS connections in IDLE, and how soon they are told of a delivery. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/imap_idle.py [connections [deliveries]]      (default 1000 200)

All connections of one account watch its INBOX. Memory is the growth of the server's resident set for each connection, deliveries
go over SMTP one at a time; the time from the end of the data to the EXISTS is read on one connection of them, and from the first
EXISTS to the last on all. Then likewise for mail that only one connection more waits for, of another account.
"""
import json
import resource
import select
import smtplib
import statistics
import sys
import time

from imap_common import Client
import harness
from harness import PASSWORD, Playground


def resident(server):
    for line in open(f"/proc/{server.process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def deliver(smtp, recipient, number):
    """When its last byte was sent; the reply is not read yet."""
    smtp.mail("a@example.org")
    smtp.rcpt(recipient)
    smtp.putcmd("data")
    assert smtp.getreply()[0] == 354
    smtp.send(f"Subject: {number}\r\n\r\nhello\r\n.\r\n".encode())
    return time.perf_counter()


def one_of_many(smtp, client, deliveries):
    """Milliseconds from the end of each message's data to what the one connection reads."""
    client.socket.sendall(b"i IDLE\r\n")
    assert client.socket.recv(4096).startswith(b"+ ")
    times = []
    for number in range(deliveries):
        sent = deliver(smtp, "friend@localhost", number)
        assert b"EXISTS" in client.socket.recv(4096)
        times.append((time.perf_counter() - sent) * 1000)
        assert smtp.getreply()[0] == 250
    return sorted(times)


def main(connections, deliveries):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    with Playground() as server:
        tls = server.tls()
        warm = Client(server.port(993), tls)
        warm.ask(b"LOGIN friend@localhost " + PASSWORD.encode())
        warm.ask(b"SELECT INBOX")
        clients = []
        before = resident(server)
        started = time.perf_counter()
        for _ in range(connections):
            client = Client(server.port(993), tls)
            client.buffer = bytearray(4096)
            client.ask(b"LOGIN me@localhost " + PASSWORD.encode())
            client.ask(b"SELECT INBOX")
            client.socket.sendall(b"i IDLE\r\n")
            assert client.socket.recv(4096).startswith(b"+ ")
            clients.append(client)
        signed_in = time.perf_counter() - started
        time.sleep(2)
        each = (resident(server) - before) / connections
        poll = select.epoll()
        for client in clients:
            poll.register(client.socket, select.EPOLLIN)
        of = {client.socket.fileno(): client for client in clients}
        watched = clients[connections // 2].socket.fileno()
        told, spread = [], []
        with smtplib.SMTP("127.0.0.1", server.port(25)) as smtp:
            smtp.ehlo_or_helo_if_needed()
            for number in range(deliveries):
                sent = deliver(smtp, "me@localhost", number)
                waiting = set(of)
                first = None
                while waiting:
                    for descriptor, _ in poll.poll(10):
                        of[descriptor].socket.recv(4096)
                        now = time.perf_counter()
                        first = first or now
                        if descriptor == watched and descriptor in waiting:
                            told.append((now - sent) * 1000)
                        waiting.discard(descriptor)
                spread.append((time.perf_counter() - first) * 1000)
                assert smtp.getreply()[0] == 250
            alone = one_of_many(smtp, warm, deliveries)
        told.sort()
        print(json.dumps({"bench": "imap_idle", "connections": connections, "build": harness.BUILD.name, "kib_each": round(each, 1),
                          "sign_in_s": round(signed_in, 1), "exists_ms_median": round(statistics.median(told), 2),
                          "exists_ms_p99": round(told[int(len(told) * 0.99)], 2), "all_told_ms_median": round(statistics.median(spread), 2),
                          "alone_ms_median": round(statistics.median(alone), 2), "alone_ms_p99": round(alone[int(len(alone) * 0.99)], 2)}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
