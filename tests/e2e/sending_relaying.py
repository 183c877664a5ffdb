"""Outgoing mail takes the way that routes say. One function per scenario; the argument names it.

    sending_relaying.py postfix | sign_in | provider | certificate | order
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from harness import PASSWORD, Playground
from peers import Dovecot, Postfix, wait_for
from postroomctl import control_of, eventually
from tls_keys import Key

MESSAGE = "From: me@localhost\nSubject: by relay\n\nhello\n"


def self_signed(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=relay.test",
                    "-addext", "subjectAltName=DNS:relay.test", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def names(folder):
    """Only the relay is to be found: mail for peer.test has no other way."""
    zone = folder / "zone.json"
    zone.write_text(json.dumps({"relay.test": {"A": ["127.0.0.1"]}}))
    return str(zone)


def send(ctl, recipient, sender="me@localhost"):
    ctl("sendmail", "-f", sender, "--", recipient, stdin=MESSAGE.replace("me@localhost", sender))


def tried(ctl, attempts=1):
    """The rows that wait, once they were tried that often."""
    return eventually(lambda: [each for each in ctl.json("queue", "list")["messages"] if each["attempts"] >= attempts])


def outcome(ctl, recipient):
    return next((each for each in ctl.json("queue", "history")["messages"] if each["recipient"] == recipient), None)


def postfix():
    """A relay for one domain: its certificate, its refusals; a transport that refuses by itself."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-relay-"))
    cert, key = self_signed(folder)
    with Postfix(settings={"smtpd_tls_security_level": "encrypt", "smtpd_tls_cert_file": cert, "smtpd_tls_key_file": key,
                           "smtpd_recipient_restrictions":
                               "check_recipient_access inline:{{refused@peer.test = 550 5.1.1 no such person}}, permit"}) as relay, \
            Playground("--zone", names(folder)) as server:
        ctl = control_of(server)
        assert "no transport" in ctl("route", "add", "provider", rc=1)
        ctl("transport", "set", "provider", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port))
        ctl("route", "add", "provider", "--recipient-domain", "peer.test")
        send(ctl, "someone@peer.test")
        held = tried(ctl)
        assert "certificate" in held[0]["lastError"], held      # nobody vouches for it
        assert relay.messages() == []
        ctl("transport", "set", "provider", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port), "--verify=false")
        ctl("queue", "retry", str(held[0]["id"]))
        wait_for("mail by the relay", lambda: len(relay.messages()) == 1, 30)
        assert b"Subject: by relay" in relay.messages()[0] and b"DKIM-Signature:" in relay.messages()[0]
        send(ctl, "refused@peer.test")
        ended = eventually(lambda: outcome(ctl, "refused@peer.test"))
        assert ended["outcome"] == "failed" and "550" in ended["lastError"] and ended["reason"] == "no-such-mailbox", ended
        ctl("transport", "set", "nobody", "--kind", "fail", "--fail-text", "not to this domain")
        ctl("route", "add", "nobody", "--recipient-domain", ".closed.test")
        send(ctl, "someone@very.closed.test")
        ended = eventually(lambda: outcome(ctl, "someone@very.closed.test"))
        assert "not to this domain" in ended["lastError"], ended
        assert "use this transport" in ctl("transport", "remove", "provider", rc=1)
        listed = ctl.json("route", "list")["routes"]
        ctl("route", "remove", str(listed[0]["id"]))
        ctl("transport", "remove", listed[0]["transport"])


def sign_in():
    """A provider that wants a sign-in, over TLS from the start: what a wrong password does, and the right one."""
    with Playground() as provider, Playground() as server:
        ctl = control_of(server)
        relay = ["transport", "set", "provider", "--kind", "submissions", "--host", "127.0.0.1", "--port", str(provider.port(465)),
                 "--verify=false", "--user", "me@localhost", "--password-stdin"]
        made = ctl.json(*relay, stdin="wrong password\n")
        assert made["transport"]["password"] == {"secret": "set"}, made
        assert "wrong password" not in ctl("transport", "list") + ctl("settings", "export")
        ctl("route", "add", "provider", "--account", "me@localhost")
        send(ctl, "someone@far.example.net")
        rows = tried(ctl)
        assert "535" in rows[0]["lastError"] and rows[0]["reason"] == "sign-in-refused", rows
        ctl(*relay, stdin=PASSWORD + "\n")
        ctl("queue", "retry", str(rows[0]["id"]))
        eventually(lambda: (outcome(ctl, "someone@far.example.net") or {}).get("outcome") == "delivered")
        taken = control_of(provider).json("trace", "someone@far.example.net")["messages"]
        assert taken, "the provider has never seen it"


