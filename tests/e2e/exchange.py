"""Mail exchanged with Debian's postfix, and structures compared with Debian's dovecot. The argument names the scenario."""
import imaplib
import json
import pathlib
import re
import smtplib
import sys
import tempfile

import messages
from harness import PASSWORD, Playground
from peers import Dovecot, Postfix, wait_for

DIFFERENCES = pathlib.Path(__file__).with_name("dovecot_differences.txt")


def imap(server, user="me@localhost"):
    client = imaplib.IMAP4("127.0.0.1", server.port(143))
    client.starttls(server.tls())
    client.login(user, PASSWORD)
    return client


def fetch_bodies(client):
    kind, data = client.fetch("1:*", "(BODY.PEEK[])")
    assert kind == "OK", data
    return [part[1] for part in data if isinstance(part, tuple)]


def keyed_messages():
    """key -> message, the key in a header of its own. Not those that postfix itself mends: where a line that is no header
    line stands in the header, its cleanup(8) writes an empty line before it."""
    found = {}
    for number, message in enumerate(messages.all_messages()):
        header = message.split(b"\r\n\r\n", 1)[0]
        lines = re.sub(rb"\r\n[ \t]", b" ", header).split(b"\r\n")
        if message.startswith(b"\r\n") or all(re.match(rb"[!-9;-~]+:", line) for line in lines if line):
            found[b"%d" % number] = b"X-Key: %d\r\n" % number + message
    return found


def key_of(message):
    return re.search(rb"^X-Key: (\d+)\r?$", message, re.MULTILINE)[1]


def postfix_to_us():
    """Content arrives as it was given to postfix, but for header lines in front."""
    sent = keyed_messages()
    assert len(sent) > 200, len(sent)
    with Playground() as server, Postfix(routes={"example.net": f"smtp:[127.0.0.1]:{server.port(25)}"}) as postfix:
        with smtplib.SMTP("127.0.0.1", postfix.port) as client:
            for message in sent.values():
                client.sendmail("a@example.org", ["someone@example.net"], message, mail_options=["BODY=8BITMIME"])
        client = imap(server)
        wait_for("all of postfix's mail", lambda: int(client.select("INBOX")[1][0]) == len(sent), 120)
        got = {key_of(message): message for message in fetch_bodies(client)}
        assert got.keys() == sent.keys()
        changed = [key for key in sent if not got[key].endswith(sent[key])]
        assert not changed, f"content of {changed} was changed"
        for message in got.values():
            added = message[:message.index(b"X-Key: ")]
            assert added.startswith(b"Return-Path: <a@example.org>\r\nDelivered-To: someone@example.net\r\nReceived: "), added
            assert added.count(b"Received: ") == 2, added   # postfix's and ours


def written_by_friend(message):
    """As its submitter may write it: authors of other names step aside, and nothing has to be removed or completed."""
    header, body = message.split(b"\r\n\r\n", 1)
    header = re.sub(rb"(?im)^(From|Bcc|Resent-Bcc)([ \t]*:)", rb"X-\1\2", header)
    return b"From: friend@localhost\r\n" + header + b"\r\n\r\n" + body


def us_to_postfix():
    """Content submitted here reaches postfix as it was, by the MX of the zone file; what postfix refuses comes back as a report."""
    sent = {key: written_by_friend(message) for key, message in keyed_messages().items() if b"\r\n\r\n" in message}
    zone = pathlib.Path(tempfile.mkdtemp(prefix="postroom-")) / "zone.json"
    zone.write_text(json.dumps({"peer.test": {"MX": ["10 mx.peer.test", "5 dead.peer.test"]}, "mx.peer.test": {"A": ["127.0.0.1"]},
                                "dead.peer.test": {"A": ["127.0.0.77"]}, "refused.test": {"MX": ["10 mx.peer.test"]},
                                "null.test": {"MX": ["0 ."]}}))
    with Postfix(settings={"smtpd_recipient_restrictions": "check_recipient_access inline:{{refused.test = 550 5.7.1 no thanks}}, permit",
                           "smtpd_tls_security_level": "none"}) as postfix, \
            Playground("--zone", str(zone), "--smtp-out-port", str(postfix.port)) as server:
        with smtplib.SMTP("127.0.0.1", server.port(587)) as client:
            client.starttls(context=server.tls())
            client.login("friend@localhost", PASSWORD)
            for message in sent.values():
                client.sendmail("friend@localhost", ["someone@peer.test"], message, mail_options=["BODY=8BITMIME", "SMTPUTF8"])
            plain = b"Subject: lost\r\n\r\nhello\r\n"
            for domain in ("refused.test", "unknown.test"):
                client.sendmail("friend@localhost", [f"someone@{domain}"], plain)
            try:
                client.sendmail("friend@localhost", ["someone@null.test"], plain)
                raise AssertionError("mail for a domain that takes none was accepted")
            except smtplib.SMTPRecipientsRefused as error:   # RFC 7505 4.1
                assert error.recipients["someone@null.test"] == (556, b"5.1.10 this domain takes no mail"), error.recipients
        wait_for("all mail at postfix", lambda: len(postfix.messages()) >= len(sent), 180)
        got = {key_of(message): message.replace(b"\n", b"\r\n") for message in postfix.messages()}
        assert got.keys() == sent.keys()
        changed = [key for key in sent if not got[key].rstrip().endswith(sent[key].rstrip())]
        assert not changed, f"content of {changed} was changed"
        client = imap(server, "friend@localhost")
        wait_for("two reports", lambda: int(client.select("INBOX")[1][0]) == 2, 60)
        reports = b"".join(fetch_bodies(client))
        for part in (b"multipart/report", b"message/delivery-status", b"someone@refused.test", b"5.7.1", b"someone@unknown.test", b"5.1.2"):
            assert part in reports, part


