"""Draining a queue to a server that takes everything, against Debian's postfix in the same run. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/queue_drain.py [messages]      (default 10000; needs root for postfix)

Both are given that many messages of 10 KiB to one domain while nothing leaves; then the time from letting go until smtp-sink has counted them
all, with 20 connections to that destination for each. Ours commits every result to the disk before it counts.
"""
import json
import os
import pathlib
import re
import smtplib
import subprocess
import sys
import tempfile
import threading
import time

import figures
from figures import harness
from harness import PASSWORD, Playground
from peers import Postfix, free_port, wait_for
from postroomctl import change_settings, control_of

SIZE = 10 * 1024
CONNECTIONS = 20
BODY = "From: me@localhost\r\nSubject: drain\r\n\r\n" + ("0123456789abcdef" * 4 + "\r\n") * (SIZE // 66)


class Sink:
    """Debian's smtp-sink; tells how many messages it took."""

    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(["smtp-sink", "-u", "nobody", "-c", f"127.0.0.1:{self.port}", "500"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.taken = 0
        threading.Thread(target=self.count, daemon=True).start()

    def count(self):
        text = b""
        while chunk := os.read(self.process.stdout.fileno(), 65536):
            text = (text + chunk)[-200:]
            if found := re.findall(rb"mesg=(\d+)\r", text):
                self.taken = int(found[-1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def fill(port, messages, tls=None):
    """By eight connections."""
    def some(count):
        client = smtplib.SMTP_SSL("127.0.0.1", port, context=tls, timeout=60) if tls else smtplib.SMTP("127.0.0.1", port, timeout=60)
        with client:
            if tls:
                client.login("me@localhost", PASSWORD)
            for _ in range(count):
                client.sendmail("me@localhost", ["someone@sink.test"], BODY)

    threads = [threading.Thread(target=some, args=(messages // 8 + (number < messages % 8),)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def drain(sink, messages, go, most=600):
    before = time.monotonic()
    go()
    while sink.taken < messages:
        assert time.monotonic() - before < most, f"only {sink.taken} of {messages} left"
        time.sleep(0.005)
    return time.monotonic() - before


def ours(messages):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    (folder / "zone.json").write_text(json.dumps({"sink.test": {"A": ["127.0.0.1"]}}))
    with Sink() as sink, Playground("--zone", str(folder / "zone.json"), "--smtp-out-port", str(sink.port), "--log-level", "warn") as server:
        ctl = control_of(server)
        change_settings(ctl, lambda to: to["server"].update(connectionsPerDestination=CONNECTIONS, maxMessagesPerConnection=100000))
        ctl("hold-rule", "add", "--everything")
        fill(server.port(465), messages, server.tls())
        ctl("hold-rule", "remove", "1")
        cpu = figures.cpu_seconds(server.process.pid)
        seconds = drain(sink, messages, lambda: ctl("queue", "release", "--all"))
        wait_for("the queue is empty", lambda: not ctl.json("queue", "list")["messages"], 60)
        return messages / seconds, 1000 * (figures.cpu_seconds(server.process.pid) - cpu) / messages


def theirs(messages):
    with Sink() as sink:
        settings = {"defer_transports": "smtp", "smtp_destination_concurrency_limit": CONNECTIONS, "default_destination_concurrency_limit": CONNECTIONS,
                    "initial_destination_concurrency": CONNECTIONS, "smtp_connection_cache_destinations": "127.0.0.1", "smtp_tls_security_level": "none",
                    "qmgr_message_active_limit": "20000", "minimal_backoff_time": "1s", "queue_run_delay": "1s"}
        with Postfix(routes={"sink.test": f"smtp:[127.0.0.1]:{sink.port}"}, settings=settings) as postfix:
            fill(postfix.port, messages)

            def go():
                main = postfix.folder / "etc/main.cf"
                main.write_text(main.read_text().replace("defer_transports = smtp\n", ""))
                postfix.command("reload")
                postfix.command("flush")

            return messages / drain(sink, messages, go)


def main(messages):
    peer = theirs(messages)
    rate, cpu = ours(messages)
    print(json.dumps({"bench": "queue_drain", "build": harness.BUILD.name, "messages": messages, "connections": CONNECTIONS, "cores": os.cpu_count(),
                      "messages_per_s": {"postroom": round(rate), "postfix": round(peer)}, "times_postfix": round(rate / peer, 2),
                      "cpu_ms_per_message": round(cpu, 3)}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000)
