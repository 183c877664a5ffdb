"""Real clients against a playground. One function per scenario; the argument names it."""
import email.utils
import imaplib
import os
import pathlib
import pty
import select
import smtplib
import subprocess
import sys
import tempfile
import time

import messages
from harness import PASSWORD, Playground, run


def imap(server, user="me@localhost"):
    client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
    client.login(user, PASSWORD)
    return client


def fetch_all(client, mailbox="INBOX"):
    client.select(mailbox, readonly=True)
    kind, data = client.fetch("1:*", "(UID BODY.PEEK[])")
    assert kind == "OK", data
    return [part[1] for part in data if isinstance(part, tuple)]


def swaks():
    with Playground() as server:
        for mechanism in ("PLAIN", "LOGIN"):
            for port, how in ((587, "--tls"), (465, "--tls-on-connect")):
                run("swaks", "--server", "127.0.0.1", "--port", str(server.port(port)), how, "--auth", mechanism,
                    "--auth-user", "friend@localhost", "--auth-password", PASSWORD,
                    "--from", "friend@localhost", "--to", "me@localhost", "--body", f"{mechanism} {port}")
        run("swaks", "--server", "127.0.0.1", "--port", str(server.port(25)), "--from", "a@example.org",
            "--to", "anyone@example.net", "--body", "from outside")
        bodies = fetch_all(imap(server))
        assert len(bodies) == 5, len(bodies)
        assert b"Delivered-To: anyone@example.net\r\n" in bodies[4]
        wrong = subprocess.run(["swaks", "--server", "127.0.0.1", "--port", str(server.port(587)), "--tls", "--auth", "PLAIN",
                                "--auth-user", "friend@localhost", "--auth-password", "wrong", "--to", "me@localhost"],
                               capture_output=True, text=True)
        assert wrong.returncode == 28 and "535 5.7.8" in wrong.stdout, wrong.stdout


def scram():
    with Playground() as server:
        for port, how in ((587, "on"), (465, "off")):
            for mechanism in ("scram-sha-256-plus", "scram-sha-1-plus"):
                with tempfile.NamedTemporaryFile("w") as settings:
                    settings.write(f"account default\nhost localhost\nport {server.port(port)}\ntls on\ntls_starttls {how}\n"
                                   f"tls_trust_file {server.folder}/ca.pem\nauth {mechanism}\nuser friend@localhost\n"
                                   f"password {PASSWORD}\nfrom friend@localhost\n")
                    settings.flush()
                    run("msmtp", "-C", settings.name, "me@localhost", input=f"Subject: {mechanism}\n\nhello\n")
        for protocol, port in (("--smtp", 587), ("--imap", 143)):
            for mechanism in ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "PLAIN"):
                output = run("gsasl", protocol, "--connect", f"localhost:{server.port(port)}", "--mechanism", mechanism,
                             "--authentication-id", "me@localhost", "--password", PASSWORD, f"--x509-ca-file={server.folder}/ca.pem",
                             *([] if mechanism.endswith("PLUS") else ["--no-cb"]), stdin=subprocess.DEVNULL)
                assert "Client authentication finished" in output, output
        assert len(fetch_all(imap(server))) == 4


def curl():
    with Playground() as server:
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            client.sendmail("a@example.org", ["me@localhost"], "Subject: by curl\r\n\r\nhello\r\n")
        output = run("curl", "-s", "--cacert", str(server.folder / "ca.pem"), "-u", f"me@localhost:{PASSWORD}",
                     f"imaps://localhost:{server.port(993)}/INBOX;UID=1")
        assert "Subject: by curl" in output and output.endswith("hello\n"), output
        output = run("curl", "-s", f"http://127.0.0.1:{server.port(80)}/metrics")
        assert 'postroom_smtp_messages_total{listener="smtp",result="accepted"} 1' in output, output
        assert "postroom_unhandled_errors_total 0" in output, output


def python_clients():
    with Playground() as server:
        client = smtplib.SMTP("localhost", server.port(587))
        client.starttls(context=server.tls())
        client.login("friend@localhost", PASSWORD)
        client.sendmail("friend@localhost", ["me@localhost"], "Subject: one\r\n\r\nfirst\r\n")
        client.quit()
        watcher = imap(server)
        watcher.select("INBOX")
        session = imap(server)
        for command in (lambda: session.create("Work/2026"), lambda: session.subscribe("Work/2026"),
                        lambda: session.append("Work/2026", r"(\Flagged $Label1)", '"01-Jan-2026 10:00:00 +0100"', b"Subject: kept\r\n\r\nx\r\n"),
                        lambda: session.select("INBOX"), lambda: session.copy("1", "Archive"),
                        lambda: session.store("1", "+FLAGS", r"(\Seen $Work)"), lambda: session.uid("MOVE", "1", "Trash"),
                        lambda: session.rename("Work/2026", "Work/Old"), lambda: session.select("Work/Old")):
            kind, data = command()
            assert kind == "OK", data
        kind, data = session.fetch("1", "(FLAGS INTERNALDATE RFC822.SIZE)")
        assert data == [rb'1 (FLAGS (\Flagged \Recent $Label1) INTERNALDATE " 1-Jan-2026 09:00:00 +0000" RFC822.SIZE 20)'], data
        assert session.search(None, "SUBJECT", "kept") == ("OK", [b"1"])
        assert session.search(None, "NOT", "FLAGGED") == ("OK", [b""])
        watcher.noop()
        assert watcher.untagged_responses["EXPUNGE"] == [b"1"], watcher.untagged_responses
        assert [b for b in fetch_all(session, "Trash")][0].endswith(b"first\r\n")
        for bad in ("FETCH 1 (NONSENSE)", "FETCH", 'SELECT "x', "SEARCH LARGER many", "STORE 1 FLAGS (\\Nonsense)"):
            session.send(b"z1 " + bad.encode() + b"\r\n")
            answer = session.readline()
            assert answer.startswith(b"z1 BAD "), (bad, answer)


