"""Incoming mail, against Debian's postfix and dovecot in the same run. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/smtp_incoming.py [messages]      (default 4000; needs root for the peers)

16 connections, reused, send messages of 10 KiB. Ours is a playground: each 250 comes after the message is durable and in the mailbox,
which the count over IMAP right after the last 250 shows. The peers take turns with it, with their DNS checks off:
  postfix           bare acceptance: until the last 250, what it took is thrown away behind
  postfix+dovecot   end to end: until the last message is in dovecot's mailbox, handed over by LMTP
Figures are medians of ROUNDS in messages a second, and the CPU time of our server for each message. Then 64 connections with a flush that
takes 4 ms longer: flushes for each message, which are the commits the server counts (each is one flush of the log).
"""
import json
import imaplib
import os
import statistics
import subprocess
import sys
import time

import figures
from figures import harness
from harness import PASSWORD, Playground
from peers import Dovecot, Postfix, wait_for

ROUNDS = 3
SIZE = 10 * 1024
CONNECTIONS = 16
QUIET = {"smtpd_client_restrictions": "", "smtpd_helo_restrictions": "", "smtpd_sender_restrictions": "",
         "smtpd_recipient_restrictions": "", "smtpd_client_message_rate_limit": "0", "lmtp_destination_concurrency_limit": "8",
         "smtpd_client_connection_rate_limit": "0"}


def load(port, recipient, messages, connections=CONNECTIONS):
    done = subprocess.run([figures.load_program(), str(port), str(connections), str(messages), str(SIZE), recipient],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def count_in(client, mailbox="INBOX"):
    kind, data = client.status(mailbox, "(MESSAGES)")
    assert kind == "OK", data
    return int(data[0].rpartition(b"MESSAGES ")[2].rstrip(b")"))


def ours(server, client, messages):
    before, cpu = count_in(client), figures.cpu_seconds(server.process.pid)
    result = load(server.port(25), "me@localhost", messages)
    used = figures.cpu_seconds(server.process.pid) - cpu
    assert count_in(client) == before + messages, "not all were readable at their 250"
    return messages / result["seconds"], 1000 * used / messages


def end_to_end(postfix, dovecot, messages):
    client = dovecot.imap("me@peer.test")
    before = count_in(client)
    began = time.monotonic()
    load(postfix.port, "me@peer.test", messages)
    wait_for("all in dovecot's mailbox", lambda: count_in(client) >= before + messages, 600)
    took = time.monotonic() - began
    client.logout()
    return messages / took


def slow_disk(messages):
    """64 connections when a flush takes 4 ms longer."""
    with Playground("--log-level", "info", environment={"POSTROOM_FAILPOINT": "slow-sync=4ms"}) as server:
        load(server.port(25), "me@localhost", 500, 64)
        before = figures.metric(server, "postroom_store_commits_total")
        result = load(server.port(25), "me@localhost", messages, 64)
        commits = figures.metric(server, "postroom_store_commits_total") - before
    return {"messages_per_s": round(messages / result["seconds"]), "flushes_per_message": round(commits / messages, 4)}


def main(messages):
    rates = {"postroom": [], "postfix": [], "postfix+dovecot": []}
    cpu = []
    with Playground("--log-level", "info") as server, Dovecot(lmtp=True) as dovecot, \
            Postfix(settings={**QUIET, "virtual_transport": "discard:"}) as bare, \
            Postfix(settings={**QUIET, "virtual_transport": f"lmtp:inet:127.0.0.1:{dovecot.lmtp_port}",
                              "lmtp_destination_recipient_limit": "1"}) as whole:
        client = imaplib.IMAP4_SSL("127.0.0.1", server.port(993), ssl_context=server.tls())
        client.login("me@localhost", PASSWORD)
        for round_number in range(ROUNDS + 1):   # the first one warms up
            size = messages if round_number else messages // 10
            rate, used = ours(server, client, size)
            results = {"postroom": rate, "postfix": size / load(bare.port, "me@peer.test", size)["seconds"],
                       "postfix+dovecot": end_to_end(whole, dovecot, max(100, size // 4))}
            if round_number:
                cpu.append(used)
                for name, value in results.items():
                    rates[name].append(value)
    medians = {name: round(statistics.median(each)) for name, each in rates.items()}
    print(json.dumps({
        "bench": "smtp_incoming", "build": harness.BUILD.name, "messages": messages, "connections": CONNECTIONS, "cores": os.cpu_count(),
        "messages_per_s": medians, "times_postfix": round(medians["postroom"] / medians["postfix"], 2),
        "times_postfix_dovecot": round(medians["postroom"] / medians["postfix+dovecot"], 2),
        "cpu_ms_per_message": round(statistics.median(cpu), 3), "slow_disk_64": slow_disk(messages)}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
