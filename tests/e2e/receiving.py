"""Mail that comes in by SMTP: what senders ask for, who may write to aliases, limits, Debian's postfix as the sender. The argument names
the scenario."""
import imaplib
import json
import pathlib
import re
import smtplib
import socket
import sys
import tempfile
import time

from harness import PASSWORD, Playground, run
from peers import Postfix, wait_for
from postroomctl import control_of


def inbox(server, user="me@localhost", folder="INBOX"):
    """The messages of a mailbox, oldest first."""
    with imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls()) as client:
        client.login(user, PASSWORD)
        if client.select(folder, readonly=True)[1] == [b"0"]:
            return []
        kind, data = client.fetch("1:*", "(BODY.PEEK[])")
        assert kind == "OK", data
        return [part[1] for part in data if isinstance(part, tuple)]


def submission(server, user="me@localhost"):
    client = smtplib.SMTP_SSL("localhost", server.port(465), context=server.tls())
    client.login(user, PASSWORD)
    return client


def refused(code, words, action):
    """The action is refused with this code and a text with these words."""
    try:
        action()
    except smtplib.SMTPRecipientsRefused as error:
        got = list(error.recipients.values())[0]
    except smtplib.SMTPResponseException as error:
        got = (error.smtp_code, error.smtp_error)
    else:
        raise AssertionError(f"accepted, not {code} {words}")
    assert got[0] == code and words in got[1].decode(), got


def new_since(server, user, seen):
    return inbox(server, user)[seen:]


