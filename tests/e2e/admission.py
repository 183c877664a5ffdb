"""Who may open another connection, and how the others are told. One function per scenario; the argument names it."""
import contextlib
import os
import pathlib
import re
import resource
import socket
import sys
import time
import urllib.request

from harness import Playground
from postroomctl import change_settings, control_of, eventually

OPEN = 3
RATE = 40
GREETINGS = {25: b"220 ", 587: b"220 ", 143: b"* OK "}
REFUSED = {25: b"421 4.7.0 too many ", 587: b"421 4.7.0 too many ", 143: b"* BYE [LIMIT] too many ", 80: b"HTTP/1.1 429 "}


def connect(server, port, source="127.0.0.1"):
    return socket.create_connection(("127.0.0.1", server.port(port)), timeout=20, source_address=(source, 0))


def first_line(wire):
    line = b""
    while not line.endswith(b"\n"):
        byte = wire.recv(1)
        if not byte:
            return line
        line += byte
    return line


def page(server):
    return urllib.request.urlopen(f"http://127.0.0.1:{server.port(80)}/metrics", timeout=20).read().decode()


def metric(server, name):
    found = re.search(rf"^{re.escape(name)} (\d+)$", page(server), re.MULTILINE)
    return int(found[1]) if found else 0


def set_limits(server, **limits):
    change_settings(control_of(server), lambda document: document["server"].update(limits, maxMessagesPerConnection=777))
    eventually(lambda: b"MAILMAX=777" in hello(server))   # they are in force


def hello(server):
    with connect(server, 25, "127.0.200.1") as wire:
        wire.sendall(b"EHLO a.example\r\nQUIT\r\n")
        return wire.makefile("rb").read()


def open_connections():
    """So many at once for each protocol, from an address and from its network; who leaves makes room."""
    with Playground("--strict") as server, contextlib.ExitStack() as stack:
        set_limits(server, connectionsPerAddress=OPEN, connectionsPerMinute=1000)
        for port, greeting in GREETINGS.items():
            inside = [stack.enter_context(connect(server, port)) for _ in range(OPEN)]
            for wire in inside:
                assert first_line(wire).startswith(greeting)
            with connect(server, port) as wire:
                line = first_line(wire)
                assert line.startswith(REFUSED[port]) and b"open" in line, (port, line)
                assert wire.recv(1) == b"", "and it is closed"
            inside[0].close()
            eventually(lambda: admitted(server, port, greeting))
            stack.enter_context(connect(server, port))
        for last in range(2, 5):   # with those of 127.0.0.1 the /26 of its addresses has as many as it may
            for _ in range(OPEN):
                wire = stack.enter_context(connect(server, 25, f"127.0.0.{last}"))
                assert first_line(wire)[:4] == (b"220 " if last < 4 else b"421 "), last
        assert first_line(stack.enter_context(connect(server, 25, "127.0.0.64"))).startswith(b"220 ")
        implicit = [stack.enter_context(server.tls().wrap_socket(connect(server, 465, "127.0.1.1"), server_hostname="localhost")) for _ in range(OPEN)]
        for wire in implicit:
            assert first_line(wire).startswith(b"220 ")
        assert connect(server, 465, "127.0.1.1").recv(1) == b"", "a TLS client is not talked to in clear"
        assert metric(server, 'postroom_connections_refused_total{protocol="imap",reason="open"}') >= 1
        assert metric(server, 'postroom_connections_refused_total{protocol="submission",reason="open"}') >= 2


def admitted(server, port, greeting):
    with connect(server, port) as wire:
        return first_line(wire).startswith(greeting)


def new_connections():
    """So many new ones in a minute; the other protocols do not suffer for it."""
    with Playground("--strict") as server:
        set_limits(server, connectionsPerMinute=RATE)
        for number in range(RATE + 1):
            with connect(server, 25, "127.0.9.1") as wire:
                line = first_line(wire)
                assert line[:4] == (b"220 " if number < RATE else b"421 "), (number, line)
        assert line.startswith(REFUSED[25]) and b"slow down" in line, line
        assert admitted(server, 143, b"* OK ")
        assert metric(server, 'postroom_connections_refused_total{protocol="smtp",reason="rate"}') == 1
        for _ in range(RATE):
            connect(server, 80, "127.0.9.1").close()
        with connect(server, 80, "127.0.9.1") as wire:
            assert first_line(wire).startswith(REFUSED[80])


def descriptors():
    """When the process has no descriptor left, those who come are turned away with a word, and nobody waits in circles."""
    with Playground() as server, contextlib.ExitStack() as stack:
        pid = server.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        highest = max(int(each.name) for each in pathlib.Path(f"/proc/{pid}/fd").iterdir())
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (highest + 4, before[1]))
        lines = [first_line(stack.enter_context(connect(server, 25))) for _ in range(12)]
        assert lines[-1].startswith(b"421 4.3.2 too many connections"), lines
        assert lines[0].startswith(b"220 "), lines
        began = cpu_seconds(pid)
        time.sleep(1)
        assert cpu_seconds(pid) - began < 0.5, "it does not spin"
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        assert admitted(server, 25, b"220 ")
        assert metric(server, 'postroom_connections_refused_total{protocol="smtp",reason="full"}') >= 1


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def http_requests():
    """A thousand requests a minute from an address, then 429."""
    with Playground("--strict") as server:
        def ask(count):
            with connect(server, 80, "127.0.9.2") as wire:
                wire.sendall(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" * count)
                wire.shutdown(socket.SHUT_WR)
                answer = wire.makefile("rb").read()
                return re.findall(rb"^HTTP/1.1 (\d+)", answer, re.MULTILINE), answer
        for _ in range(2):
            assert ask(500)[0] == [b"404"] * 500
        statuses, answer = ask(3)
        assert statuses == [b"429"] and b"Retry-After: 60\r\n" in answer, answer
        assert "200" in str(urllib.request.urlopen(f"http://127.0.0.1:{server.port(80)}/metrics", timeout=20).status)


def alpn():
    """What ALPN makes of a connection to the HTTPS port is what it counts as, and whose limits it has."""
    with Playground("--strict") as server, contextlib.ExitStack() as stack:
        set_limits(server, connectionsPerAddress=OPEN)
        ctl = control_of(server)

        def over_https(protocol, source):
            context = server.tls()
            context.set_alpn_protocols([protocol])
            return stack.enter_context(context.wrap_socket(connect(server, 443, source), server_hostname="localhost"))
        before = ctl.json("status")["connections"]
        for protocol, greeting in (("imap", b"* OK "), ("smtp", b"220 ")):
            wire = over_https(protocol, "127.0.2.1")
            assert first_line(wire).startswith(greeting)
        after = ctl.json("status")["connections"]
        assert after["imap"] == before["imap"] + 1 and after["submission"] == before["submission"] + 1, after
        assert after["http"] == before["http"], after
        for _ in range(OPEN - 1):
            assert first_line(over_https("imap", "127.0.2.1")).startswith(b"* OK ")
        assert first_line(over_https("imap", "127.0.2.1")).startswith(REFUSED[143])
        web = over_https("http/1.1", "127.0.2.1")   # those before it took no place of HTTP's
        web.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert first_line(web).startswith(b"HTTP/1.1 404")
        text = page(server)
        assert re.search(r'^postroom_tls_handshakes_total\{service="imaps",direction="in",result="ok"', text, re.MULTILINE), text
        assert re.search(r'^postroom_connections_total\{service="submissions",direction="in"\} 1$', text, re.MULTILINE), text


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