TOKEN = re.compile(rb'\(|\)|"((?:[^"\\]|\\.)*)"|([^()\s"{]+)|\{(\d+)\}\r\n')


def parse(text):
    """An IMAP answer as nested lists; NIL is None; strings, quoted or literal, are bytes; numbers stay bytes."""
    stack = [[]]
    at = 0
    while at < len(text):
        if text[at:at + 1] == b" ":
            at += 1
            continue
        match = TOKEN.match(text, at)
        assert match, text[at:at + 60]
        at = match.end()
        if match[0] == b"(":
            stack.append([])
        elif match[0] == b")":
            done = stack.pop()
            stack[-1].append(done)
        elif match[3]:
            length = int(match[3])
            stack[-1].append(text[at:at + length])
            at += length
        elif match[2]:
            stack[-1].append(None if match[2].upper() == b"NIL" else match[2])
        else:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", match[1]))
    return stack[0]


def structures(client, count):
    """[(envelope, body structure)] of the messages 1 to count."""
    found = []
    for number in range(1, count + 1):
        kind, data = client.fetch(str(number), "(ENVELOPE BODYSTRUCTURE)")
        assert kind == "OK" and data[0], data
        text = b"".join(b"%s\r\n%s" % part if isinstance(part, tuple) else part for part in data)
        items = parse(text)[1]
        named = dict(zip((name.upper() for name in items[::2]), items[1::2]))
        found.append((named[b"ENVELOPE"], named[b"BODYSTRUCTURE"]))
    return found


def lowered(structure):
    """Types, encodings and parameter names compare without case (RFC 2045 2): all but long texts are lowered."""
    if isinstance(structure, list):
        return [lowered(each) for each in structure]
    return structure.lower() if structure is not None else None


def differences(ours, theirs, path):
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (left, right) in enumerate(zip(ours, theirs)):
            yield from differences(left, right, f"{path}.{number}")
    elif ours != theirs:
        yield path, ours, theirs


def rule_of(left, right):
    """The rule of dovecot_differences.txt that explains a difference found in many messages, or None."""
    if isinstance(left, list) and right == left + [b"charset", b"us-ascii"] and b"method" in left:
        return "calendar-charset"
    return None


def listed_differences():
    """(message number or "rule", path or name) -> seen; lines are NUMBER PATH SECTION WHY, or "rule" NAME SECTION WHY."""
    known = {}
    for line in DIFFERENCES.read_text().splitlines():
        if line and not line.startswith("#"):
            number, path, rest = line.split(None, 2)
            assert rest.startswith("RFC "), f"{line}: names the RFC section that decides"
            known[(number if number == "rule" else int(number), path)] = False
    return known


def dovecot():
    """ENVELOPE and BODYSTRUCTURE agree, but for what is listed with its reason; and the list holds nothing more."""
    kept = messages.all_messages()
    with Playground() as server, Dovecot() as peer:
        found = []
        for client in (imap(server), peer.imap()):
            for message in kept:
                assert client.append("INBOX", None, None, message)[0] == "OK"
            client.select("INBOX", readonly=True)
            found.append(structures(client, len(kept)))
        known = listed_differences()
        unknown = []
        for number, (ours, theirs) in enumerate(zip(*found)):
            for name, left, right in (("ENVELOPE", ours[0], theirs[0]), ("BODYSTRUCTURE", lowered(ours[1]), lowered(theirs[1]))):
                for path, mine, other in differences(left, right, name):
                    key = next((key for key in ((number, path), ("rule", rule_of(mine, other))) if key in known), None)
                    if key:
                        known[key] = True
                    else:
                        unknown.append(f"{number} {path}: {mine} against {other}"[:400])
        assert not unknown, "\n".join(unknown[:40]) + f"\n{len(unknown)} differences that are not listed"
        gone = [key for key, seen in known.items() if not seen]
        assert not gone, f"listed but no longer different: {gone}"


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
