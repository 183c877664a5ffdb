"""Reports that come back for mail we sent are matched to it: by the message's identifier, or by an envelope sender of its own. One function
per scenario; the argument names it.

    sending_returned.py message_id | own_sender
"""
import json
import pathlib
import smtplib
import sys
import tempfile

from harness import PASSWORD, Playground
from postroomctl import control_of, eventually
from receiver import Receiver


def report(to, recipient, returned):
    return (f"From: MAILER-DAEMON@there.test\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; there.test\r\n\r\n"
            f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 nobody of that name\r\n\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--b--\r\n")


def come_back(server, to, content):
    with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
        client.sendmail("<>", [to], content)


def submit(server, login, sender, *recipients):
    with smtplib.SMTP_SSL("localhost", server.port(465), context=server.tls()) as client:
        client.login(login, PASSWORD)
        client.sendmail(sender, recipients, f"From: {sender}\r\nMessage-ID: <one@localhost>\r\nSubject: hello\r\n\r\nhello\r\n")


def playground(receiver):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-zone-"))
    (folder / "zone.json").write_text(json.dumps({"there.test": {"A": ["127.0.0.1"]}}))
    return Playground("--zone", str(folder / "zone.json"), "--smtp-out-port", str(receiver.port))


def outcome(ctl, recipient):
    return next((each["outcome"] for each in ctl.json("queue", "history")["messages"] if each["recipient"] == recipient), None)


def message_id():
    with Receiver() as receiver, playground(receiver) as server:
        ctl = control_of(server)
        submit(server, "me@localhost", "me@localhost", "bob@there.test", "eve@there.test")
        eventually(lambda: outcome(ctl, "bob@there.test") == "delivered" and outcome(ctl, "eve@there.test") == "delivered")
        assert receiver.transactions[0][1] == "me@localhost"
        come_back(server, "friend@localhost", report("friend@localhost", "bob@there.test", "Message-ID: <one@localhost>"))   # of somebody else's mail
        assert outcome(ctl, "bob@there.test") == "delivered"
        come_back(server, "me@localhost", report("me@localhost", "bob@there.test", "Message-ID: <one@localhost>"))
        assert outcome(ctl, "bob@there.test") == "failed" and outcome(ctl, "eve@there.test") == "delivered"
        told = ctl("trace", "bob@there.test")
        assert "A report came back (failed)" in told and "nobody of that name" in told, told
        assert [each["address"] for each in ctl.json("suppression", "list")["suppressions"]] == ["bob@there.test"]


def own_sender():
    with Receiver() as receiver, playground(receiver) as server:
        ctl = control_of(server)
        refused = ctl("accounts", "update", "me@localhost", "--unique-senders", "friend@localhost", rc=1)
        assert "must be the account's address" in refused, refused
        made = ctl.json("accounts", "update", "me@localhost", "--unique-senders", "Me@localhost")["account"]
        assert made["uniqueSenders"] == ["me@localhost"], made
        submit(server, "friend@localhost", "friend@localhost", "plain@there.test")
        submit(server, "me@localhost", "me@localhost", "bob@there.test")
        submit(server, "me@localhost", "me+chosen@localhost", "eve@there.test")
        eventually(lambda: len(receiver.transactions) == 3)
        senders = {recipients[0]: sender for _, sender, recipients, _ in receiver.transactions}
        assert senders["plain@there.test"] == "friend@localhost", senders
        assert senders["eve@there.test"] == "me+chosen@localhost", senders
        localpart, _, rest = senders["bob@there.test"].partition("+")
        assert localpart == "me" and rest.endswith("@localhost") and len(rest) == 20 + len("@localhost"), senders
        try:
            submit(server, "me@localhost", "me+chosen@localhost", "again@there.test")
            raise AssertionError("an id was taken twice")
        except smtplib.SMTPDataError as again:
            assert again.smtp_code == 554 and again.smtp_error.startswith(b"5.1.7"), again
        eventually(lambda: outcome(ctl, "bob@there.test") == "delivered")
        come_back(server, senders["bob@there.test"], report("me@localhost", "forwarded@elsewhere.test", "Subject: nothing to go by"))
        assert outcome(ctl, "bob@there.test") == "failed"
        told = ctl("trace", "bob@there.test")
        assert "A report came back (failed)" in told, told


if __name__ == "__main__":
    globals()[sys.argv[1]]()