def aliases():
    """Who may write to an alias, who gets a copy, who may write as it; the dry run says the same as the server does."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        for name in ("anna", "bernd"):
            ctl("accounts", "add", f"{name}@localhost", "--password-stdin", stdin=PASSWORD + "\n")
        ctl("aliases", "add", "team@localhost", "anna@localhost", "bernd@localhost", "me@localhost")
        count = dict.fromkeys(("me", "anna", "bernd", "friend"), 0)

        def fates(sender, address="team@localhost"):
            told = ctl.json("alias", "test", address, "--from", sender)
            return told["accepted"], {each["address"].split("@")[0]: each["fate"] for each in told["members"]}, told["why"]

        def send(sender, recipients=("team@localhost",), envelope=None):
            with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
                return client.sendmail(envelope or sender, list(recipients), f"From: {sender}\r\nSubject: x\r\n\r\nx\r\n")

        def arrived(*expected):
            for name in count:
                found = new_since(server, f"{name}@localhost", count[name])
                assert len(found) == expected.count(name), (name, found)
                count[name] += len(found)

        # Anyone may write; the author gets no copy; who is addressed directly, too, gets one.
        send("stranger@example.org")
        arrived("me", "anna", "bernd")
        assert fates("stranger@example.org")[:2] == (True, {"anna": "delivered", "bernd": "delivered", "me": "delivered"})
        send("Anna@localhost", envelope="bounces@example.org")
        arrived("me", "bernd")
        assert fates("anna@localhost")[1] == {"anna": "wrote-it", "bernd": "delivered", "me": "delivered"}
        send("stranger@example.org", ("team@localhost", "anna@localhost", "friend@localhost"))
        arrived("me", "anna", "bernd", "friend")
        assert b"Delivered-To: anna@localhost\r\n" in inbox(server, "anna@localhost")[-1]
        # Nobody writes as the alias unless it allows that.
        refused(550, "5.7.2 team@localhost: nobody may write with this address as its sender", lambda: send("team@localhost"))
        with submission(server, "anna@localhost") as client:
            refused(550, "this sender address is not yours", lambda: client.sendmail("team@localhost", ["friend@localhost"], "x"))
            ctl("aliases", "update", "team@localhost", "--allow-from", "--list-members")
            client.sendmail("team@localhost", ["friend@localhost"], "From: team@localhost\r\n\r\nx\r\n")
            arrived("friend")
        with submission(server, "friend@localhost") as client:   # no member
            refused(550, "this sender address is not yours", lambda: client.sendmail("team@localhost", ["me@localhost"], "x"))
            refused(550, "the From address team@localhost is not yours",
                    lambda: client.sendmail("friend@localhost", ["me@localhost"], "From: team@localhost\r\n\r\nx\r\n"))
        send("stranger@example.org")
        arrived("me", "anna", "bernd")
        assert b"X-Postroom-Alias-Members: anna@localhost,\r\n\tbernd@localhost,\r\n\tme@localhost\r\n" in inbox(server, "anna@localhost")[-1]
        # Members only; then those who are named.
        ctl("aliases", "update", "team@localhost", "--post", "members")
        refused(550, "only its members may write", lambda: send("stranger@example.org"))
        assert fates("stranger@example.org") == (False, {}, "only its members may write to this address")
        send("bernd@localhost")
        arrived("me", "anna")
        refused(550, "only its members may write", lambda: send("bernd@localhost, stranger@example.org"))
        lost = send("bernd@localhost", ("friend@localhost", "team@localhost"))
        assert list(lost) == ["team@localhost"] and lost["team@localhost"][0] == 452, lost   # in a transaction of its own
        arrived("friend")
        assert "name who may write to it" in ctl("aliases", "update", "team@localhost", "--post", "senders", rc=1)
        ctl("aliases", "update", "team@localhost", "--post", "senders", "--senders", "boss@example.org")
        send("Boss@example.org")
        arrived("me", "anna", "bernd")
        refused(550, "only its members and those it names", lambda: send("stranger@example.org"))
        # Full mailboxes are passed over as long as anybody has room.
        ctl("accounts", "update", "anna@localhost", "--quota-messages", "1")
        send("boss@example.org")
        arrived("me", "bernd")
        assert fates("boss@example.org")[1] == {"anna": "full", "bernd": "delivered", "me": "delivered"}
        for name in ("bernd", "me"):
            ctl("accounts", "update", f"{name}@localhost", "--quota-messages", "1")
        refused(452, "4.2.2", lambda: send("boss@example.org"))
        assert fates("boss@example.org")[0] is False
        # The document carries the policies; replacing members keeps them; an alias is nobody to sign in as.
        exported = json.loads(ctl("settings", "export"))
        assert [each for each in exported["aliases"] if each["address"] == "team@localhost"] == [
            {"address": "team@localhost", "members": ["anna@localhost", "bernd@localhost", "me@localhost"], "post": "senders",
             "senders": ["boss@example.org"], "listMembers": True, "allowFrom": True}], exported["aliases"]
        ctl("aliases", "add", "team@localhost", "me@localhost")
        told = ctl.json("aliases", "list")["aliases"][0]
        assert told["members"] == ["me@localhost"] and told["post"] == "senders" and told["allowFrom"], told
        assert "only member of the alias" in ctl("accounts", "remove", "me@localhost", rc=1)
        try:
            submission(server, "team@localhost")
            raise AssertionError("signed in as an alias")
        except smtplib.SMTPAuthenticationError as error:
            assert error.smtp_code == 535, error


def requests():
    """What the envelope asks for: reports of success (RFC 3461), mail that is let go later (RFC 4865), fields that are completed."""
    with Playground("--strict") as server:
        with submission(server) as client:
            client.sendmail("me@localhost", ["friend@localhost"], "Subject: told\r\n\r\nx\r\n", mail_options=["ENVID=QQ+2B1", "RET=HDRS"],
                            rcpt_options=["NOTIFY=SUCCESS", "ORCPT=rfc822;Friend@localhost"])
            report = wait_for("the report", lambda: inbox(server))[0]
            for part in (b"Original-Envelope-Id: QQ+1", b"Original-Recipient: rfc822; Friend@localhost", b"Action: delivered", b"Subject: told"):
                assert part in report, (part, report)
            message = inbox(server, "friend@localhost")[0]
            assert re.search(rb"^Date: .*\r$", message, re.MULTILINE) and b"From: <me@localhost>\r\n" in message, message
            assert re.search(rb"^Message-ID: <\S+@localhost>\r$", message, re.MULTILINE), message
            began = time.monotonic()
            client.sendmail("me@localhost", ["friend@localhost"], "Bcc: secret@localhost\r\nX-Postroom-Extra-Order: 17\r\n\r\nx\r\n",
                            mail_options=["HOLDFOR=3"], rcpt_options=["NOTIFY=SUCCESS"])
            assert len(inbox(server, "friend@localhost")) == 1
            waiting = control_of(server).json("queue", "list")["messages"]
            assert len(waiting) == 1, waiting
            message = wait_for("what was held", lambda: new_since(server, "friend@localhost", 1), 40)[0]
            assert time.monotonic() - began > 2.5 and b"secret" not in message, message
            report = wait_for("its report", lambda: new_since(server, "me@localhost", 1))[0]
            assert b"Future-Release-Request: for;3\r\n" in report and b"Arrival-Date: " in report, report
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            client.sendmail("me@localhost", ["friend@localhost"], "Subject: quiet\r\n\r\nx\r\n", rcpt_options=["NOTIFY=NEVER"])
        assert len(inbox(server)) == 2


def limits():
    """Each limit at its edge: messages and new recipients of an account, messages of a connection, recipients of a message."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        document = json.loads(ctl("settings", "export"))
        document["server"].update(dailyMessages=4, dailyNewRecipients=2, maxMessagesPerConnection=3, maxRecipients=100)
        file = pathlib.Path(tempfile.mkdtemp(prefix="postroom-")) / "settings.json"
        file.write_text(json.dumps(document))
        ctl("settings", "apply", str(file))
        text = "Subject: x\r\n\r\nx\r\n"
        friends = [f"friend+{number}@localhost" for number in range(4)]
        wait_for("new limits", lambda: "MAILMAX=3" in smtplib.SMTP("127.0.0.1", server.port(25)).docmd("EHLO", "client.example")[1].decode())
        with submission(server) as client:
            refused(451, "4.7.1 more than 2 first-time recipients in 24 hours", lambda: client.sendmail("me@localhost", friends[:3], text))
            client.sendmail("me@localhost", friends[:2], text)
            refused(451, "4.7.1 more than 2 first-time recipients", lambda: client.sendmail("me@localhost", friends[2:3], text))
            refused(421, "4.7.0 more than 3 messages over one connection", lambda: client.sendmail("me@localhost", friends[:1], text))
        with submission(server) as client:
            client.sendmail("me@localhost", friends[:2], text)   # four of four: both are known
            refused(451, "4.7.1 more than 4 messages in 24 hours", lambda: client.sendmail("me@localhost", friends[:1], text))
        with submission(server, "friend@localhost") as client:   # another account's count is its own
            client.sendmail("friend@localhost", ["me@localhost"], text)
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            client.ehlo("client.example")
            client.mail("a@example.org")
            for number in range(100):
                assert client.rcpt(f"me+{number}@localhost")[0] == 250
            code, words = client.rcpt("me+100@localhost")
            assert code == 452 and words == b"4.5.3 more than 100 recipients", words


