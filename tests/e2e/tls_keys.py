"""Client certificates, app passwords and what guessing comes to, with real clients. One function per scenario; the argument names it."""
import base64
import hashlib
import imaplib
import json
import os
import pathlib
import re
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from harness import PASSWORD, Playground, run
from clients import mutt_screen
from postroomctl import control_of


class Key:
    """A key and a certificate around it, as openssl makes them. Its dates are long over: they say nothing."""

    def __init__(self, folder, name, algorithm=("EC", "-pkeyopt", "ec_paramgen_curve:P-256")):
        self.key = folder / f"{name}.key"
        self.certificate = folder / f"{name}.pem"
        run("openssl", "genpkey", "-algorithm", *algorithm, "-out", self.key)
        run("openssl", "req", "-x509", "-new", "-key", self.key, "-subj", f"/CN={name}", "-not_before", "20200101000000Z",
            "-not_after", "20210101000000Z", "-out", self.certificate)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "der"], capture_output=True,
                                check=True).stdout
        self.fingerprint = base64.urlsafe_b64encode(hashlib.sha256(public).digest()).decode().rstrip("=")
        self.both = folder / f"{name}.both"
        self.both.write_bytes(self.key.read_bytes() + self.certificate.read_bytes())

    def context(self, server, version=None):
        context = server.tls()
        context.load_cert_chain(self.certificate, self.key)
        if version:
            context.minimum_version = context.maximum_version = version
        return context


