"""DKIM signatures of the running server, verified by Debian's python3-dkim with the keys that postroomctl shows."""
import json
import subprocess
import sys

from exchange import fetch_bodies, imap
from harness import Playground
from peers import wait_for
from postroomctl import control_of

# Debian's own interpreter has Debian's modules.
VERIFY = """
import base64, dkim, json, sys
message, records = json.load(sys.stdin)
message = base64.b64decode(message)
count = sum(line.lower().startswith(b"dkim-signature:") for line in message.split(b"\\r\\n\\r\\n")[0].split(b"\\r\\n"))
verifier = dkim.DKIM(message)
def lookup(name, timeout=5):
    return records[name.decode().rstrip(".")].encode()
def verify(number):
    try:
        return verifier.verify(number, dnsfunc=lookup)
    except dkim.DKIMException:
        return False
print(json.dumps([verify(number) for number in range(count)]))
"""


def verdicts(message, keys):
    import base64
    records = {f"{key['selector']}._domainkey.{key['domain']}": key["record"] for key in keys}
    done = subprocess.run(["/usr/bin/python3", "-c", VERIFY], input=json.dumps([base64.b64encode(message).decode(), records]),
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def signed_part(message):
    """What left the server: from its first DKIM-Signature on."""
    return message[message.index(b"DKIM-Signature:"):]


def dkim():
    """Mail that leaves is signed by every active key; reports are; rotation changes the keys; changed mail does not verify."""
    with Playground() as server:
        ctl = control_of(server)
        client = imap(server)

        def newest(text):
            def look():
                bodies = fetch_bodies(client) if int(client.select("INBOX")[1][0]) else []
                return next((body for body in bodies if text in body), None)
            return wait_for(f"a message with {text}", look)

        def send(subject, sender="me@localhost", author="Me <me@localhost>"):
            text = f"From: {author}\nTo: someone@example.net\nSubject: {subject}\nDate: Wed, 25 Nov 2026 12:00:00 +0000\n" \
                   f"Message-ID: <{subject}@localhost>\n\nGrüße,   \n\n.\nthe end \n\n\n"
            ctl("sendmail", "-f", sender, "--", "someone@example.net", stdin=text)
            return newest(b"Subject: " + subject.encode())

        first = ctl.json("dkim", "list", "localhost")["keys"]
        assert sorted((key["algorithm"], key["state"]) for key in first) == [("ed25519", "active"), ("rsa", "active")], first
        message = signed_part(send("one"))
        assert verdicts(message, first) == [True, True], message
        assert verdicts(message.replace(b"the end", b"The end"), first) == [False, False]
        assert verdicts(message.replace(b"From: Me", b"From: evil@localhost\r\nFrom: Me"), first) == [False, False]
        assert b"DKIM-Signature:" not in send("foreign", author="someone@example.org")

        step = ctl.json("dkim", "rotate", "localhost")
        assert "publish" in step["nextStep"] and len(step["keys"]) == 4, step
        assert verdicts(signed_part(send("two")), first) == [True, True]
        step = ctl.json("dkim", "rotate", "localhost")
        active = [key for key in step["keys"] if key["state"] == "active"]
        assert len(active) == 2 and not {key["selector"] for key in active} & {key["selector"] for key in first}, step
        assert verdicts(signed_part(send("three")), active) == [True, True]
        records = {entry["name"] for entry in ctl.json("domains", "dns", "localhost")["records"]}
        assert {f"{key['selector']}._domainkey.localhost" for key in step["keys"]} <= records, records

        # One key for one selector of the settings document; the keys stay here.
        document = json.loads(ctl("settings", "export"))
        assert "PRIVATE" not in json.dumps(document)
        document["domains"][0]["dkim"] = [{"selector": active[0]["selector"], "algorithm": active[0]["algorithm"], "state": "active"}]
        ctl("settings", "apply", "-", stdin=json.dumps(document))
        only = ctl.json("dkim", "list", "localhost")["keys"]
        assert [key["selector"] for key in only] == [active[0]["selector"]], only
        assert verdicts(signed_part(send("four")), only) == [True]
        assert "signs mail now" in ctl("dkim", "remove", "localhost", only[0]["selector"], rc=1)

        # A report for somebody elsewhere leaves signed, too.
        ctl("sendmail", "-f", "stranger@example.org", "--", "x-permerror@example.net", stdin="Subject: lost\n\nhello\n")
        report = signed_part(newest(b"delivery-status"))
        assert verdicts(report, only) == [True], report


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