def own_limits():
    """An account's own daily limits stand for the server's, in the settings document too; -1 gives them back."""
    with Playground("--strict") as server:
        ctl = control_of(server)
        told = ctl.json("accounts", "update", "me@localhost", "--daily-messages", "2", "--daily-new-recipients", "0")["account"]
        assert (told["dailyMessages"], told["dailyNewRecipients"]) == (2, 0), told
        document = json.loads(ctl("settings", "export"))
        assert {each["address"]: each["dailyMessages"] for each in document["accounts"]} == {"me@localhost": 2, "friend@localhost": -1}
        text = "Subject: x\r\n\r\nx\r\n"
        with submission(server) as client:
            client.sendmail("me@localhost", ["friend@localhost", "me@localhost"], text)
            refused(451, "4.7.1 more than 2 messages in 24 hours", lambda: client.sendmail("me@localhost", ["friend@localhost"], text))
            for each in document["accounts"]:
                each["dailyMessages"] = 3
            ctl("settings", "apply", "-", stdin=json.dumps(document | {"revision": 0}))
            client.sendmail("me@localhost", ["friend@localhost"], text)
            refused(451, "more than 3 messages", lambda: client.sendmail("me@localhost", ["friend@localhost"], text))
            ctl("accounts", "update", "me@localhost", "--daily-messages", "-1")
            client.sendmail("me@localhost", ["friend@localhost"], text)
        assert "between -1 and 1000000" in ctl("accounts", "update", "me@localhost", "--daily-messages", "-2", rc=1)
        made = ctl.json("accounts", "add", "anna@localhost", "--daily-new-recipients", "7")["account"]
        assert (made["dailyMessages"], made["dailyNewRecipients"]) == (-1, 7), made


def anonymous_kilobytes(server):
    return int(re.search(r"^RssAnon:\s+(\d+) kB$", pathlib.Path(f"/proc/{server.process.pid}/status").read_text(), re.MULTILINE)[1])


