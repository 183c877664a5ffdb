"""postroomctl against a running server, as a person uses it. One function per scenario; the argument names it."""
import json
import imaplib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

from harness import PASSWORD, Playground, free_offset, run

BUILD = pathlib.Path(os.environ["POSTROOM_BUILD"])


class Control:
    def __init__(self, path):
        self.path = str(path)

    def __call__(self, *arguments, rc=0, stdin=""):
        done = subprocess.run([BUILD / "daemon/cli/postroomctl", "--socket", self.path, *arguments], input=stdin,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == rc, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout if rc == 0 else done.stdout + done.stderr

    def json(self, *arguments, **named):
        return json.loads(self("--json", *arguments, **named))


def control_of(server):
    return Control(pathlib.Path(server.folder) / "run/control.sock")


def change_settings(ctl, edit):
    """Applies the settings as edit(document) leaves them."""
    document = json.loads(ctl("settings", "export"))
    edit(document)
    ctl("settings", "apply", "-", stdin=json.dumps(document))


def signs_in(server, user, password):
    try:
        imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls()).login(user, password)
        return True
    except imaplib.IMAP4.error:
        return False


def people():
    with Playground() as server:
        ctl = control_of(server)
        ctl("domains", "add", "example.org")
        made = ctl.json("accounts", "add", "anna@example.org", "--name", "Anna", "--quota-bytes", "2G")
        assert made["account"]["quotaBytes"] == 2 << 30
        assert signs_in(server, "anna@example.org", made["generatedPassword"])
        ctl("accounts", "set-password", "anna@example.org", "--password-stdin", stdin="correct horse battery\n")
        assert signs_in(server, "anna@example.org", "correct horse battery")
        assert not signs_in(server, "anna@example.org", made["generatedPassword"])
        assert "anna@example.org" in ctl("accounts", "list")
        ctl("aliases", "add", "team@example.org", "anna@example.org", "me@localhost")
        assert ctl.json("alias", "list")["aliases"] == [{"address": "team@example.org", "members": ["anna@example.org", "me@localhost"],
                                                         "post": "anyone", "senders": [], "listMembers": False, "allowFrom": False}]
        ctl("aliases", "remove", "team@example.org")
        ctl("accounts", "remove", "anna@example.org")
        assert not signs_in(server, "anna@example.org", "correct horse battery")
        ctl("accounts", "restore", "anna@example.org")
        assert signs_in(server, "anna@example.org", "correct horse battery")
        assert "clean" in ctl("verify")


def removal():
    """A removed account comes back, or is deleted for good with its mail; a domain goes with its last account."""
    with Playground() as server:
        ctl = control_of(server)
        ctl("domains", "add", "example.org")
        ctl("accounts", "add", "anna@example.org")
        ctl("aliases", "add", "all@localhost", "anna@example.org", "me@localhost")
        for recipient in ("anna@example.org", "all@localhost"):
            run("swaks", "--server", f"127.0.0.1:{server.port(25)}", "--to", recipient, "--from", "a@example.net")
        assert "still has accounts" in ctl("domains", "remove", "example.org", rc=1)
        ctl("accounts", "remove", "anna@example.org")
        ctl("domains", "remove", "example.org")
        assert "example.org" not in ctl("domains", "list")
        assert "add the domain first" in ctl("accounts", "restore", "anna@example.org", rc=1)
        ctl("domains", "add", "example.org")
        ctl("accounts", "restore", "anna@example.org")
        assert ctl.json("accounts", "show", "anna@example.org")["account"]["messageCount"] == 2
        assert ctl.json("status")["messages"] == 3
        ctl("accounts", "remove", "anna@example.org", "--purge")
        ctl("accounts", "restore", "anna@example.org", rc=1)
        eventually(lambda: "anna@example.org" not in ctl("accounts", "list", "--include-removed"))
        ctl("domains", "remove", "example.org")
        assert "clean" in ctl("verify")
        made = ctl.json("accounts", "add", "anna@localhost")
        assert signs_in(server, "anna@localhost", made["generatedPassword"])


def relay():
    """The control protocol through standard input and output, as ssh would carry it."""
    with Playground() as server:
        ctl = control_of(server)
        calls = [{"jsonrpc": "2.0", "id": 1, "method": "hello", "params": {"client": "test"}}, {"jsonrpc": "2.0", "id": 2, "method": "accounts.list", "params": {}}]
        answers = [json.loads(line) for line in ctl("stdio", stdin="".join(json.dumps(each) + "\n" for each in calls)).splitlines()]
        assert [each["id"] for each in answers] == [1, 2], answers
        assert "me@localhost" in str(answers[1]["result"]), answers
        assert "stdio takes no more" in ctl("stdio", "x", rc=2)
        assert "/nonexistent/control.sock" in Control("/nonexistent/control.sock")("stdio", rc=69)


def errors():
    with Playground() as server:
        ctl = control_of(server)
        assert "did you mean accounts?" in ctl("accuonts", "list", rc=2)
        assert "accounts has:" in ctl("accounts", rc=2)
        assert "--qota-bytes" in ctl("accounts", "add", "a@localhost", "--qota-bytes", "1", rc=2)
        assert "not a size" in ctl("accounts", "add", "a@localhost", "--quota-bytes", "many", rc=2)
        assert "--password-stdin" in ctl("accounts", "add", "a@localhost", "--password", "x", rc=2)
        assert "hint:" in ctl("accounts", "show", "nobody@localhost", rc=1)
        assert ctl.json("accounts", "show", "nobody@localhost", rc=1)["error"]["path"] == "/address"
        assert "Usage: postroomctl accounts add" in ctl("accounts", "add", "--help")
        before = ctl("accounts", "list")
        ctl("accounts", "add", "a@localhost", "--dry-run", rc=0)
        assert ctl("accounts", "list") == before
        lonely = Control("/nonexistent/control.sock")
        assert "/nonexistent/control.sock" in lonely("status", rc=69)
        # What is no JSON-RPC is answered with what is wrong, and the connection goes on.
        raw = socket.socket(socket.AF_UNIX)
        raw.connect(ctl.path)
        lines = raw.makefile("rw", newline="\n")
        for bad in ("{", "[]", '{"jsonrpc":"2.0","id":1,"method":"status.get","params":{}}'):
            lines.write(bad + "\n")
            lines.flush()
            assert "error" in json.loads(lines.readline()), bad
        assert ctl.json("status")["hostname"] == "localhost"


