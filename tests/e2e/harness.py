"""Starts a playground in a temporary folder with ports of its own, and stops it. Standard library only."""
import contextlib
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("POSTROOM_BUILD", SOURCE / "build/dev"))
DAEMON = BUILD / "daemon/app/postroomd"
PASSWORD = "postroom-local"


def free_offset():
    """An offset at which all seven ports are free now."""
    for offset in range(3000 + os.getpid() % 400 * 100, 60000, 1000):
        with contextlib.ExitStack() as stack:
            try:
                for port in (25, 80, 143, 443, 465, 587, 993):
                    probe = stack.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", offset + port))
                return offset
            except OSError:
                continue
    raise RuntimeError("no free ports")


class Playground:
    """`wrapper` is a command that runs the server (a tracer); `environment` is added to this process's."""

    def __init__(self, *options, folder=None, wrapper=(), environment=None):
        self.temporary = None
        if folder is None:
            self.temporary = tempfile.TemporaryDirectory(prefix="postroom-")
            folder = self.temporary.name
        self.folder = pathlib.Path(folder)
        self.offset = free_offset()
        self.options = options
        self.wrapper = wrapper
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.start()

    def start(self):
        log = open(self.folder.with_suffix(".log"), "ab")
        self.process = subprocess.Popen(
            [*self.wrapper, DAEMON, "local", "--state-dir", self.folder, "--port-offset", str(self.offset), *self.options],
            stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment)
        log.close()
        self.table = []
        for line in self.process.stdout:
            if line == "ready\n":
                return
            self.table.append(line)
        raise RuntimeError("the server did not become ready: " + self.log())

    def log(self):
        return self.folder.with_suffix(".log").read_text(errors="replace")

    def port(self, standard):
        return self.offset + standard

    def tls(self):
        return ssl.create_default_context(cafile=self.folder / "ca.pem")

    def unhandled_errors(self):
        """The server's own count of errors nobody handled; 0 in every test."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port(80)}/metrics", timeout=20) as page:
            return int(re.search(r"^postroom_unhandled_errors_total (\d+)$", page.read().decode(), re.MULTILINE)[1])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, "exit code after SIGTERM"

    def verify(self):
        done = subprocess.run([DAEMON, "verify", "--state-dir", self.folder], capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout == "clean\n", done.stdout + done.stderr

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            if kind is None:
                errors = self.unhandled_errors()
                assert errors == 0, f"{errors} errors nobody handled: {self.log()[-3000:]}"
                self.stop()
            else:
                self.kill()
        if kind is not None:
            print(self.log()[-4000:])
        else:
            self.verify()
        self.folder.with_suffix(".log").unlink(missing_ok=True)
        if self.temporary:
            self.temporary.cleanup()


def run(*command, **named):
    """Runs a program that must succeed; its output is shown when it does not."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120, **named)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} exited with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr
