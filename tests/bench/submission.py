"""Submission over TLS with a sign-in and a new connection for each message, against Debian's postfix in the same run. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/submission.py [messages]      (default 1000; needs root for the peers)

THREADS clients at a time: connect, TLS from the first byte, EHLO, AUTH PLAIN with the right password, a message of 10 KiB, QUIT. Ours is durable
and in the recipient's mailbox at its 250. Postfix asks dovecot about the password, has the same key and certificate, its DNS checks off, and throws
away behind what it took. The two take turns; figures are medians of ROUNDS.
"""
import json
import os
import statistics
import subprocess
import sys

import figures
from figures import harness
from harness import PASSWORD, Playground
from peers import Dovecot, Postfix

ROUNDS = 3
SIZE = 10 * 1024
THREADS = 8


def load(port, user, password, recipient, messages):
    program = harness.BUILD / "tests/bench/submission_load"
    done = subprocess.run([program, str(port), str(THREADS), str(messages), str(SIZE), user, password, recipient], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["accepted"] == messages, found
    return messages / found["seconds"], found["cpu"] / messages


def main(messages):
    rates = {"postroom": [], "postfix": []}
    ours, client = [], []
    with Playground("--log-level", "info") as server, Dovecot() as dovecot:
        tls = {"smtpd_tls_cert_file": server.folder / "server.pem", "smtpd_tls_key_file": server.folder / "server-key.pem", "smtpd_tls_wrappermode": "yes",
               "smtpd_tls_security_level": "encrypt", "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_type": "dovecot", "smtpd_sasl_path": dovecot.sasl,
               "smtpd_relay_restrictions": "permit_sasl_authenticated, reject", "mynetworks": "192.0.2.1/32", "virtual_transport": "discard:",
               "smtpd_client_restrictions": "", "smtpd_helo_restrictions": "", "smtpd_sender_restrictions": "", "smtpd_recipient_restrictions": "",
               "smtpd_client_message_rate_limit": "0", "smtpd_client_connection_rate_limit": "0", "smtpd_client_auth_rate_limit": "0"}
        with Postfix(settings=tls) as postfix:
            for round_number in range(ROUNDS + 1):   # the first one warms up
                size = messages if round_number else messages // 10
                before = figures.cpu_seconds(server.process.pid)
                rate, used = load(server.port(465), "me@localhost", PASSWORD, "friend@localhost", size)
                cpu = figures.cpu_seconds(server.process.pid) - before
                theirs, _ = load(postfix.port, "me@peer.test", "secret", "friend@peer.test", size)
                if round_number:
                    rates["postroom"].append(rate)
                    rates["postfix"].append(theirs)
                    ours.append(1000 * cpu / size)
                    client.append(1000 * used)
    medians = {name: round(statistics.median(each)) for name, each in rates.items()}
    print(json.dumps({"bench": "submission", "build": harness.BUILD.name, "messages": messages, "threads": THREADS, "cores": os.cpu_count(),
                      "messages_per_s": medians, "times_postfix": round(medians["postroom"] / medians["postfix"], 2),
                      "cpu_ms_per_message": round(statistics.median(ours), 3), "client_cpu_ms_per_message": round(statistics.median(client), 3)}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