def settings_documents():
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        ctl = control_of(server)
        document = json.loads(ctl("settings", "export"))
        document["domains"].append({"name": "example.org"})
        document["accounts"].append({"address": "bob@example.org", "name": "Bob", "role": "user", "quotaBytes": 0})
        file = pathlib.Path(folder) / "settings.json"
        file.write_text(json.dumps(document))
        paths = {each["path"] for each in ctl.json("settings", "diff", str(file))["changes"]}
        assert {"/domains/example.org", "/accounts/bob@example.org"} <= paths, paths
        ctl("domains", "add", "example.org")
        ctl("settings", "apply", str(file))
        assert ctl.json("settings", "diff", "-", stdin=ctl("settings", "export"))["changes"] == []
        newest = ctl.json("settings", "history")["entries"][0]
        ctl("settings", "undo", str(newest["revision"]))
        assert "bob@example.org" not in ctl("accounts", "list")
        document["server"]["maxRecipients"] = -1
        file.write_text(json.dumps(document))
        assert "/server/maxRecipients" in ctl("settings", "apply", str(file), rc=1)


def eventually(what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def queue():
    """Mail that waits is listed, tried again, held and dropped; mail that gets through is traced to its mailbox."""
    with Playground() as server:
        ctl = control_of(server)
        text = "Subject: queue\n\nhello\n"
        key = ctl.json("sendmail", "-f", "me@localhost", "--", "friend@example.net", stdin=text)["key"]
        ctl("sendmail", "x-temperror@example.net", stdin=text)
        waiting = eventually(lambda: [each for each in ctl.json("queue", "list")["messages"] if each["attempts"] > 0])
        assert len(waiting) == 1 and "451" in str(waiting), waiting
        number = str(waiting[0]["id"])
        story = eventually(lambda: "sent" in ctl("trace", key) and ctl("trace", key))
        assert "attempt" in story and "received" in story, story
        ctl("queue", "hold", number)
        assert ctl.json("status")["queueHeld"] == 1
        ctl("queue", "release", number)
        ctl("queue", "retry", number)
        eventually(lambda: ctl.json("queue", "list")["messages"][0]["attempts"] > 1)
        ctl("queue", "drop", number)
        assert ctl.json("queue", "list")["messages"] == []
        assert "no such message" in ctl("queue", "drop", number, rc=1)
        ctl("sendmail", "-t", stdin="To: x-permerror@example.net\nBcc: me@localhost\nSubject: report\n\nhello\n")
        client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        client.login("me@localhost", PASSWORD)

        def texts():
            client.select("INBOX", readonly=True)
            return b"".join(part[1] for part in client.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(part, tuple))

        eventually(lambda: b"delivery-status" in texts())
        assert b"Bcc:" not in texts() and b"Subject: queue" in texts()
        assert "clean" in ctl("verify")


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")


def serve():
    """A real server: set up over its control socket, its ports from the settings, ended by SIGTERM."""
    with tempfile.TemporaryDirectory(prefix="postroom-") as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"{folder}/notify")
        systemd.settimeout(20)
        server = subprocess.Popen([BUILD / "daemon/app/postroomd", "serve", "--state-dir", folder], env={**os.environ, "NOTIFY_SOCKET": f"{folder}/notify"},
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            assert server.stdout.readline() == "ready\n"
            assert systemd.recv(200).startswith(b"READY=1")
            ctl = Control(f"{folder}/run/control.sock")
            assert ctl.json("status")["hostname"] == ""
            offset = free_offset()
            document = json.loads(ctl("settings", "export"))
            for listener in document["listeners"]:
                listener["address"] = "127.0.0.1"
                listener["port"] = offset + (80 if listener["kind"] == "metrics" else listener["port"])
            ctl("settings", "apply", "-", stdin=json.dumps(document))
            made = ctl.json("setup", "example.org", "anna")
            greeting = wait_for(offset + 25).recv(200)
            assert greeting.startswith(b"220 mail.example.org"), greeting
            assert any("MX" in str(each) for each in made["dns"])
            run("swaks", "--server", "127.0.0.1", "--port", str(offset + 587), "--tls", "--auth", "PLAIN",
                "--auth-user", made["address"], "--auth-password", made["generatedPassword"],
                "--from", made["address"], "--to", made["address"])
            assert ctl.json("status")["messages"] == 1
            assert made["address"] in ctl("trace", made["address"])
            document = json.loads(ctl("settings", "export"))
            for listener in document["listeners"]:
                if listener["kind"] == "smtp":
                    listener["enabled"] = False
            ctl("settings", "apply", "-", stdin=json.dumps(document))
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", offset + 25), timeout=5).close()
                    time.sleep(0.05)
                except ConnectionRefusedError:
                    break
            else:
                raise AssertionError("a listener that is switched off stays open")
            server.terminate()
            assert systemd.recv(200).startswith(b"STOPPING=1")
            assert server.wait(20) == 0
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
