"""APPEND of 10 KiB messages, each durable before its OK, on several connections of one account, against Debian's dovecot (mdbox,
mail_fsync=always) in the same run, the servers taking turns. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/imap_append.py [connections [messages]]      (default 8 4000; needs root)

Figures are messages a second, the best of three turns each. Ours speaks TLS, dovecot clear text.
"""
import json
import pathlib
import socket
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness
from harness import PASSWORD, Playground
from peers import Dovecot

TURNS = 3
LINE = b"One of the lines that make a message of ten kibibytes.\r\n"
BODY = b"From: a@b.test\r\nTo: c@d.test\r\nSubject: measured\r\nMessage-ID: <%06d@bench>\r\n\r\n" + LINE * 184


def connect(port, login, tls=None):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls:
        connection = tls.wrap_socket(connection, server_hostname="localhost")
    connection.recv(4096)
    ask(connection, b"l LOGIN " + login)
    return connection


def ask(connection, command):
    connection.sendall(command + b"\r\n")
    answer = b""
    while not answer.endswith(b"\r\n") or not answer.splitlines()[-1].startswith(command[:2]):
        answer += connection.recv(65536)
    assert b" OK" in answer.splitlines()[-1], answer


def turn(connections, messages):
    def work(connection, first):
        for number in range(first, messages, len(connections)):
            body = BODY % number
            ask(connection, b"a APPEND INBOX {%d+}\r\n" % len(body) + body)

    threads = [threading.Thread(target=work, args=each) for each in zip(connections, range(len(connections)))]
    started = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return messages / (time.perf_counter() - started)


def main(count, messages):
    with Playground() as server, Dovecot("mdbox") as dovecot:
        configuration = dovecot.folder / "dovecot.conf"
        configuration.write_text(configuration.read_text() + "mail_fsync = always\n")
        dovecot.stop()
        dovecot.start()
        tls = server.tls()
        peers = {"postroom": [connect(server.port(993), b"me@localhost " + PASSWORD.encode(), tls) for _ in range(count)],
                 "dovecot": [connect(dovecot.port, b"me secret") for _ in range(count)]}
        best = dict.fromkeys(peers, 0)
        for _ in range(TURNS):
            for name, connections in peers.items():
                best[name] = max(best[name], turn(connections, messages))
        print(json.dumps({"bench": "imap_append", "connections": count, "messages": messages, "build": harness.BUILD.name,
                          **{name: round(rate) for name, rate in best.items()},
                          "postroom/dovecot": round(best["postroom"] / best["dovecot"], 2)}))


main(*(int(each) for each in (sys.argv[1:] + ["8", "4000"][len(sys.argv) - 1:])))
