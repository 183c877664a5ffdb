"""When outgoing mail is tried again and given up, by how many connections it goes, how long its history is kept: all by settings. One
function per scenario; the argument names it.

    sending_schedule.py retries | connections | full_transactions | greylisting | loop | history
"""
import json
import pathlib
import re
import sys
import tempfile
import time

from harness import Playground
from postroomctl import change_settings, control_of, eventually
from receiver import Receiver

DEFAULTS = {"retryAfter": 450, "retryAtLeastEvery": 4 * 3600, "tellDelayAfter": 4 * 3600, "giveUpAfter": 5 * 86400, "outgoingConnections": 100,
            "connectionsPerDestination": 10, "connectionsToNewDestination": 2, "connectionsAfterFailure": 1}


def zone_for(names):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-zone-"))
    (folder / "zone.json").write_text(json.dumps(names))
    return str(folder / "zone.json")


def send(ctl, *recipients, subject="hello"):
    ctl("sendmail", "-f", "me@localhost", "--", *recipients, stdin=f"From: me@localhost\nSubject: {subject}\n\nhello\n")


def inbox(ctl, server):
    import imaplib
    from harness import PASSWORD
    client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
    client.login("me@localhost", PASSWORD)
    client.select("INBOX", readonly=True)
    _, data = client.fetch("1:*", "(BODY.PEEK[])") if client.search(None, "ALL")[1][0] else (None, [])
    client.logout()
    return [part[1].decode(errors="replace") for part in data if isinstance(part, tuple)]


def retries():
    """A second attempt after a second, then every two; a notice of delay, at last a report of failure; and nothing more."""
    with Playground() as server:
        ctl = control_of(server)
        document = json.loads(ctl("settings", "export"))["server"]
        for name, value in DEFAULTS.items():
            assert document[name] == value, (name, document[name])
        assert "retryAfter" in ctl("settings", "export")
        change_settings(ctl, lambda to: to["server"].update(retryAfter=1, retryAtLeastEvery=2, tellDelayAfter=2, giveUpAfter=6))
        began = time.monotonic()
        send(ctl, "x-452@example.net")
        ended = eventually(lambda: ctl.json("queue", "history")["messages"], 30)[0]
        took = time.monotonic() - began
        assert ended["outcome"] == "failed" and ended["attempts"] in (4, 5), ended    # at 0, 1, 3, 5 and 7 s, or later on a slow machine
        assert took >= 6, took
        times = [each["at"] for each in ctl.json("queue", "show", str(ended["id"]))["attempts"]]
        assert len(times) == ended["attempts"], times
        reports = inbox(ctl, server)
        actions = [re.search(r"^Action: (\S+)", each, re.MULTILINE)[1] for each in reports]
        assert actions == ["delayed", "failed"], actions
        assert "Will-Retry-Until:" in reports[0], reports[0]


def connections():
    """To a domain that was never met two at first, then ten at most; or as the settings say."""
    def slow(command):
        if command == "end of data":
            time.sleep(0.3)

    for wanted, most_new, most in ((DEFAULTS, 2, 10), (dict(connectionsToNewDestination=1, connectionsPerDestination=3), 1, 3)):
        with Receiver(slow) as receiver, Playground("--zone", zone_for({"there.test": {"A": ["127.0.0.1"]}}), "--smtp-out-port", str(receiver.port)) as server:
            ctl = control_of(server)
            change_settings(ctl, lambda to: to["server"].update(wanted))
            ctl("hold-rule", "add", "--recipient-domain", "there.test")
            for number in range(30):
                send(ctl, f"u{number}@there.test")
            ctl("hold-rule", "remove", "1")
            ctl("queue", "release", "--all")
            eventually(lambda: len(receiver.transactions) == 30, 30)
            first = receiver.transactions[0][0]
            together = sum(1 for at, *_ in receiver.transactions if at < first + 0.2)
            assert together == most_new, (together, most_new)
            assert receiver.peak == most, (receiver.peak, most)
            subjects = {recipients[0] for _, _, recipients, _ in receiver.transactions}
            assert len(subjects) == 30


