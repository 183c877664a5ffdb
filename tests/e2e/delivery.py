"""Delivery as on the real net, in a network namespace of its own: nsd with a DNSSEC-signed zone, Debian's postfix as receiver,
an HTTPS policy host, and servers that fail at every stage. The argument names the scenario. Needs root; where namespaces are
not permitted it says so and ends with 77."""
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from harness import DAEMON, run
from peers import Peer, Postfix, wait_for
from postroomctl import Control

US, NAMES, RECEIVER, POLICIES = "192.0.2.1", "192.0.2.53", "192.0.2.25", "192.0.2.80"
STAGES = ("greeting", "ehlo", "mail", "rcpt", "data", "end")
SKIPPED = 77


def enter_namespace():
    """Starts this program again where the network is ours alone."""
    if os.environ.get("POSTROOM_NAMESPACE"):
        run("ip", "link", "set", "lo", "up")
        for address in [US, NAMES, RECEIVER, POLICIES] + [f"192.0.2.{100 + number}" for number in range(len(STAGES) * 2 + 2)]:
            run("ip", "addr", "add", address + "/32", "dev", "lo")
        return
    if subprocess.run(["unshare", "-n", "ip", "link", "set", "lo", "up"], capture_output=True).returncode != 0:
        print("skipped: network namespaces are not permitted here")
        sys.exit(SKIPPED)
    environment = dict(os.environ, POSTROOM_NAMESPACE="yes")
    os.execvpe("unshare", ["unshare", "-n", sys.executable, *sys.argv], environment)


class Certificates:
    """An authority and what it issued, as files."""

    def __init__(self, folder):
        self.folder = folder
        self.authority = folder / "ca.pem"
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test authority",
            "-days", "30", "-keyout", folder / "ca-key.pem", "-out", self.authority)

    def issue(self, name, names):
        key, request, made = (self.folder / f"{name}{end}" for end in ("-key.pem", ".csr", ".pem"))
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={names[0]}",
            "-keyout", key, "-out", request)
        extensions = self.folder / f"{name}.ext"
        extensions.write_text("subjectAltName=" + ",".join("DNS:" + each for each in names) + "\n")
        run("openssl", "x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", self.folder / "ca-key.pem",
            "-CAcreateserial", "-days", "20", "-extfile", extensions, "-out", made)
        return made, key

    def key_digest(self, certificate):
        public = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], capture_output=True, check=True).stdout
        der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=public, capture_output=True, check=True).stdout
        return hashlib.sha256(der).hexdigest()


