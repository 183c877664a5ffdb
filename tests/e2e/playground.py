"""postroomd as a person starts it: its options, what it says of wrong ones, who may have a folder, how it ends.
One function per scenario; the argument names it."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile

from harness import DAEMON, PASSWORD, SOURCE, Playground, free_offset
from postroomctl import control_of, signs_in


def refused(*arguments, rc=1):
    """What postroomd says on standard error when it does not start."""
    done = subprocess.run([DAEMON, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == rc, (arguments, done.returncode, done.stdout, done.stderr)
    assert "ready" not in done.stdout, done.stdout
    said = [line for line in done.stderr.splitlines() if line.startswith(("postroomd: ", "  hint: "))]
    assert said, done.stderr
    return "\n".join(said)


def accepts(port):
    with socket.socket() as probe:
        probe.settimeout(20)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def rcpt(server, address):
    """The reply to RCPT TO on the SMTP port."""
    with socket.create_connection(("127.0.0.1", server.port(25)), timeout=20) as wire:
        lines = wire.makefile("rwb", buffering=0)
        lines.readline()
        for command in ("HELO x.test", "MAIL FROM:<a@x.test>", f"RCPT TO:<{address}>"):
            lines.write(command.encode() + b"\r\n")
            reply = lines.readline()
        return reply


def kept(server):
    """How many domains and accounts there are."""
    ctl = control_of(server)
    return len(ctl.json("domains", "list")["domains"]), len(ctl.json("accounts", "list")["accounts"])


def content(file):
    with contextlib.closing(sqlite3.connect(file)) as db:
        return list(db.iterdump())


def options():
    """--port-offset, --fresh, --strict, --zone, --smtp-out-port, and --dir as another name of --state-dir."""
    with Playground() as server:
        text = "".join(server.table)
        for port in (25, 143, 465, 587, 993):
            assert accepts(server.port(port)) and f":{server.port(port)}" in text, (port, text)
        assert PASSWORD in text and "me@localhost" in text and str(server.folder) in text, text
        assert signs_in(server, "me@localhost", PASSWORD)
        assert rcpt(server, "nobody@nowhere.example").startswith(b"250 ")
        assert kept(server) == (1, 2)
    with Playground("--strict") as server:
        assert rcpt(server, "me@localhost").startswith(b"250 ")
        assert rcpt(server, "nobody@localhost").startswith(b"550 5.1.1 ")
        assert rcpt(server, "nobody@nowhere.example").startswith(b"550 5.7.1 ")
    with Playground("--fresh") as server:
        assert "me@localhost" not in "".join(server.table)
        assert kept(server) == (0, 0)
    zone()


def zone():
    """Outgoing mail follows the zone file to the port that was given."""
    with tempfile.TemporaryDirectory(prefix="postroom-") as folder, socket.create_server(("127.0.0.1", 0)) as sink:
        sink.settimeout(30)
        file = pathlib.Path(folder) / "zone.json"
        file.write_text(json.dumps({"there.example": {"MX": ["10 mx.there.example"]}, "mx.there.example": {"A": ["127.0.0.1"]}}))
        with Playground("--zone", file, "--smtp-out-port", str(sink.getsockname()[1])) as server:
            control_of(server)("sendmail", "someone@there.example", stdin="Subject: x\n\nx\n")
            wire, _ = sink.accept()
            with wire:
                wire.sendall(b"220 here\r\n")
                assert wire.recv(100).upper().startswith(b"EHLO ")
                wire.sendall(b"554 not today\r\n")
        file.write_text('{"there.example": {"MX": ["mx.there.example"]}}')
        said = refused("local", "--state-dir", f"{folder}/state", "--zone", file, "--port-offset", str(free_offset()))
        assert "an MX is written as" in said, said
        said = refused("local", "--state-dir", f"{folder}/state", "--zone", f"{folder}/none", "--port-offset", str(free_offset()))
        assert f"{folder}/none" in said, said


def wrong_options():
    """Each is named, and nothing is made."""
    with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
        state = f"{folder}/state"
        for offset in ("-1", "60001", "many", "", "1e3"):
            assert "--port-offset must be 0 to 60000" in refused("local", "--state-dir", state, f"--port-offset={offset}", rc=2)
        for port in ("0", "65536", "smtp"):
            assert "--smtp-out-port must be 1 to 65535" in refused("local", "--state-dir", state, f"--smtp-out-port={port}", rc=2)
        assert "loud is not a log level" in refused("local", "--state-dir", state, "--log-level", "loud", rc=2).replace('"', "")
        assert "one command is needed" in refused("--state-dir", state, rc=2)
        assert "run is not a command" in refused("run", "--state-dir", state, rc=2)
        assert "serve needs --state-dir" in refused("serve", rc=2)
        assert "go together" in refused("serve", "--state-dir", state, "--key", "x", rc=2)
        assert not os.path.exists(state)
        unknown = subprocess.run([DAEMON, "local", "--nosuch"], capture_output=True, text=True, timeout=60)
        assert unknown.returncode != 0 and "nosuch" in unknown.stderr, unknown


def edges():
    """The limits of lengths and numbers, at and beyond them."""
    with tempfile.TemporaryDirectory(prefix="p-") as base:
        tail = "/run/control.sock"
        fits = base + "/" + "x" * (106 - len(base) - 1 - len(tail))
        pathlib.Path(fits).mkdir()
        with Playground(folder=fits) as server:
            assert control_of(server).json("status")["hostname"] == "localhost"
        said = refused("local", "--state-dir", fits + "x", "--port-offset", str(free_offset()))
        assert "the socket path has 107 bytes, the system allows 106" in said, said
        with Playground("--control-socket", base + "/short.sock", folder=base + "/" + "y" * 120):
            assert os.path.exists(base + "/short.sock")
        assert not os.path.exists(base + "/short.sock")


def one_folder_one_server():
    """A folder that is in use is left alone; when its server is gone, even killed, the next one takes it."""
    with Playground() as first:
        before = control_of(first).json("status")
        for command in ("local", "serve"):
            said = refused(command, "--state-dir", first.folder, *(["--port-offset", str(free_offset())] if command == "local" else []))
            assert "another postroomd runs on the folder" in said and "hint:" in said, said
        said = refused("local", "--dir", f"{first.folder}/../{first.folder.name}", "--port-offset", str(free_offset()))
        assert "another postroomd runs on the folder" in said, said
        # Another folder, but the same ports or the same socket: refused, and the first one keeps both.
        with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
            said = refused("local", "--state-dir", folder, "--port-offset", str(first.offset))
            assert "--port-offset" in said, said
            said = refused("local", "--state-dir", folder, "--port-offset", str(free_offset()), "--control-socket", first.folder / "run/control.sock")
            assert "control.sock" in said, said
        after = control_of(first).json("status")
        assert after["accounts"] == before["accounts"] and after["uptimeSeconds"] >= before["uptimeSeconds"]
        assert signs_in(first, "me@localhost", PASSWORD)
        first.kill()
        first.start()
        assert control_of(first).json("status")["accounts"] == before["accounts"]
        first.stop()
        first.start()


def databases():
    """A database of a later version and a file that is none of ours are refused and not touched."""
    with tempfile.TemporaryDirectory(prefix="postroom-") as base:
        folder = pathlib.Path(base) / "state"
        folder.mkdir()
        with Playground(folder=folder):
            pass
        with sqlite3.connect(folder / "postroom.db") as db:
            db.execute("insert into migrations values('store/9999_later', 9999999999999, '99.1')")
        db.close()
        before = content(folder / "postroom.db")
        said = refused("local", "--state-dir", folder, "--port-offset", str(free_offset()))
        assert "written by version 99.1, which is newer than this program" in said, said
        assert content(folder / "postroom.db") == before
        with sqlite3.connect(folder / "postroom.db") as db:
            db.execute("delete from migrations where version = '99.1'")
        db.close()
        with Playground(folder=folder) as server:
            assert signs_in(server, "me@localhost", PASSWORD)
        for name, text in (("text", b"this is no database\n" * 100), ("foreign", None)):
            other = pathlib.Path(base) / name
            other.mkdir()
            file = other / "postroom.db"
            if text:
                file.write_bytes(text)
            else:
                with sqlite3.connect(file) as db:
                    db.execute("create table theirs(a)")
                db.close()
            said = refused("local", "--state-dir", other, "--port-offset", str(free_offset()))
            assert "database" in said, said
            if text:
                assert file.read_bytes() == text
            else:
                with sqlite3.connect(file) as db:
                    assert db.execute("select name from sqlite_master").fetchall() == [("theirs",)]
                db.close()


def ends():
    """SIGTERM and SIGINT end it with 0 and leave nothing open; so does installer/try, which starts it."""
    for which in (signal.SIGTERM, signal.SIGINT):
        with Playground() as server:
            server.process.send_signal(which)
            assert server.process.wait(20) == 0, which
            assert not (server.folder / "run/control.sock").exists()
            assert not accepts(server.port(25))
            server.verify()
            server.start()
    with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
        # A copy of the script whose set-up and build do nothing: they are not what is tested here.
        source = pathlib.Path(folder) / "source"
        (source / "installer").mkdir(parents=True)
        (source / "bin").mkdir()
        shutil.copy(SOURCE / "installer/try", source / "installer/try")
        for tool in (source / "installer/setup", source / "bin/cmake"):
            tool.write_text("#!/bin/sh\nexit 0\n")
            tool.chmod(0o755)
        (source / "build").mkdir()
        (source / "build/dev").symlink_to(DAEMON.parents[2])
        offset = free_offset()
        started = subprocess.Popen([source / "installer/try", "--headless", "--state-dir", f"{folder}/state", "--port-offset", str(offset)],
                                   env={**os.environ, "PATH": f"{source}/bin:{os.environ['PATH']}"}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            lines = []
            while not lines or lines[-1] != "ready\n":
                lines.append(started.stdout.readline())
                assert lines[-1], lines
            assert PASSWORD in "".join(lines), lines
            started.terminate()
            assert started.wait(30) == 0
            assert started.stdout.read() == ""
            assert not accepts(offset + 25)
        finally:
            started.kill()
            started.wait()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