def mbsync():
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for sub in ("cur", "new", "tmp"):
            (root / "mail/INBOX" / sub).mkdir(parents=True)
        kept = messages.all_messages()
        for number in range(2000):
            body = kept[number % len(kept)].replace(b"\r\n", b"\n")
            (root / "mail/INBOX/cur" / f"{number}.test:2,S").write_bytes(b"X-Number: %d\n" % number + body)
        (root / "rc").write_text(
            f"IMAPAccount a\nHost localhost\nPort {server.port(993)}\nUser me@localhost\nPass {PASSWORD}\nTLSType IMAPS\n"
            f"CertificateFile {server.folder}/ca.pem\nAuthMechs *\n\nIMAPStore remote\nAccount a\n\n"
            f"MaildirStore local\nPath {root}/mail/\nInbox {root}/mail/INBOX\nSubFolders Verbatim\n\n"
            f"Channel c\nFar :remote:\nNear :local:\nPatterns *\nCreate Both\nExpunge Both\nSyncState {root}/state/\n")
        (root / "state").mkdir()
        run("mbsync", "-c", str(root / "rc"), "-a")
        client = imap(server)
        assert client.select("INBOX") == ("OK", [b"2000"])
        again = run("mbsync", "-c", str(root / "rc"), "-a", "-V")
        numbers = [line for line in again.splitlines() if line.startswith("Channels:") or "far" in line.lower()]
        assert "+0 *0 #0" in again.replace("-0", "") or all("+0" in line for line in numbers), again
        client.store("1:10", "+FLAGS", r"(\Deleted)")
        client.expunge()
        run("mbsync", "-c", str(root / "rc"), "-a")
        assert len(list((root / "mail/INBOX/cur").iterdir())) == 1990


def mutt_screen(settings, folder, subject, text):
    """What mutt shows until `text` is among it; a message is opened when `subject` is listed."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm", HOME=str(folder), LINES="40", COLUMNS="120")
        os.execvp("mutt", ["mutt", "-n", "-F", str(settings)])
    screen = b""
    sent = False
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and text not in screen:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                screen += os.read(terminal, 65536)
            except OSError:
                break
        if not sent and subject in screen:
            os.write(terminal, b"\r")
            sent = True
    os.write(terminal, b"qqy")
    os.kill(process, 9)
    os.waitpid(process, 0)
    return screen


def mutt():
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            client.sendmail("a@example.org", ["me@localhost"], "Subject: read by mutt\r\n\r\nhello mutt\r\n")
        settings = pathlib.Path(folder) / "muttrc"
        settings.write_text(f'set folder="imaps://me@localhost@localhost:{server.port(993)}/"\nset spoolfile="+INBOX"\n'
                            f'set imap_user="me@localhost"\nset imap_pass="{PASSWORD}"\nset ssl_ca_certificates_file="{server.folder}/ca.pem"\n'
                            "set certificate_file=/dev/null\nset header_cache=\nset wait_key=no\n")
        assert b"hello mutt" in mutt_screen(settings, folder, b"read by mutt", b"hello mutt")


def corpus():
    """SMTP in, IMAP out, byte for byte."""
    kept = messages.all_messages()
    assert len(set(kept)) >= 200 and len(messages.CHARSETS) >= 20
    with Playground() as server:
        with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
            client.ehlo("test.example")
            for body in kept:
                client.sendmail("a@example.org", ["me@localhost"], body, mail_options=["BODY=8BITMIME"])
        got = fetch_all(imap(server))
        assert len(got) == len(kept)
        for number, (sent, received) in enumerate(zip(kept, got)):
            assert received.endswith(sent), f"message {number} was changed"
            added = received[:len(received) - len(sent)]
            assert added.startswith(b"Return-Path: <a@example.org>\r\nDelivered-To: me@localhost\r\nReceived: "), added
        # APPEND takes the same bytes, and FETCH gives each part of them.
        client = imap(server)
        for body in kept[:50]:
            assert client.append("Drafts", None, None, body)[0] == "OK"
        assert fetch_all(client, "Drafts") == kept[:50]
        client.select("Drafts", readonly=True)
        assert client.fetch("1:*", "(ENVELOPE BODYSTRUCTURE BODY.PEEK[1] BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[0] == "OK"


def shutdown():
    with Playground() as server:
        busy = smtplib.SMTP("127.0.0.1", server.port(25))
        busy.ehlo("a.example")
        busy.mail("a@example.org")
        busy.rcpt("me@localhost")
        busy.docmd("DATA")
        idle = imap(server)
        server.process.terminate()
        assert idle.readline().startswith(b"* BYE")
        busy.send(b"Subject: last\r\n\r\nword\r\n.\r\n")
        assert busy.getreply()[0] == 250
        assert busy.getreply()[0] == 421
        assert server.process.wait(15) == 0
        server.start()
        assert len(fetch_all(imap(server))) == 1


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