def provider():
    """Debian's postfix takes mail from those who sign in (dovecot knows the passwords), over STARTTLS and over TLS from the start; we
    check its certificate by its name."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-relay-"))
    cert, key = self_signed(folder)
    with Dovecot() as dovecot:
        settings = {"smtpd_tls_cert_file": cert, "smtpd_tls_key_file": key, "smtpd_tls_security_level": "encrypt", "smtpd_tls_auth_only": "yes",
                    "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_type": "dovecot", "smtpd_sasl_path": dovecot.sasl, "mynetworks": "192.0.2.1/32",
                    "smtpd_relay_restrictions": "permit_sasl_authenticated, reject", "smtpd_client_restrictions": "permit_sasl_authenticated, reject"}
        for kind, extra in (("submission", {}), ("submissions", {"smtpd_tls_wrappermode": "yes"})):
            with Postfix(settings=settings | extra) as relay, \
                    Playground("--zone", names(folder), environment={"SSL_CERT_FILE": str(cert)}) as server:
                ctl = control_of(server)
                relayed = ["transport", "set", "provider", "--kind", kind, "--host", "relay.test", "--port", str(relay.port)]
                ctl(*relayed, "--user", "me@peer.test", "--password-stdin", stdin="wrong\n")
                ctl("route", "add", "provider")
                send(ctl, "someone@peer.test")
                refused = tried(ctl)            # for an administrator to mend: mail waits
                assert "535" in refused[0]["lastError"], refused
                ctl(*relayed, "--user", "me@peer.test", "--password-stdin", stdin="secret\n")
                ctl("queue", "retry", str(refused[0]["id"]))
                wait_for(f"mail by {kind}", lambda: len(relay.messages()) == 1, 30)
                shown = ctl.json("queue", "show", str(refused[0]["id"]))
                assert shown["outcome"] == "delivered" and shown["attempts"][-1]["tls"] and shown["attempts"][-1]["host"] == "relay.test", shown
                assert "sasl_username=me@peer.test" in (relay.folder / "log").read_text(), "it was not by the sign-in"


def certificate():
    """A relay that knows us by our certificate: postfix by its fingerprint and without AUTH, a Postroom by a TLS key of an account."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-relay-"))
    cert, key = self_signed(folder)
    ours = Key(folder, "ours")
    shown = subprocess.run(["openssl", "x509", "-in", ours.certificate, "-noout", "-fingerprint", "-sha256"], capture_output=True, text=True, check=True)
    fingerprint = shown.stdout.strip().partition("=")[2]
    settings = {"smtpd_tls_cert_file": cert, "smtpd_tls_key_file": key, "smtpd_tls_security_level": "encrypt", "smtpd_tls_ask_ccert": "yes",
                "smtpd_tls_fingerprint_digest": "sha256", "relay_clientcerts": f"inline:{{{{{fingerprint} = ours}}}}", "mynetworks": "192.0.2.1/32",
                "smtpd_relay_restrictions": "permit_tls_clientcerts, reject", "smtpd_client_restrictions": "permit_tls_clientcerts, reject"}
    with Postfix(settings=settings) as relay, Playground() as other, Playground("--zone", names(folder)) as server:
        ctl = control_of(server)
        ctl("transport", "set", "postfix", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port), "--verify=false")
        ctl("route", "add", "postfix", "--recipient-domain", "peer.test")
        send(ctl, "someone@peer.test")
        assert eventually(lambda: outcome(ctl, "someone@peer.test"))["outcome"] == "failed"
        ctl("transport", "set", "postfix", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port), "--verify=false",
            "--client-certificate", str(ours.both))
        send(ctl, "other@peer.test")
        wait_for("mail by certificate", lambda: len(relay.messages()) == 1, 30)
        control_of(other)("tlspubkey", "add", "me@localhost", stdin=ours.certificate.read_text())
        ctl("transport", "set", "other", "--kind", "submissions", "--host", "127.0.0.1", "--port", str(other.port(465)), "--verify=false",
            "--client-certificate", str(ours.both))
        ctl("route", "add", "other", "--recipient-domain", "example.net")
        send(ctl, "someone@example.net")
        eventually(lambda: (outcome(ctl, "someone@example.net") or {}).get("outcome") == "delivered")


def order():
    """An account's route before its domain's before everybody's; one for later attempts only; one chosen by hand before all."""
    with Playground() as server:
        ctl = control_of(server)
        for name in ("global", "domain", "account", "late", "hand"):
            ctl("transport", "set", name, "--kind", "fail", "--fail-text", f"by {name}")
        ctl("route", "add", "global")
        ctl("route", "add", "domain", "--sender-domain", "localhost")
        ctl("route", "add", "account", "--account", "friend@localhost")

        def ways():
            """Which transport had mail of me and friend, and a report."""
            for recipient, sender in (("a@x.test", "me@localhost"), ("b@x.test", "friend@localhost")):
                send(ctl, recipient, sender)
                eventually(lambda: outcome(ctl, recipient))
            return [outcome(ctl, each)["lastError"].rpartition("by ")[2] for each in ("a@x.test", "b@x.test")]

        assert ways() == ["domain", "account"]
        routes = {each["transport"]: str(each["id"]) for each in ctl.json("route", "list")["routes"]}
        ctl("route", "remove", routes["domain"])
        ctl("route", "remove", routes["account"])
        send(ctl, "c@x.test")
        assert eventually(lambda: outcome(ctl, "c@x.test"))["lastError"].endswith("by global")
        ctl("route", "remove", routes["global"])
        ctl("route", "add", "late", "--minimum-attempts", "1")
        send(ctl, "x-452@x.test")               # the playground's own answer, for now
        waiting = tried(ctl)[0]
        assert "452" in waiting["lastError"], waiting
        ctl("queue", "retry", str(waiting["id"]))
        assert eventually(lambda: outcome(ctl, "x-452@x.test"))["lastError"].endswith("by late")
        send(ctl, "x-451@x.test")
        waiting = tried(ctl)[0]
        ctl("queue", "transport", str(waiting["id"]), "--use", "hand")
        ctl("queue", "retry", str(waiting["id"]))
        assert eventually(lambda: outcome(ctl, "x-451@x.test"))["lastError"].endswith("by hand")


if __name__ == "__main__":
    globals()[sys.argv[1]]()