class Names(Peer):
    """nsd with the zone "example.", signed."""

    def __init__(self, records):
        super().__init__("nsd")
        self.process = None
        zone = self.folder / "example.zone"
        zone.write_text("$ORIGIN example.\n$TTL 60\n@ IN SOA ns.example. root.example. 1 3600 600 86400 60\n@ IN NS ns.example.\n"
                        f"ns IN A {NAMES}\n" + "".join(record + "\n" for record in records))
        keys = [subprocess.run(["ldns-keygen", "-a", "ECDSAP256SHA256", *more, "example"], cwd=self.folder, capture_output=True,
                               text=True, check=True).stdout.strip() for more in (["-k"], [])]
        run("ldns-signzone", "-f", "signed.zone", "example.zone", *keys, cwd=self.folder)
        self.anchor = self.folder / (keys[0] + ".key")
        (self.folder / "nsd.conf").write_text(f"""server:
  ip-address: {NAMES}
  username: ""
  zonesdir: "{self.folder}"
  pidfile: "{self.folder}/nsd.pid"
  xfrdfile: "{self.folder}/xfrd"
  zonelistfile: "{self.folder}/zones"
  logfile: "{self.folder}/log"
remote-control:
  control-enable: no
zone:
  name: example
  zonefile: signed.zone
""")

    def start(self):
        self.process = subprocess.Popen(["nsd", "-d", "-c", self.folder / "nsd.conf"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("nsd answers", lambda: connects(NAMES, 53))

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)


def connects(address, port):
    try:
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


class Receiver(Postfix):
    """Postfix on the standard port, with TLS."""

    def __init__(self, domains, certificate, key):
        super().__init__(settings={"inet_interfaces": RECEIVER, "virtual_mailbox_domains": ", ".join(domains), "mynetworks": "192.0.2.0/24",
                                   "smtpd_tls_security_level": "may", "smtpd_tls_cert_file": certificate, "smtpd_tls_key_file": key,
                                   "smtpd_tls_received_header": "yes"})
        master = self.folder / "etc/master.cf"
        master.write_text(master.read_text().replace(f"127.0.0.1:{self.port} ", f"{RECEIVER}:25 "))

    def start(self):
        done = self.command("start")
        assert done.returncode == 0, done.stdout + done.stderr
        wait_for("postfix listens", lambda: connects(RECEIVER, 25))


@contextlib.contextmanager
def policy_host(policies, certificate, key):
    """policies: host name -> what it says."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            host = self.headers["Host"]
            asked.append(host)
            text = policies[host].encode() if self.path == "/.well-known/mta-sts.txt" else None
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(text or b"no")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((POLICIES, 443), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield asked
    finally:
        server.shutdown()


class Failing:
    """A server that fails the first time at one stage, by a 4xx reply or by cutting the connection; then it takes mail."""

    def __init__(self, address, stage, how):
        self.stage, self.how = stage, how
        self.failures = 0
        self.messages = []
        self.listener = socket.create_server((address, 25))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            with contextlib.suppress(OSError):
                connection, _ = self.listener.accept()
                threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def answer(self, connection, stage, text):
        if stage == self.stage and self.how != "drip" and self.failures == 0:
            self.failures += 1
            if self.how == "cut":
                raise ConnectionAbortedError
            text = "451 4.3.0 not now"
        for byte in (text + "\r\n").encode():
            if self.how == "drip":
                time.sleep(1)
            connection.sendall(bytes([byte]))
        return text[0] in "23"

    def talk(self, connection):
        with contextlib.suppress(OSError), connection:
            lines = connection.makefile("rb")
            self.answer(connection, "greeting", "220 x")
            for line in lines:
                verb = line[:4].strip().lower().decode()
                if verb == "data":
                    if not self.answer(connection, "data", "354 x"):
                        continue
                    message = b""
                    for part in lines:
                        if part == b".\r\n":
                            break
                        message += part
                    if self.answer(connection, "end", "250 x"):
                        self.messages.append(message)
                elif verb == "quit":
                    return self.answer(connection, "quit", "221 x")
                else:
                    self.answer(connection, verb, "250 x")


class Serving:
    """A real server of the domain us.example."""

    def __init__(self, trust, anchor):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-"))
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen([DAEMON, "serve", "--state-dir", self.folder], stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env=dict(os.environ, SSL_CERT_FILE=str(trust)))
        try:
            self.set_up(anchor)
        except BaseException:
            print(self.text()[-6000:])
            self.process.kill()
            raise

    def set_up(self, anchor):
        assert self.process.stdout.readline() == "ready\n", self.text()
        self.ctl = Control(self.folder / "run/control.sock")
        document = json.loads(self.ctl("settings", "export"))
        document["server"]["dnsForwarders"] = [NAMES]
        document["server"]["dnsTrustAnchors"] = str(anchor)
        for listener in document["listeners"]:
            listener["address"] = US
        self.ctl("settings", "apply", "-", stdin=json.dumps(document))
        self.ctl("setup", "us.example", "anna", "--hostname", "mail.us.example")
        wait_for("the server listens", lambda: connects(US, 25))

    def text(self):
        return (self.folder / "log").read_text(errors="replace")

    def send(self, recipient, subject="hello"):
        return self.ctl.json("sendmail", "-f", "anna@us.example", "--", recipient,
                             stdin=f"From: anna@us.example\nTo: {recipient}\nSubject: {subject}\n\nhello\n")["key"]

    def waiting(self, recipient):
        return next((each for each in self.ctl.json("queue", "list")["messages"] if each["recipient"] == recipient), None)

    def deferred(self, recipient):
        found = wait_for(f"an attempt for {recipient}", lambda: (self.waiting(recipient) or {}).get("attempts") and self.waiting(recipient), 60)
        return found

    def sent(self, key):
        return wait_for(f"delivery of {key}", lambda: "sent" in self.ctl("trace", key), 60)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            print(self.text()[-6000:])
            self.process.kill()
        else:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(20) == 0
            done = subprocess.run([DAEMON, "verify", "--state-dir", self.folder], capture_output=True, text=True)
            assert done.stdout == "clean\n", done.stdout + done.stderr
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def policy(mode, host):
    return f"version: STSv1\r\nmode: {mode}\r\nmx: {host}\r\nmax_age: 86400\r\n"


def tls():
    """DANE and MTA-STS decide over delivery; where nobody requires anything, mail goes as it can; every domain has its page."""
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postroom-")))
        folder.chmod(0o755)
        certificates = Certificates(folder)
        certificate, key = certificates.issue("mx", ["mx-dane.example", "mx-sts.example"])
        good = certificates.key_digest(certificate)
        chain = folder / "chain.pem"   # RFC 7672 3.1.2: an authority that is known by its digest comes along
        chain.write_text(certificate.read_text() + certificates.authority.read_text())
        domains = ["dane", "wrong", "sts", "elsewhere", "unnamed", "testing", "plain", "ca"]
        hosts = {"dane": "mx-dane", "wrong": "mx-wrong", "sts": "mx-sts", "elsewhere": "mx-sts", "unnamed": "mx-unnamed",
                 "testing": "mx-unnamed", "plain": "mx-plain", "ca": "mx-ca"}
        with open(certificates.authority, "rb") as file:
            authority = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read().decode())).hexdigest()
        records = [f"{domain} IN MX 10 {host}.example." for domain, host in hosts.items()]
        records += [f"{host} IN A {RECEIVER}" for host in sorted(set(hosts.values()))]
        records += [f"_25._tcp.mx-dane IN TLSA 3 1 1 {good}", f"_25._tcp.mx-wrong IN TLSA 3 1 1 {'ab' * 32}",
                    f"_25._tcp.mx-ca IN TLSA 2 0 1 {authority}"]
        with_policy = ["sts", "elsewhere", "unnamed", "testing"]
        records += [f"mta-sts.{domain} IN A {POLICIES}\n_mta-sts.{domain} IN TXT \"v=STSv1; id=1;\"" for domain in with_policy]
        web, web_key = certificates.issue("web", [f"mta-sts.{domain}.example" for domain in with_policy])
        asked = stack.enter_context(policy_host({
            "mta-sts.sts.example": policy("enforce", "mx-sts.example"), "mta-sts.elsewhere.example": policy("enforce", "other.example"),
            "mta-sts.unnamed.example": policy("enforce", "mx-unnamed.example"), "mta-sts.testing.example": policy("testing", "mx-unnamed.example")},
            web, web_key))
        names = stack.enter_context(Names(records))
        receiver = stack.enter_context(Receiver([f"{domain}.example" for domain in domains], chain, key))
        server = stack.enter_context(Serving(certificates.authority, names.anchor))
        keys = {domain: server.send(f"bob@{domain}.example", domain) for domain in domains}

        def page(domain):
            return server.ctl.json("delivery-policy", f"{domain}.example")["hosts"][0]

        for domain, by in (("dane", "dane"), ("sts", "mta-sts"), ("testing", "mta-sts testing"), ("plain", "")):
            server.sent(keys[domain])
            assert page(domain)["by"] == by and page(domain)["tls"].startswith("TLSv1"), page(domain)
        for domain in ("dane", "sts", "plain"):
            assert page(domain)["failure"] == "", page(domain)
        assert page("testing")["failure"] == "certificate-host-mismatch", page("testing")   # told, but not in the way
        for domain, by, failure in (("wrong", "dane", "validation-failure"), ("ca", "dane", "certificate-host-mismatch"),
                                    ("elsewhere", "mta-sts", "validation-failure"), ("unnamed", "mta-sts", "certificate-host-mismatch")):
            row = server.deferred(f"bob@{domain}.example")
            assert page(domain)["by"] == by and page(domain)["failure"] == failure, (row, page(domain))

        def subjects():
            return sorted(line for message in receiver.messages() for line in message.split(b"\n") if line.startswith(b"Subject:"))

        # What postfix has accepted is in its maildir a little later.
        wait_for("every message", lambda: subjects() == [b"Subject: dane", b"Subject: plain", b"Subject: sts", b"Subject: testing"], 60)
        assert all(b"using TLSv1" in message for message in receiver.messages())

        results = {(each["domain"], each["policy"], each["result"]): each["sessions"] for each in server.ctl.json("tls-report")["results"]}
        assert results[("dane.example", "tlsa", "success")] == 1 and results[("sts.example", "sts", "success")] == 1, results
        assert ("wrong.example", "tlsa", "validation-failure") in results, results

        # A policy is asked for once; several messages share a connection.
        assert asked.count("mta-sts.sts.example") == 1, asked
        again = [server.send("bob@sts.example", "again") for _ in range(5)]
        for each in again:
            server.sent(each)
        assert asked.count("mta-sts.sts.example") == 1, asked
        assert server.ctl.json("delivery-policy", "sts.example")["mtaSts"]["mode"] == "enforce"


def stages():
    """A failure at any stage costs a delay and nothing else: one copy arrives. A server that drips is served all the same."""
    with contextlib.ExitStack() as stack:
        servers = {}
        for number, (stage, how) in enumerate([(stage, how) for stage in STAGES for how in ("later", "cut")] + [("none", "drip")]):
            servers[f"{how}-{stage}"] = Failing(f"192.0.2.{100 + number}", stage, how)
        records = [f"{name} IN A 192.0.2.{100 + number}" for number, name in enumerate(servers)]
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postroom-")))
        certificates = Certificates(folder)
        names = stack.enter_context(Names(records))
        server = stack.enter_context(Serving(certificates.authority, names.anchor))
        keys = {name: server.send(f"bob@{name}.example", name) for name in servers}
        for name in servers:
            if name != "drip-none":
                row = server.deferred(f"bob@{name}.example")
                assert row["lastError"], row
                server.ctl("queue", "retry", str(row["id"]))
        for name, key in keys.items():
            server.sent(key)
            assert len(servers[name].messages) == 1, (name, servers[name].messages)
        assert server.ctl.json("queue", "list")["messages"] == []


if __name__ == "__main__":
    enter_namespace()
    globals()[sys.argv[1]]()
    print("ok")