def full_transactions():
    """A server that takes three recipients at a time: by 452, by 552, and by saying so in LIMITS. The rest follows at once."""
    for code, extensions in (("452 4.5.3", ()), ("552 5.5.3", ()), (None, ("LIMITS RCPTMAX=3",)), (None, ("LIMITS RCPTDOMAINMAX=1 RCPTMAX=3",))):
        taken = []

        def answer(command):
            if command.startswith("MAIL"):
                taken.clear()
            if code and command.startswith("RCPT"):
                taken.append(command)
                if len(taken) > 3:
                    return code + " too many recipients"
            return None

        for pipelining in ((), ("PIPELINING",)):
            with Receiver(answer, (*pipelining, *extensions, "8BITMIME")) as receiver, \
                    Playground("--zone", zone_for({"there.test": {"A": ["127.0.0.1"]}}), "--smtp-out-port", str(receiver.port)) as server:
                ctl = control_of(server)
                send(ctl, *(f"u{number}@there.test" for number in range(8)))
                eventually(lambda: sum(len(recipients) for _, _, recipients, _ in receiver.transactions) == 8)
                assert [len(recipients) for _, _, recipients, _ in receiver.transactions] == [3, 3, 2], receiver.transactions
                assert receiver.connections == 1
                eventually(lambda: not ctl.json("queue", "list")["messages"])
                assert all(each["attempts"] == 1 for each in ctl.json("queue", "history")["messages"])


def greylisting():
    """A server that greylists: the first attempt is put off, the next one after its time is taken, and nobody hears of it."""
    seen = {}

    def answer(command):
        if command.startswith("RCPT") and time.monotonic() - seen.setdefault(command, time.monotonic()) < 1.5:
            return "451 4.7.1 Greylisted, please try again in 2 seconds"
        return None

    with Receiver(answer) as receiver, Playground("--zone", zone_for({"there.test": {"A": ["127.0.0.1"]}}), "--smtp-out-port", str(receiver.port)) as server:
        ctl = control_of(server)
        change_settings(ctl, lambda to: to["server"].update(retryAfter=1))
        send(ctl, "someone@there.test")
        waiting = eventually(lambda: [each for each in ctl.json("queue", "list")["messages"] if each["attempts"]])[0]
        assert waiting["reason"] == "greylisted", waiting
        eventually(lambda: len(receiver.transactions) == 1, 20)
        assert inbox(ctl, server) == []


def loop():
    """Mail that has passed more than a hundred servers is refused."""
    with Playground() as server:
        ctl = control_of(server)
        import smtplib
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            hops = "".join(f"Received: from a by b; {number}\r\n" for number in range(101))
            try:
                client.sendmail("a@example.org", ["me@localhost"], hops + "Subject: loop\r\n\r\nx\r\n")
                raise AssertionError("a loop was taken")
            except smtplib.SMTPDataError as refused:
                assert refused.smtp_code == 554 and b"loop" in refused.smtp_error, refused
        assert inbox(ctl, server) == []


def history():
    """Accounts say how long what became of their mail is kept; nonsense is refused."""
    with Playground() as server:
        ctl = control_of(server)
        assert ctl.json("accounts", "show", "me@localhost")["account"]["keepSent"] == 14 * 86400
        assert ctl.json("accounts", "update", "me@localhost", "--keep-sent", "30d")["account"]["keepSent"] == 30 * 86400
        assert "must be between" in ctl("accounts", "update", "me@localhost", "--keep-sent", "3651d", rc=1)
        kept = {each["address"]: each["keepSent"] for each in json.loads(ctl("settings", "export"))["accounts"]}
        assert kept == {"me@localhost": 30 * 86400, "friend@localhost": 14 * 86400}, kept


if __name__ == "__main__":
    globals()[sys.argv[1]]()
