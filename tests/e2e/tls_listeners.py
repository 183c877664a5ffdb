"""TLS of every listener as openssl s_client sees it, with TLS 1.2 and 1.3. One function per scenario; the argument names it."""
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

from harness import PASSWORD, Playground, run
from postroomctl import BUILD, Control, change_settings, control_of, eventually, free_offset, wait_for

VERSIONS = ("-tls1_2", "-tls1_3")
STARTTLS = {25: "smtp", 587: "smtp", 143: "imap"}
PORTS = (25, 587, 465, 143, 993, 443)
# What makes each service say something and end the connection.
GOODBYE = {25: b"QUIT\r\n", 587: b"QUIT\r\n", 465: b"QUIT\r\n", 143: b"a LOGOUT\r\n", 993: b"a LOGOUT\r\n",
           443: b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"}
ALPN_GOODBYE = {"imap": GOODBYE[993], "smtp": GOODBYE[465]}


class Shown:
    """What one run of s_client printed."""

    def __init__(self, text):
        self.text = text
        self.open = "Cipher is (NONE)" not in text and ("New, TLSv1" in text or "Reused, TLSv1" in text)
        self.reused = "Reused, TLSv1" in text
        self.subject = (re.search(r"^subject=.*?CN ?= ?(\S+)", text, re.MULTILINE) or [None, None])[1]
        self.alpn = (re.search(r"^ALPN protocol: (\S+)", text, re.MULTILINE) or [None, None])[1]
        self.asked_for_key = "CertificateRequest" in text
        self.version = (re.search(r"(?:New|Reused), (TLSv[\d.]+)", text) or [None, None])[1]

    def alert(self):
        number = re.search(r"SSL alert number (\d+)", self.text)
        return {"112": "unrecognized name", "120": "no application protocol"}.get(number[1], number[1]) if number else None


def s_client(address, *options, name="localhost", ca=None, starttls=None, say=b""):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{address}", "-msg", "-ign_eof", *options]
    command += ["-servername", name] if name else ["-noservername"]
    command += ["-CAfile", str(ca)] if ca else []
    command += ["-starttls", starttls] if starttls else []
    done = subprocess.run(command, input=say, capture_output=True, timeout=60)
    return Shown((done.stdout + done.stderr).decode("latin-1"))


class Rows:
    """s_client against one server."""

    def __init__(self, offset, ca):
        self.offset = offset
        self.ca = ca

    def __call__(self, port, *options, say=None, **named):
        named.setdefault("ca", self.ca)
        return s_client(self.offset + port, *options, starttls=STARTTLS.get(port), say=GOODBYE[port] if say is None else say, **named)


def metrics(offset):
    with socket.create_connection(("127.0.0.1", offset + 80), timeout=20) as wire:
        wire.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        text = wire.makefile("rb").read().decode()
    found = {}
    for labels, count in re.findall(r"^postroom_tls_handshakes_total\{([^}]*)\} (\d+)$", text, re.MULTILINE):
        each = dict(re.findall(r'(\w+)="([^"]*)"', labels))
        key = (each["service"], each["result"], each["version"], bool(each["cipher"]))
        found[key] = found.get(key, 0) + int(count)
    return found


def names_and_tickets(rows):
    """An unknown name is refused but on port 25, no name gets the host's certificate; only port 25 has no tickets."""
    with tempfile.TemporaryDirectory() as folder:
        for version in VERSIONS:
            for port in PORTS:
                for name in ("localhost", None, "unknown.example"):
                    shown = rows(port, version, name=name)
                    where = f"port {port} {version} name {name}\n{shown.text[-3000:]}"
                    if name == "unknown.example" and port != 25:
                        assert not shown.open and shown.alert() == "unrecognized name", where
                        continue
                    assert shown.open and "Verify return code: 0 (ok)" in shown.text, where
                    assert shown.version == {"-tls1_2": "TLSv1.2", "-tls1_3": "TLSv1.3"}[version], where
                    assert shown.asked_for_key == (port not in (25, 443)), where
                file = f"{folder}/{port}{version}"
                rows(port, version, "-sess_out", file)
                kept = pathlib.Path(file).exists()
                shown = rows(port, version, *(["-sess_in", file] if kept else []))
                assert shown.open and shown.reused == (port != 25), f"port {port} {version}\n{shown.text[-3000:]}"


def protocols(rows):
    """ALPN chooses what the HTTPS port speaks; nothing in common ends the handshake, there and on the ports of one protocol."""
    for version in VERSIONS:
        for offered, chosen, answer in (("http/1.1", "http/1.1", "HTTP/1.1 404"), ("imap", "imap", "* OK "), ("smtp", "smtp", "220 "), (None, None, "HTTP/1.1 404"),
                                        ("h2,http/1.1", "http/1.1", "HTTP/1.1 404"), ("smtp,imap", "imap", "* OK "), ("h2", "", ""), ("acme-tls/1", "", "")):
            shown = rows(443, version, *(["-alpn", offered] if offered else []), say=ALPN_GOODBYE.get(chosen, GOODBYE[443]))
            where = f"offered {offered} {version}\n{shown.text[-3000:]}"
            if chosen == "":
                assert not shown.open and shown.alert() == "no application protocol", where
                continue
            assert shown.open and shown.alpn == chosen and answer in shown.text, where
        for port, own in ((993, "imap"), (465, "smtp"), (143, "imap"), (587, "smtp")):
            for offered in ("http/1.1", "imap", "smtp"):
                shown = rows(port, version, "-alpn", offered)
                assert shown.open == (offered == own), f"port {port} offered {offered}\n{shown.text[-3000:]}"
                assert shown.open or shown.alert() == "no application protocol", shown.text[-3000:]
        assert rows(25, version, "-alpn", "http/1.1").open, "a mail server that offers something goes on in TLS"


def starttls_after_starttls(server):
    context = server.tls()
    for port, command, hello, refused in ((25, b"STARTTLS\r\n", b"EHLO a.example\r\n", b"503 5.5.1"), (587, b"STARTTLS\r\n", b"EHLO a.example\r\n", b"503 5.5.1"),
                                          (143, b"b STARTTLS\r\n", b"", b"b BAD")):
        wire = socket.create_connection(("127.0.0.1", server.port(port)), timeout=20)
        lines = wire.makefile("rb")

        def ask(what):
            wire.sendall(what)
            while True:
                line = lines.readline()
                if not line.startswith(b"*") and line[3:4] != b"-":
                    return line
        lines.readline()
        if hello:
            ask(hello)
        assert ask(command)[:4] in (b"220 ", b"b OK")
        wire = context.wrap_socket(wire, server_hostname="localhost")
        lines = wire.makefile("rb")
        if hello:
            ask(hello)
        assert ask(command).startswith(refused)


def rules():
    with Playground() as server:
        rows = Rows(server.offset, server.folder / "ca.pem")
        names_and_tickets(rows)
        protocols(rows)
        starttls_after_starttls(server)


def make_certificate(folder, name, subject):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}",
        "-addext", f"subjectAltName={subject}", "-keyout", f"{folder}/{name}-key.pem", "-out", f"{folder}/{name}.pem")
    return {"name": name, "certificateFile": f"{folder}/{name}.pem", "keyFile": f"{folder}/{name}-key.pem"}