def imap(server, context, *commands):
    """Greeting and answers of an IMAPS connection, one list of lines per command."""
    with socket.create_connection(("127.0.0.1", server.port(993)), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            stream = tls.makefile("rb")
            greeting = stream.readline().decode()
            answers = []
            for number, command in enumerate(commands):
                tls.sendall(f"a{number} {command}\r\n".encode())
                lines = []
                while not lines or not lines[-1].startswith(f"a{number} "):
                    lines.append(stream.readline().decode())
                    assert lines[-1], (command, lines)
                answers.append(lines)
            return greeting, answers


def waited(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)
    return True


def sign_ins(ctl, **wanted):
    return [each for each in ctl.json("sign-ins", "list")["signIns"] if all(each[name] == value for name, value in wanted.items())]


def keys():
    """Every kind of key, both TLS versions: PREAUTH, OK by the flag, EXTERNAL, submission without AUTH."""
    algorithms = {"ed25519": ("ED25519",), "p256": ("EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                  "p384": ("EC", "-pkeyopt", "ec_paramgen_curve:P-384"), "rsa": ("RSA", "-pkeyopt", "rsa_keygen_bits:2048")}
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl, folder = control_of(server), pathlib.Path(name)
        for kind, algorithm in algorithms.items():
            key = Key(folder, kind, algorithm)
            made = ctl.json("tlspubkey", "add", "me@localhost", stdin=key.certificate.read_text())["key"]
            assert made["fingerprint"] == made["id"] == key.fingerprint and made["name"] == kind, made
            for version in ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3:
                context = key.context(server, version)
                greeting, _ = imap(server, context, "SELECT INBOX", "LOGOUT")
                assert greeting.startswith("* PREAUTH [CAPABILITY ") and "me@localhost" in greeting, greeting
                with smtplib.SMTP_SSL("localhost", server.port(465), context=context) as client:
                    client.sendmail("me@localhost", "friend@localhost", "Subject: by key\r\n\r\nhello\r\n")
        refused = ctl("tlspubkey", "add", "friend@localhost", stdin=key.certificate.read_text(), rc=1)
        assert "signs somebody in already" in refused, refused
        small = Key(folder, "small", ("RSA", "-pkeyopt", "rsa_keygen_bits:1024"))
        assert "2048 bits" in ctl("tlspubkey", "add", "me@localhost", stdin=small.certificate.read_text(), rc=1)
        assert "private key" in ctl("tlspubkey", "add", "me@localhost", stdin=key.both.read_text(), rc=1)
        assert ctl.json("tlspubkey", "get", key.fingerprint)["certificate"].strip() == key.certificate.read_text().strip()
        context = key.context(server)
        attempt = imap(server, context, "LOGIN me@localhost x")[1][0][-1]
        assert attempt.startswith("a0 BAD"), attempt
        waited(lambda: ctl.json("tlspubkey", "get", key.fingerprint)["key"]["preauthSignIns"] == 1)
        ctl("tlspubkey", "update", key.fingerprint, "--no-imap-preauth", "--name", "Laptop")
        greeting, answers = imap(server, context, 'ID ("name" "Tester" "version" "7")', "AUTHENTICATE EXTERNAL =", "SELECT INBOX")
        assert greeting.startswith("* OK [") and "AUTH=EXTERNAL" in greeting, greeting
        assert answers[1][-1].startswith("a1 OK") and answers[2][-1].startswith("a2 OK"), answers
        own = base64.b64encode(b"me@localhost").decode()
        other = base64.b64encode(b"friend@localhost").decode()
        assert imap(server, context, f"AUTHENTICATE EXTERNAL {own}")[1][0][-1].startswith("a0 OK")
        assert "AUTHENTICATIONFAILED" in imap(server, context, f"AUTHENTICATE EXTERNAL {other}")[1][0][-1]
        mixed = imap(server, context, f"LOGIN friend@localhost {PASSWORD}", f"LOGIN me@localhost {PASSWORD}")[1]
        assert "another account" in mixed[0][-1] and mixed[1][-1].startswith("a1 OK"), mixed
        listed = ctl.json("devices", "list", "me@localhost")["devices"]
        waited(lambda: [each["lastUsedBy"] for each in ctl.json("devices", "list")["devices"] if each["name"] == "Laptop"] == ["Tester 7"])
        assert len(listed) == 4 and all(each["lastUsedAt"] and each["kind"] == "key" for each in listed), listed
        assert sign_ins(ctl, mechanism="EXTERNAL", result="ok")[0]["device"] == key.fingerprint
        assert sign_ins(ctl, result="otherAccount")


def starttls():
    """After STARTTLS IMAP never says PREAUTH, and EXTERNAL signs in; submission is signed in at once."""
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl = control_of(server)
        key = Key(pathlib.Path(name), "phone")
        ctl("tlspubkey", "add", "me@localhost", stdin=key.certificate.read_text())
        client = imaplib.IMAP4("localhost", server.port(143))
        assert client.welcome.startswith(b"* OK")
        client.starttls(key.context(server))
        assert client.state == "NONAUTH" and "AUTH=EXTERNAL" in client.capabilities, client.capabilities
        client.authenticate("EXTERNAL", lambda challenge: b"")
        assert client.select()[0] == "OK"
        client.logout()
        with smtplib.SMTP("localhost", server.port(587)) as client:
            client.starttls(context=key.context(server))
            client.ehlo()
            assert "EXTERNAL" in client.esmtp_features["auth"].split(), client.esmtp_features
            client.sendmail("me@localhost", "friend@localhost", "Subject: by key\r\n\r\nhello\r\n")
            assert client.docmd("AUTH", "EXTERNAL =")[0] == 235
            assert client.docmd("AUTH", "EXTERNAL =")[0] == 503
        with smtplib.SMTP("localhost", server.port(25)) as client:
            client.starttls(context=key.context(server))
            client.ehlo()
            assert "auth" not in client.esmtp_features
        asked = subprocess.run(["openssl", "s_client", "-connect", f"localhost:{server.port(25)}", "-starttls", "smtp"],
                               input="QUIT\n", capture_output=True, text=True, timeout=20)
        assert "No client certificate CA names sent" in asked.stdout and "Requested Signature Algorithms" not in asked.stdout
        asked = subprocess.run(["openssl", "s_client", "-connect", f"localhost:{server.port(465)}"], input="QUIT\n",
                               capture_output=True, text=True, timeout=20)
        assert "No client certificate CA names sent" in asked.stdout and "equested Signature Algorithms" in asked.stdout, asked.stdout


def revoked():
    """Removing a key ends its sessions within a second; a resumed session of it is looked up anew."""
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl, folder = control_of(server), pathlib.Path(name)
        key = Key(folder, "lost")
        ctl("tlspubkey", "add", "me@localhost", stdin=key.certificate.read_text())
        context = key.context(server)
        plain = socket.create_connection(("127.0.0.1", server.port(993)), timeout=20)
        idle = context.wrap_socket(plain, server_hostname="localhost")
        assert idle.recv(10000).startswith(b"* PREAUTH")
        idle.sendall(b"a IDLE\r\n")
        assert idle.recv(1000).startswith(b"+")
        submission = smtplib.SMTP_SSL("localhost", server.port(465), context=context)
        submission.ehlo()
        session = idle.session
        started = time.monotonic()
        ctl("devices", "remove", key.fingerprint)
        assert b"BYE" in idle.recv(1000) and idle.recv(1000) == b"" and time.monotonic() - started < 1, time.monotonic() - started
        assert submission.getreply()[0] == 421
        again = context.wrap_socket(socket.create_connection(("127.0.0.1", server.port(993)), timeout=20),
                                    server_hostname="localhost", session=session)
        assert again.recv(10000).startswith(b"* OK") and again.session_reused
        again.sendall(f"a LOGIN me@localhost {PASSWORD}\r\n".encode())
        assert again.recv(10000).startswith(b"a OK")
        restored = key.certificate.read_text()
        waited(lambda: ctl.json("seen-keys", "list")["keys"])
        ctl("tlspubkey", "add", "me@localhost", stdin=restored)
        third = context.wrap_socket(socket.create_connection(("127.0.0.1", server.port(993)), timeout=20),
                                    server_hostname="localhost", session=again.session)
        assert third.recv(10000).startswith(b"* PREAUTH") and third.session_reused


def unknown():
    """A key of nobody stands in nobody's way; with a right password it can be adopted, and a setting refuses it."""
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl, folder = control_of(server), pathlib.Path(name)
        key, planted = Key(folder, "phone"), Key(folder, "planted")
        greeting, answers = imap(server, planted.context(server), "AUTHENTICATE EXTERNAL =", "LOGIN me@localhost wrong-password")
        assert greeting.startswith("* OK") and "EXTERNAL" not in greeting, greeting
        assert "not known" in answers[0][-1] and "AUTHENTICATIONFAILED" in answers[1][-1], answers
        answers = imap(server, key.context(server), f"LOGIN me@localhost {PASSWORD}", "SELECT INBOX")[1]
        assert answers[1][-1].startswith("a1 OK")
        waited(lambda: ctl.json("seen-keys", "list")["keys"])
        seen = ctl.json("seen-keys", "list")["keys"]
        assert [each["fingerprint"] for each in seen] == [key.fingerprint] and seen[0]["account"] == "me@localhost", seen
        ctl("seen-keys", "adopt", planted.fingerprint, "me@localhost", rc=1)
        adopted = ctl.json("seen-keys", "adopt", key.fingerprint, "me@localhost")["key"]
        assert adopted["name"] == "phone" and ctl.json("seen-keys", "list")["keys"] == []
        assert imap(server, key.context(server))[0].startswith("* PREAUTH")
        document = json.loads(ctl("settings", "export"))
        for listener in document["listeners"]:
            listener["refuseUnknownKeys"] = True
        ctl("settings", "apply", "-", stdin=json.dumps(document))
        greeting = waited(lambda: imap(server, planted.context(server))[0].startswith("* BYE")) and imap(server, planted.context(server))[0]
        assert "not known" in greeting, greeting
        assert imap(server, key.context(server))[0].startswith("* PREAUTH")
        assert imap(server, server.tls())[0].startswith("* OK")
        try:
            smtplib.SMTP_SSL("localhost", server.port(465), context=planted.context(server))
            raise AssertionError("not refused")
        except smtplib.SMTPConnectError as refused:
            assert refused.smtp_code == 554, refused


def app_passwords():
    """A password for one device: signs in by every mechanism, is revoked alone, and survives a changed password."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        made = ctl.json("app-password", "add", "me@localhost", "Printer")
        password, device = made["generatedPassword"], made["device"]["id"]
        with smtplib.SMTP_SSL("localhost", server.port(465), context=server.tls()) as client:
            client.login("me@localhost", password)
            client.sendmail("me@localhost", "friend@localhost", "Subject: scan\r\n\r\nhello\r\n")
        for mechanism in "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "PLAIN", "LOGIN":
            output = run("gsasl", "--imap", "--connect", f"localhost:{server.port(143)}", "--mechanism", mechanism, "--authentication-id",
                         "me@localhost", "--password", password, f"--x509-ca-file={server.folder}/ca.pem",
                         *([] if mechanism.endswith("PLUS") else ["--no-cb"]), stdin=subprocess.DEVNULL)
            assert "Client authentication finished" in output, output
        waited(lambda: ctl.json("app-password", "list")["devices"][0]["lastUsedAt"])
        live = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        live.login("me@localhost", password)
        ctl("accounts", "set-password", "friend@localhost", "--password-stdin", stdin="another one\n")
        ctl("app-password", "remove", device)
        try:
            live.noop()
            raise AssertionError("still signed in")
        except (imaplib.IMAP4.abort, OSError):
            pass
        with smtplib.SMTP_SSL("localhost", server.port(465), context=server.tls()) as client:
            try:
                client.login("me@localhost", password)
                raise AssertionError("still a password")
            except smtplib.SMTPAuthenticationError as refused:
                assert refused.smtp_code == 535
            client.login("me@localhost", PASSWORD)
        for number in range(31):
            ctl("app-password", "add", "me@localhost", f"Device {number}")
        assert "31 app passwords" in ctl("app-password", "add", "me@localhost", "One more", rc=1)


def cram_md5():
    """Off at first; wanted, it works with passwords set from then on."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        document = json.loads(ctl("settings", "export"))
        assert document["server"]["cramMd5"] is False
        assert "CRAM-MD5" not in imap(server, server.tls())[0]
        document["server"]["cramMd5"] = True
        ctl("settings", "apply", "-", stdin=json.dumps(document))
        waited(lambda: "AUTH=CRAM-MD5" in imap(server, server.tls())[0])
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        try:
            client.login_cram_md5("me@localhost", PASSWORD)
            raise AssertionError("signed in without a secret")
        except imaplib.IMAP4.error:
            pass
        ctl("accounts", "set-password", "me@localhost", "--password-stdin", stdin="set anew now\n")
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        client.login_cram_md5("me@localhost", "set anew now")
        assert client.select()[0] == "OK"


def guessing():
    """Who guesses waits and is refused in the end; replies are whole before a client gives up; somebody else signs in."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        client = smtplib.SMTP_SSL("localhost", server.port(465), context=server.tls(), timeout=30)
        client.ehlo()
        guess = "PLAIN " + base64.b64encode(b"\0me@localhost\0wrong-password").decode()
        took = []
        for _ in range(4):
            started = time.monotonic()
            code, text = client.docmd("AUTH", guess)
            took.append(time.monotonic() - started)
            assert code == 535 and text == b"5.7.8 bad name or password", (code, text)
        assert max(took[:2]) < 3 and all(20 < each < 30 for each in took[2:]), took
        others = imap(server, server.tls(), f"LOGIN friend@localhost {PASSWORD}")[1][0][-1]
        assert others.startswith("a0 OK"), others   # and its address is forgiven
        for _ in range(4):
            for _ in range(3):
                answer = imap(server, server.tls(), "LOGIN nobody@localhost wrong-password")[1][0][-1]
        assert "too many failed sign-ins" in answer, answer
        waited(lambda: sign_ins(ctl, login="me@localhost", result="badCredentials"))
        assert sign_ins(ctl, login="me@localhost", result="badCredentials")[0]["count"] == 4
        waited(lambda: sign_ins(ctl, result="tooMany"))
        assert not sign_ins(ctl, login="nobody@localhost")[0]["account"]


def clients():
    """curl, msmtp and mutt with a client certificate."""
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl, folder = control_of(server), pathlib.Path(name)
        key = Key(folder, "laptop")
        ctl("tlspubkey", "add", "me@localhost", stdin=key.certificate.read_text())
        ca = server.folder / "ca.pem"
        message = folder / "message"
        message.write_text("From: me@localhost\r\nTo: me@localhost\r\nSubject: with a key\r\n\r\nhello\r\n")
        certificate = ["--cacert", ca, "--cert", key.certificate, "--key", key.key]
        run("curl", "-sS", *certificate, f"smtps://localhost:{server.port(465)}", "--mail-from", "me@localhost", "--mail-rcpt", "me@localhost",
            "-T", message)
        run("msmtp", "--file=/dev/null", "--host=localhost", f"--port={server.port(465)}", "--tls=on", "--tls-starttls=off",
            f"--tls-trust-file={ca}", f"--tls-cert-file={key.certificate}", f"--tls-key-file={key.key}", "--auth=external",
            "--user=me@localhost", "--from=me@localhost", "me@localhost", input="Subject: msmtp\n\nhello\n")
        waited(lambda: "MESSAGES 2" in imap(server, key.context(server), "STATUS INBOX (MESSAGES)")[1][0][0])
        found = run("curl", "-sS", *certificate, f"imaps://localhost:{server.port(993)}/INBOX", "-X", "SEARCH SUBJECT key")
        assert "* SEARCH 1" in found or "ESEARCH" in found, found
        settings = folder / "muttrc"
        settings.write_text(f'set folder="imaps://me@localhost@localhost:{server.port(993)}/"\nset spoolfile="+INBOX"\n'
                            f'set ssl_client_cert="{key.both}"\nset ssl_ca_certificates_file="{ca}"\nset certificate_file=/dev/null\n'
                            'set imap_user="me@localhost"\nset header_cache=\nset wait_key=no\n')
        screen = mutt_screen(settings, folder, b"with a key", b"hello")
        assert b"hello" in screen and b"assword" not in screen, screen[-2000:]


def cyrus():
    """The test programs of Cyrus IMAP, which sign in by Cyrus SASL: with channel binding where it has one for this channel (TLS 1.2's
    tls-unique, whose flag it sets under the name without PLUS), and without under TLS 1.3."""
    programs = pathlib.Path("/usr/lib/cyrus/bin")
    if not (programs / "imtest").exists():
        print("skipped: no Cyrus clients here")
        sys.exit(77)
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        settings = pathlib.Path(name) / "openssl.cnf"
        for version, mechanisms in (("TLSv1.2", ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "PLAIN")), ("TLSv1.3", ("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"))):
            settings.write_text("openssl_conf = start\n[start]\nssl_conf = tls\n[tls]\nsystem_default = only\n[only]\n"
                                f"CipherString = DEFAULT\nMinProtocol = {version}\nMaxProtocol = {version}\n")
            for program, port, how, goodbye in (("imtest", 993, ["-s"], ". LOGOUT\r\n"), ("imtest", 143, ["-t", ""], ". LOGOUT\r\n"),
                                                ("smtptest", 465, ["-s"], "QUIT\r\n"), ("smtptest", 587, ["-t", ""], "QUIT\r\n")):
                for mechanism in mechanisms:
                    done = subprocess.run([programs / program, *how, "-m", mechanism, "-a", "me@localhost", "-u", "me@localhost", "-w", PASSWORD, "-p",
                                           str(server.port(port)), "localhost"], input=goodbye, capture_output=True, text=True, timeout=60,
                                          env=os.environ | {"OPENSSL_CONF": str(settings)})
                    shown = done.stdout + done.stderr
                    assert "\nAuthenticated.\n" in shown and f"TLS connection established: {version}" in shown, (program, port, mechanism, shown)
                    bound = base64.b64encode(b"p=tls-unique,").decode()[:16] in shown
                    assert bound == mechanism.endswith("-PLUS"), (program, port, mechanism, shown)


def scans():
    """What sslscan finds on each port: TLS 1.2 and 1.3 alone, no compression, no renegotiation, no weak cipher outside port 25."""
    with Playground() as server:
        for port, how in ((25, ["--starttls-smtp"]), (587, ["--starttls-smtp"]), (465, []), (143, ["--starttls-imap"]), (993, []), (443, [])):
            try:
                shown = run("sslscan", "--no-colour", *how, f"localhost:{server.port(port)}")
            except FileNotFoundError:
                print("skipped: no sslscan here")
                sys.exit(77)
            versions = dict(re.findall(r"^(SSLv\d|TLSv1\.\d) +(\w+)$", shown, re.MULTILINE))
            assert versions == {"SSLv2": "disabled", "SSLv3": "disabled", "TLSv1.0": "disabled", "TLSv1.1": "disabled", "TLSv1.2": "enabled", "TLSv1.3": "enabled"}, shown
            assert "Compression disabled" in shown and "renegotiation not supported" in shown and "vulnerable to heartbleed" in shown.replace("not ", ""), shown
            assert not re.search(r"^TLSv1\.\d vulnerable", shown, re.MULTILINE), shown
            ciphers = re.findall(r"^(?:Preferred|Accepted) +TLSv1\.\d +(\d+) bits +(\S+)", shown, re.MULTILINE)
            assert len(ciphers) >= 6 and all(int(bits) >= 128 and "RC4" not in name and "DES" not in name for bits, name in ciphers), ciphers
            sealed = all("GCM" in name or "CHACHA20" in name for _, name in ciphers)
            assert sealed or port == 25, ciphers


def sendmail():
    """postroomctl sendmail by itself: with each kind of secret; what fails is kept, and no secret is ever shown."""
    with Playground("--strict") as server, tempfile.TemporaryDirectory() as name:
        ctl, folder = control_of(server), pathlib.Path(name)
        os.environ["XDG_STATE_HOME"] = name
        made = ctl.json("tlspubkey", "generate", "me@localhost", "Back-up job", "--folder", name, "--type", "ed25519")
        stem = folder / "back-up-job"
        assert all(pathlib.Path(each).stat().st_mode & 0o777 == 0o600 for each in made["files"]) and len(made["files"]) == 4
        for form in ".p12", ".compatible.p12":
            run("openssl", "pkcs12", "-in", f"{stem}{form}", "-passin", f"pass:{made['passphrase']}", "-nodes", "-legacy")
        again = ctl("tlspubkey", "generate", "me@localhost", "Back-up job", "--folder", name, rc=1)
        assert "cannot write" in again and made["passphrase"] not in again
        raw = subprocess.run(["openssl", "pkey", "-in", f"{stem}.key-and-certificate.pem", "-outform", "der"], capture_output=True,
                             check=True).stdout[-32:]
        seed = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        base = {"host": "localhost", "port": server.port(465), "authorities": str(server.folder / "ca.pem"), "username": "me@localhost",
                "failures": str(folder / "failed"), "defaultRecipient": "friend@localhost"}
        secrets = [{"keyFile": f"{stem}.key-and-certificate.pem"}, {"ed25519Key": seed}, {"password": PASSWORD},
                   {"p12File": f"{stem}.p12", "p12Passphrase": made["passphrase"]}]
        settings = folder / "sendmail.json"
        for number, secret in enumerate(secrets):
            for how in {}, {"port": server.port(587), "tls": "starttls"}:
                settings.write_text(json.dumps(base | secret | how))
                ctl("sendmail", "--settings", str(settings), "root" if how else "friend@localhost",
                    stdin=f"From: me@localhost\nSubject: {number}\n\nhello\n")
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        client.login("friend@localhost", PASSWORD)
        waited(lambda: int(client.select()[1][0]) == 8, 10)
        shown = ctl("sendmail", "--settings", str(settings), "nobody@localhost", stdin="Subject: lost?\n\nhello\n", rc=1)
        assert "550" in shown and "kept in" in shown, shown
        settings.write_text(json.dumps(base | {"password": "wrong-password"}))
        shown += ctl("sendmail", "--settings", str(settings), "friend@localhost", stdin="Subject: lost?\n\nhello\n", rc=75)
        settings.write_text(json.dumps(base | {"password": "wrong-password", "p12File": "x", "p12Passphrase": "also-secret"}))
        shown += ctl("sendmail", "--settings", str(settings), "friend@localhost", stdin="Subject: lost?\n\nhello\n", rc=1)
        settings.write_text(json.dumps(base | {"p12File": f"{stem}.p12", "p12Passphrase": "also-secret"}))
        shown += ctl("sendmail", "--settings", str(settings), "friend@localhost", stdin="Subject: lost?\n\nhello\n", rc=1)
        assert "wrong-password" not in shown and "also-secret" not in shown and made["passphrase"] not in shown, shown
        kept = sorted((folder / "failed").iterdir())
        assert len(kept) == 3 and all(each.stat().st_mode & 0o777 == 0o600 and b"Subject: lost?" in each.read_bytes() for each in kept), kept
        assert kept[0].name in shown


if __name__ == "__main__":
    globals()[sys.argv[1]]()