def memory():
    """Many large messages at once are on the disk while they come, not in memory, and are whole afterwards."""
    count, lines = 30, 100_000
    content = b"Subject: large\r\n\r\n" + b"".join(b"%08d%s\r\n" % (number, b"x" * 70) for number in range(lines))   # 8 MB
    with Playground() as server:
        wires = []
        for _ in range(count):
            wire = socket.create_connection(("127.0.0.1", server.port(25)), timeout=60)
            stream = wire.makefile("rb")
            wire.sendall(b"EHLO a.example\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<me@localhost>\r\nDATA\r\n")
            while not stream.readline().startswith(b"354 "):
                pass
            wires.append((wire, stream))
        before = anonymous_kilobytes(server)
        most = 0
        for wire, _ in wires:
            wire.sendall(content)
            most = max(most, anonymous_kilobytes(server) - before)
        print(f"{count} messages of {len(content) >> 10} KiB under way: {most} KiB more")
        assert most < 40_000, most   # they are 240,000; in memory each may have 256 KiB and what one read brings
        assert not list(server.folder.glob("*spool*")), "the files have no names"
        for wire, stream in wires:
            wire.sendall(b".\r\nQUIT\r\n")
        for wire, stream in wires:
            assert stream.readline().startswith(b"250 2.6.0 ")
        print(f"after them: {anonymous_kilobytes(server) - before} KiB more")
        found = inbox(server)
        assert len(found) == count and all(each.endswith(content) for each in found)


def postfix():
    """Debian's postfix delivers here: in clear and under TLS, pipelined, 8-bit, with UTF-8 addresses and headers."""
    eight = b"Subject: eight\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\ngr\xc3\xbc\xc3\x9fe\r\n"
    samples = [("a@example.org", b"Subject: plain\r\n\r\nhello\r\n.dot\r\n", [], b"ESMTP"), ("a@example.org", eight, ["BODY=8BITMIME"], b"ESMTP"),
               ("gr\u00fc\u00dfe@example.org", b"Subject: gr\xc3\xbc\xc3\x9fe\r\n\r\nutf-8\r\n", ["BODY=8BITMIME", "SMTPUTF8"], b"UTF8SMTP")]
    for level in ("none", "encrypt"):
        with Playground() as server, Postfix(routes={"example.net": f"smtp:[127.0.0.1]:{server.port(25)}"},
                                             settings={"smtp_tls_security_level": level, "smtputf8_enable": "yes"}) as sender:
            recipients = [f"one{number}@example.net" for number in range(5)]
            with smtplib.SMTP("127.0.0.1", sender.port) as client:
                for author, content, options, _ in samples:
                    client.sendmail(author, recipients, content, mail_options=options)
            wait_for("postfix's mail", lambda: len(inbox(server)) == len(samples), 60)   # five recipients, one mailbox, one copy each
            messages = inbox(server)
            for author, content, _, protocol in samples:
                message = next(each for each in messages if each.endswith(content))
                assert f"Return-Path: <{author}>\r\n".encode() in message, message
                ours = message.split(b"Received: ")[1]
                assert b"with " + protocol + (b"S" if level == "encrypt" else b"") + b" id" in ours, ours


def chunks():
    """BDAT over TLS in odd pieces, pipelined behind one another (RFC 3030 4.2)."""
    content = b"Subject: chunks\r\n\r\n" + b"".join(b"line %d\r\n.\r\n" % number for number in range(20_000))
    with Playground("--strict") as server:
        wire = socket.create_connection(("127.0.0.1", server.port(25)), timeout=20)
        stream = wire.makefile("rb")
        stream.readline()

        def ask(line, code):
            wire.sendall(line + b"\r\n")
            while True:
                answer = stream.readline()
                if answer[3:4] == b" ":
                    assert answer.startswith(code), answer
                    return
        ask(b"EHLO client.example", b"250")
        ask(b"STARTTLS", b"220")
        wire = server.tls().wrap_socket(wire, server_hostname="localhost")
        stream = wire.makefile("rb")
        ask(b"EHLO client.example", b"250")
        pieces = [content[at:at + 9973] for at in range(0, len(content), 9973)]
        batch = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<me@localhost>\r\n"
        for piece in pieces:
            batch += b"BDAT %d%s\r\n" % (len(piece), b" LAST" if piece is pieces[-1] else b"") + piece
        wire.sendall(batch + b"NOOP\r\n")
        answers = [stream.readline()[:3] for _ in range(len(pieces) + 3)]
        assert answers == [b"250"] * len(answers), answers
        assert inbox(server)[0].endswith(content)


def swaks():
    """What a person with swaks sees."""
    with Playground("--strict") as server:
        base = ["swaks", "--server", f"127.0.0.1:{server.port(25)}", "--from", "a@example.org", "--to", "me@localhost"]
        assert "250 2.6.0 accepted" in run(*base)
        assert "250 2.6.0 accepted" in run(*base, "--tls")
        assert "with ESMTPS id" in inbox(server)[-1].decode()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