def certificates_of(ctl):
    return {each["name"]: each for each in ctl.json("status")["certificates"]}


def without_starttls(server):
    """Not configured: not announced, and refused."""
    wire = socket.create_connection(("127.0.0.1", server.port(25)), timeout=20)
    lines = wire.makefile("rb")
    lines.readline()
    wire.sendall(b"EHLO a.example\r\nSTARTTLS\r\n")
    answer = [lines.readline()]
    while answer[-1][3:4] == b"-":
        answer.append(lines.readline())
    assert not any(b"STARTTLS" in line for line in answer), answer
    assert lines.readline().startswith(b"502 5.5.1 "), answer
    wire = socket.create_connection(("127.0.0.1", server.port(143)), timeout=20)
    lines = wire.makefile("rb")
    assert b"STARTTLS" not in lines.readline()
    wire.sendall(b"a STARTTLS\r\n")
    assert lines.readline().startswith(b"a BAD ")


def settings():
    """What a listener's settings choose; changed files are read again, and new settings leave open connections alone."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        ctl = control_of(server)
        rows = Rows(server.offset, server.folder / "ca.pem")
        lasting = socket.create_connection(("127.0.0.1", server.port(993)), timeout=20)
        lasting = server.tls().wrap_socket(lasting, server_hostname="localhost")
        lines = lasting.makefile("rb")
        assert lines.readline().startswith(b"* OK")
        lasting.sendall(b"a LOGIN me@localhost %s\r\n" % PASSWORD.encode())
        assert lines.readline().startswith(b"a OK")
        more = [make_certificate(folder, "shop", "DNS:mail.shop.example,DNS:*.wild.example"), make_certificate(folder, "club", "DNS:club.example")]

        def edit(document):
            document["server"]["certificates"] = more
            for listener in document["listeners"]:
                kind = listener["kind"]
                if kind == "imaps":
                    listener.update(leastTls="1.3", certificates=["club"])
                elif kind in ("smtp", "imap"):
                    listener.update(tls="none")
                elif kind == "submission":
                    listener.update(refuseUnknownNames=False, sessionTickets="off")
                elif kind == "submissions":
                    listener.update(clientKeys=False)
        change_settings(ctl, edit)
        eventually(lambda: rows(993, "-tls1_3", name="club.example").subject == "club")
        told = certificates_of(ctl)
        assert told[""]["own"] and "localhost" in told[""]["hosts"], told
        assert not told["shop"]["own"] and told["shop"]["hosts"] == ["mail.shop.example", "*.wild.example"] and told["shop"]["until"], told
        without_starttls(server)
        for version in VERSIONS:
            for name, subject in (("mail.shop.example", "shop"), ("a.wild.example", "shop"), ("club.example", "club"), ("localhost", "localhost"), (None, "localhost")):
                shown = rows(465, version, name=name)
                assert shown.subject == subject and not shown.asked_for_key, f"{version} {name}\n{shown.text[-3000:]}"
            assert rows(587, version, name="unknown.example").open
            assert rows(587, version).asked_for_key
            file = f"{folder}/587{version}"
            rows(587, version, "-sess_out", file)
            kept = pathlib.Path(file).exists()
            assert not rows(587, version, *(["-sess_in", file] if kept else [])).reused
            for offered, asked in (("http/1.1", False), (None, False), ("imap", True), ("smtp", True)):   # a browser never prompts
                shown = rows(443, version, *(["-alpn", offered] if offered else []), say=ALPN_GOODBYE.get(offered, GOODBYE[443]))
                assert shown.open and shown.asked_for_key == asked, f"{version} {offered}\n{shown.text[-3000:]}"
        assert not rows(993, "-tls1_2").open and rows(993, "-tls1_3").open
        assert rows(993, "-tls1_3", name="mail.shop.example").alert() == "unrecognized name"   # not among the listener's
        lasting.sendall(b"b NOOP\r\n")
        assert lines.readline().startswith(b"b OK")
        before = pathlib.Path(more[0]["certificateFile"]).read_bytes()
        make_certificate(folder, "shop", "DNS:mail.shop.example")
        assert before != pathlib.Path(more[0]["certificateFile"]).read_bytes()
        eventually(lambda: rows(465, "-tls1_3", name="a.wild.example").alert() == "unrecognized name", 90)
        pathlib.Path(more[1]["keyFile"]).write_text("nonsense")
        ctl("settings", "apply", "-", stdin=json.dumps({"server": {"hostname": "localhost", "certificates": [*more, {**more[1], "name": "lost", "keyFile": f"{folder}/no.pem"}]}}))
        eventually(lambda: any("the certificate club is not used" in each["problem"] for each in ctl.json("status")["listeners"]))
        assert rows(465, "-tls1_3", name="club.example").subject == "club", "what was good stays while its file is not"
        told = certificates_of(ctl)
        assert told["club"]["problem"] and told["club"]["hosts"] == ["club.example"], told
        assert "no.pem" in told["lost"]["problem"] and not told["lost"]["hosts"], told


def results():
    """Each handshake is counted by service, version, cipher and how it ended: in the metrics, and by hour for the control app."""
    with Playground() as server:
        ctl = control_of(server)
        rows = Rows(server.offset, server.folder / "ca.pem")
        silent = socket.create_connection(("127.0.0.1", server.port(993)), timeout=60)
        began = time.monotonic()
        asked = socket.create_connection(("127.0.0.1", server.port(25)), timeout=60)
        lines = asked.makefile("rb")
        lines.readline()
        asked.sendall(b"EHLO a.example\r\nSTARTTLS\r\n")
        while not lines.readline().startswith(b"220 "):
            pass
        with tempfile.TemporaryDirectory() as folder:
            rows(993, "-tls1_3", "-sess_out", f"{folder}/session")
            assert rows(993, "-tls1_3", "-sess_in", f"{folder}/session").reused
            other = make_certificate(folder, "other", "DNS:other.example")
            for version in VERSIONS:
                assert "unknown_ca" in rows(465, version, "-verify_return_error", ca=other["certificateFile"]).text
        rows(465, "-tls1_2")
        rows(465, "-tls1_3", name="unknown.example")
        rows(443, "-tls1_3", "-alpn", "h2")
        rows(465, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
        rows(465, "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")
        with socket.create_connection(("127.0.0.1", server.port(465)), timeout=20) as wire:
            wire.sendall(b"EHLO a.example\r\n")
            wire.recv(100)
        socket.create_connection(("127.0.0.1", server.port(443)), timeout=20).close()
        assert silent.recv(1) == b"" and asked.recv(1) == b""
        took = time.monotonic() - began
        assert 29 < took < 40, f"a handshake that does not begin ends after {took:.1f} s"
        expected = {("imaps", "ok", "TLSv1.3", True): 1, ("imaps", "resumed", "TLSv1.3", True): 1, ("submissions", "alert unknown_ca", "TLSv1.2", True): 1,
                    ("submissions", "alert unknown_ca", "TLSv1.3", True): 1, ("submissions", "ok", "TLSv1.2", True): 1, ("submissions", "old version", "", False): 1,
                    ("submissions", "plain text", "", False): 1, ("https", "eof", "", False): 1, ("imaps", "timeout", "", False): 1, ("smtp", "timeout", "", False): 1}
        counted = metrics(server.offset)
        for key, count in expected.items():
            assert counted.get(key) == count, (key, counted)
        by_reason = {}
        for (service, result, version, cipher), count in counted.items():
            by_reason[service, result] = by_reason.get((service, result), 0) + count
        for key in (("submissions", "unknown name"), ("submissions", "no shared cipher"), ("https", "no application protocol")):
            assert by_reason.get(key) == 1, (key, counted)
        listed = ctl.json("tls-handshakes")["handshakes"]
        series = {}
        for each in listed:
            assert each["failed"] == sum(reason["count"] for reason in each["reasons"]), each
            for result, count in [("ok", each["ok"]), ("resumed", each["resumed"])] + [(reason["reason"], reason["count"]) for reason in each["reasons"]]:
                key = (each["service"], result, each["version"], bool(each["cipher"]))
                if count:
                    series[key] = series.get(key, 0) + count
        assert series == counted, (series, counted)
        now = ctl.json("status")
        assert now["handshakes"] == sum(series.values()) and now["failedHandshakes"] == sum(each["failed"] for each in listed), now
        assert {each["service"] for each in ctl.json("tls-handshakes", "imaps")["handshakes"]} == {"imaps"}
        assert "between 1 and 744" in ctl("tls-handshakes", "--hours", "745", rc=1)
        server.stop()
        server.start()
        again = ctl.json("tls-handshakes")["handshakes"]
        assert sum(each["failed"] for each in again) == sum(each["failed"] for each in listed), "a restart does not lose them"


def serve():
    """The same rules on a real server with the certificate of its administrator."""
    with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
        own = make_certificate(folder, "mail.example.org", "DNS:mail.example.org,DNS:example.org")
        log = open(f"{folder}/log", "wb")
        server = subprocess.Popen([BUILD / "daemon/app/postroomd", "serve", "--state-dir", f"{folder}/state", "--certificate", own["certificateFile"], "--key", own["keyFile"]],
                                  stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert server.stdout.readline() == "ready\n"
            ctl = Control(f"{folder}/state/run/control.sock")
            offset = free_offset()

            def edit(document):
                for listener in document["listeners"]:
                    listener["address"] = "127.0.0.1"
                    listener["port"] = offset + (80 if listener["kind"] == "metrics" else listener["port"])
            change_settings(ctl, edit)
            ctl("setup", "example.org", "anna")
            for port in PORTS:
                wait_for(offset + port).close()
            rows = Rows(offset, own["certificateFile"])
            for version in VERSIONS:
                for port in PORTS:
                    for name in ("mail.example.org", "example.org", None, "unknown.example"):
                        shown = rows(port, version, name=name)
                        refused = name == "unknown.example" and port != 25
                        assert shown.open != refused, f"port {port} {version} name {name}\n{shown.text[-3000:]}"
                        if refused:
                            assert shown.alert() == "unrecognized name", shown.text[-3000:]
                        else:
                            assert shown.subject == "mail.example.org", shown.text[-3000:]
            server.terminate()
            assert server.wait(20) == 0
        finally:
            server.kill()
            server.wait()
            log.close()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
