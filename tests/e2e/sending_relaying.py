"""Outgoing mail takes the way that routes say: Debian's postfix as the provider's relay, a relay that wants a sign-in, a refusal.

    sending_relaying.py postfix | sign_in
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from harness import PASSWORD, Playground
from peers import Postfix, wait_for
from postroomctl import control_of, eventually

MESSAGE = "From: me@localhost\nSubject: by relay\n\nhello\n"


def self_signed(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=relay.test",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def waiting(ctl):
    return ctl.json("queue", "list")["messages"]


def outcome(ctl, recipient):
    return next((each for each in ctl.json("queue", "history")["messages"] if each["recipient"] == recipient), None)


def postfix():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-relay-"))
    cert, key = self_signed(folder)
    zone = folder / "zone.json"
    zone.write_text(json.dumps({"relay.test": {"A": ["127.0.0.1"]}}))   # peer.test itself is nowhere to be found
    with Postfix(settings={"smtpd_tls_security_level": "encrypt", "smtpd_tls_cert_file": cert, "smtpd_tls_key_file": key,
                           "smtpd_recipient_restrictions":
                               "check_recipient_access inline:{{refused@peer.test = 550 5.1.1 no such person}}, permit"}) as relay, \
            Playground("--zone", str(zone)) as server:
        ctl = control_of(server)
        assert "no transport" in ctl("route", "add", "provider", rc=1)
        ctl("transport", "set", "provider", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port))
        ctl("route", "add", "provider", "--recipient-domain", "peer.test")
        ctl("sendmail", "-f", "me@localhost", "--", "someone@peer.test", stdin=MESSAGE)
        held = eventually(lambda: [each for each in waiting(ctl) if each["attempts"] > 0])
        assert "certificate" in held[0]["lastError"], held      # nobody vouches for it
        assert relay.messages() == []
        ctl("transport", "set", "provider", "--kind", "submission", "--host", "relay.test", "--port", str(relay.port), "--verify=false")
        ctl("queue", "retry", str(held[0]["id"]))
        wait_for("mail by the relay", lambda: len(relay.messages()) == 1, 30)
        assert b"Subject: by relay" in relay.messages()[0] and b"DKIM-Signature:" in relay.messages()[0]
        ctl("sendmail", "-f", "me@localhost", "--", "refused@peer.test", stdin=MESSAGE)
        ended = eventually(lambda: outcome(ctl, "refused@peer.test"))
        assert ended["outcome"] == "failed" and "550" in ended["lastError"] and ended["reason"] == "no-such-mailbox", ended
        ctl("transport", "set", "nobody", "--kind", "fail", "--fail-text", "not to this domain")
        ctl("route", "add", "nobody", "--recipient-domain", ".closed.test")
        ctl("sendmail", "-f", "me@localhost", "--", "someone@very.closed.test", stdin=MESSAGE)
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
        ctl("sendmail", "-f", "me@localhost", "--", "someone@far.example.net", stdin=MESSAGE)
        rows = eventually(lambda: [each for each in waiting(ctl) if each["attempts"] > 0])
        assert "535" in rows[0]["lastError"] and rows[0]["reason"] == "sign-in-refused", rows
        ctl(*relay, stdin=PASSWORD + "\n")
        ctl("queue", "retry", str(rows[0]["id"]))
        eventually(lambda: (outcome(ctl, "someone@far.example.net") or {}).get("outcome") == "delivered")
        taken = control_of(provider).json("trace", "someone@far.example.net")["messages"]
        assert taken, "the provider has never seen it"


if __name__ == "__main__":
    globals()[sys.argv[1]]()
