"""More IMAP clients against a playground. One function per scenario; the argument names it."""
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import messages
from clients import fetch_all, imap
from harness import PASSWORD, Playground, run
from peers import Dovecot


def append_all(client, kept, mailbox="INBOX"):
    for number, body in enumerate(kept):
        kind, data = client.append(mailbox, r"(\Seen)" if number % 2 else None, None, body)
        assert kind == "OK", data


def python_imaplib():
    """SEARCH, SORT, THREAD and their UID forms by imaplib."""
    with Playground() as server:
        client = imap(server)
        for number in range(300):
            client.append("INBOX", r"(\Flagged)" if number % 3 == 0 else None, f'"{number % 28 + 1:02}-Jan-2026 10:00:00 +0000"',
                          f"From: s{number % 7}@x.test\r\nSubject: {'Re: ' if number % 2 else ''}topic {number // 2}\r\n"
                          f"Message-ID: <{number}@x>\r\n{'In-Reply-To: <%d@x>' % (number - 1) if number % 2 else 'X: y'}\r\n\r\n"
                          f"text number {number}x caf\xe9\r\n".encode())
        client.select("INBOX")
        assert client.search(None, "TEXT", '"number 77x"') == ("OK", [b"78"])
        assert client.search(None, "FROM", "s3@", "FLAGGED") == ("OK", [b" ".join(b"%d" % (n + 1) for n in range(300) if n % 7 == 3 and n % 3 == 0)])
        client.literal = "CAFÉ".encode()
        assert client.uid("SEARCH", "CHARSET", "UTF-8", "BODY") == ("OK", [b" ".join(b"%d" % (n + 1) for n in range(300))])
        assert client.search("x-nobody", "TEXT", "a")[0] == "NO"
        kind, data = client.sort("(REVERSE FROM SUBJECT)", "UTF-8", "1:20")
        subject = lambda n: f"TOPIC {n // 2}"
        expected = sorted(range(20), key=lambda n: (-(n % 7), subject(n), n))
        assert (kind, data) == ("OK", [b" ".join(b"%d" % (n + 1) for n in expected)]), data
        kind, data = client.uid("THREAD", "REFERENCES", "UTF-8", "1:6")
        assert (kind, data) == ("OK", [b"(1 2)(3 4)(5 6)"]), data
        kind, data = client.thread("ORDEREDSUBJECT", "UTF-8", "SUBJECT", '"topic 100"')
        assert (kind, data) == ("OK", [b"(201 202)"]), data


def on_terminal(command, environment, steps, seconds=60):
    """Runs a program on a terminal; `steps` are (text to wait for, keys to type then). It must end by itself after the last."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm", **environment)
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
    screen = b""
    steps = list(steps)
    ended = False
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline and not ended:
            if select.select([terminal], [], [], 0.3)[0]:
                try:
                    screen += os.read(terminal, 65536)
                except OSError:
                    ended = True
            elif steps and steps[0][0] in screen:   # once it has nothing more to draw
                os.write(terminal, steps.pop(0)[1])
                screen = b"" if steps else screen
        assert ended and not steps, (steps, screen[-2000:])
    finally:
        if not ended:
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def muttlike(program):
    """Reads, searches on the server and flags with a header cache; the second start reads the cache. Both must show the same."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        client = imap(server)
        append_all(client, [b"From: s%d@x.test\r\nSubject: number %d here\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n\r\nbody words %d\r\n" % (n, n, n)
                            for n in range(40)])
        root = pathlib.Path(folder)
        (root / "cache").mkdir()
        settings = root / "muttrc"
        settings.write_text(f'set folder="imaps://me@localhost@localhost:{server.port(993)}/"\nset spoolfile="+INBOX"\n'
                            f'set imap_user="me@localhost"\nset imap_pass="{PASSWORD}"\nset ssl_ca_certificates_file="{server.folder}/ca.pem"\n'
                            f'set certificate_file=/dev/null\nset header_cache="{folder}/cache/"\nset message_cachedir="{folder}/cache/"\n'
                            'set wait_key=no\nset imap_condstore=yes\nset imap_qresync=yes\nset sort=date\nset quit=yes\nset confirmappend=no\n')
        start = [program, "-n", "-F", str(settings)]
        on_terminal(start, {"HOME": folder}, [(b"number 0 here", b"=\r"), (b"body words 0", b"i"),
                                              (b"number 1 here", b"l=b \"words 17\"\r"), (b"17", b"F"), (b"", b"q")])
        cached = [path for path in (root / "cache").rglob("*") if path.is_file() and path.stat().st_size > 0]
        assert cached, "no header cache was written"
        client.select("INBOX")
        assert client.search(None, "FLAGGED") == ("OK", [b"18"]), client.search(None, "FLAGGED")
        client.append("INBOX", None, None, b"Subject: the late one\r\n\r\nnew\r\n")
        client.store("2:3", "+FLAGS", r"(\Deleted)")
        client.expunge()
        on_terminal(start, {"HOME": folder}, [(b"late one", b"q")])


def mutt_cache():
    muttlike("mutt")


def neomutt_cache():
    muttlike("neomutt")


def offlineimap():
    """Two-way, twice: what was made on either side is on the other."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        client = imap(server)
        kept = [body for body in messages.all_messages() if b"\0" not in body][:60]
        append_all(client, kept)
        root = pathlib.Path(folder)
        (root / "rc").write_text(
            f"[general]\naccounts = a\nmetadata = {folder}/state\nui = basic\n\n[Account a]\nlocalrepository = l\nremoterepository = r\n\n"
            f"[Repository l]\ntype = Maildir\nlocalfolders = {folder}/mail\n\n[Repository r]\ntype = IMAP\nremotehost = localhost\n"
            f"remoteport = {server.port(993)}\nremoteuser = me@localhost\nremotepass = {PASSWORD}\nssl = yes\n"
            f"sslcacertfile = {server.folder}/ca.pem\nauth_mechanisms = PLAIN\n")
        again = lambda: run("offlineimap", "-c", str(root / "rc"), "-o", env={**os.environ, "HOME": folder})
        again()
        inbox = root / "mail/INBOX"
        local = [path for sub in ("cur", "new") for path in (inbox / sub).iterdir()]
        assert len(local) == len(kept), len(local)
        seen = [path for path in local if "S" in path.name.rpartition(",")[2]]
        assert len(seen) == len(kept) // 2, len(seen)
        (inbox / "new" / "made-here.1").write_bytes(b"Subject: made here\n\nlocal\n")
        seen[0].unlink()
        client.select("INBOX")
        client.store("1", "+FLAGS", r"(\Flagged)")
        again()
        again()
        client.noop()
        assert client.search(None, "SUBJECT", '"made here"')[1] != [b""]
        assert len(client.search(None, "ALL")[1][0].split()) == len(kept)
        flagged = [path for sub in ("cur", "new") for path in (inbox / sub).iterdir() if "F" in path.name.rpartition(",")[2]]
        assert len(flagged) == 1, flagged


IMAPFLOW = "imapflow@2.10.2"


def imapflow():
    """The client of imapflow_client.mjs, taken from the npm registry; says "skipped" where that can't be reached."""
    with tempfile.TemporaryDirectory() as folder:
        if not shutil.which("npm"):
            return print("skipped: there is no npm")
        done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", IMAPFLOW], cwd=folder, capture_output=True,
                              text=True, timeout=200)
        if done.returncode != 0:
            return print("skipped: npm install failed\n" + done.stderr[-500:])
        with Playground() as server:
            print(run("node", pathlib.Path(__file__).with_name("imapflow_client.mjs"), cwd=folder,
                      env={**os.environ, "PORT": str(server.port(993)), "CA": str(server.folder / "ca.pem"), "USER": "me@localhost",
                           "PASSWORD": PASSWORD}))


SESSION = pathlib.Path(__file__).with_name("imap_session.txt")
NUMBERS = re.compile(rb"UIDVALIDITY \d+|HIGHESTMODSEQ \d+|MODSEQ \(?\d+\)?|APPENDUID \d+|COPYUID \d+")


def replies(client, command):
    """The untagged lines that answer a command, in an order of their own, and OK, NO or BAD."""
    client.send(b"x " + command + b"\r\n")
    lines = []
    while True:
        line = client.readline()
        assert line, "closed"
        while match := re.search(rb"\{(\d+)\}\r\n$", line):
            line += client.read(int(match[1])) + client.readline()
        if line.startswith(b"x "):
            return sorted(lines), line.split()[1]
        if not line.startswith((b"* OK", b"+ ")) and not re.match(rb"\* \d+ RECENT", line):
            lines.append(NUMBERS.sub(lambda found: found[0].split()[0] + b" n", line.strip()))


def dovecot_session():
    """imap_session.txt played to both servers. A command may have a line before it, "! RFC section why", that says what decides
    where the two differ; such commands must differ, the others must not."""
    kept = [b"From: s%d@x.test\r\nTo: me@y.test\r\nSubject: %stopic %d\r\nDate: %d Jan 2026 10:00:00 +0000\r\nMessage-ID: <%d@x>\r\n%s\r\nbody %d caf\xc3\xa9\r\n"
            % (n % 3, b"Re: " if n % 2 else b"", n // 2, 28 - n, n, b"In-Reply-To: <%d@x>\r\n" % (n - 1) if n % 2 else b"", n) for n in range(12)]
    with Playground() as server, Dovecot("mdbox") as dovecot:
        ours, theirs = imap(server), dovecot.imap()
        for client in (ours, theirs):
            append_all(client, kept)
        differing, unexplained, number, reason = 0, [], 0, None
        for line in SESSION.read_text().splitlines():
            if line.startswith("! "):
                assert re.match(r"! RFC \d+ \S+ ", line), line
                reason = line[2:]
            elif line and not line.startswith("#"):
                number += 1
                a, b = replies(ours, line.encode()), replies(theirs, line.encode())
                if (a != b) != (reason is not None):
                    unexplained.append((line, reason, "ours", a, "theirs", b))
                differing += a != b
                reason = None
        for each in unexplained:
            print(*each, sep="\n  ")
        assert not unexplained
        print(f"{number} commands, {differing} differ, each with its section")


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
