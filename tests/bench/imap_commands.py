"""IMAP commands on a large mailbox, against Debian's dovecot (mdbox) on the same messages in the same run. One JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/imap_commands.py [messages [distinct]]     (default 100000 1000; needs root)

`distinct` messages are appended to both servers, the others are copies of them made by COPY. Every command is asked once to warm
up, then five times, the servers taking turns; figures are the medians in milliseconds, until the tagged reply has been read. Ours
speaks TLS, dovecot clear text. Changing commands are undone, untimed, before the next round. Our search index is complete before
anything is asked.
"""
import json
import statistics
import sys
import time

from imap_common import Client, fill
import harness
from harness import PASSWORD, Playground, run
from peers import Dovecot, wait_for

ROUNDS = 5
MOVED = 10000
UNIQUE = "unique321x"
# name: what is asked, what is asked before it and after it without being timed
COMMANDS = {
    "select": ("SELECT bench", ["UNSELECT"], []),
    "fetch_flags": ("FETCH 1:* (FLAGS)", [], []),
    "fetch_structures": ("FETCH 1:* (UID FLAGS ENVELOPE BODYSTRUCTURE)", [], []),
    "fetch_1000_bodies": ("FETCH 1:1000 (BODY.PEEK[])", [], []),
    "store_flags": ("STORE 1:* +FLAGS.SILENT (\\Flagged)", [], ["STORE 1:* -FLAGS.SILENT (\\Flagged)"]),
    "search_unseen": ("SEARCH UNSEEN", [], []),
    "search_from": ("SEARCH FROM \"s321@\"", [], []),
    "search_from_all": ("SEARCH FROM sender", [], []),
    "search_subject": ("SEARCH SUBJECT something", [], []),
    "search_text": (f"SEARCH TEXT {UNIQUE}", [], []),
    "search_text_words": ("SEARCH TEXT \"budget committee\"", [], []),
    "search_text_none": ("SEARCH TEXT nowhereatall", [], []),
    "sort_subject": ("SORT (SUBJECT) UTF-8 ALL", [], []),
    "sort_date": ("SORT (REVERSE DATE) UTF-8 ALL", [], []),
    "thread_references": ("THREAD REFERENCES UTF-8 ALL", [], []),
    "copy_10000": ("COPY 1:%(moved)d copied", ["CREATE copied"], ["DELETE copied"]),
    "expunge_10000": ("EXPUNGE", ["CREATE copied", "COPY 1:%(moved)d copied", "SELECT copied", "STORE 1:* +FLAGS.SILENT (\\Deleted)"],
                      ["SELECT bench", "DELETE copied"]),
}


def timed(client, name, numbers):
    command, before, after = COMMANDS[name]
    for each in before:
        client.ask((each % numbers if "%(" in each else each).encode())
    started = time.perf_counter()
    client.ask((command % numbers if "%(" in command else command).encode())
    elapsed = (time.perf_counter() - started) * 1000
    for each in after:
        client.ask(each.encode())
    return elapsed


def indexed(server):
    """How many messages the search index has taken."""
    figures = run("curl", "-s", f"http://127.0.0.1:{server.port(80)}/metrics")
    lines = [line for line in figures.splitlines() if line.startswith("postroom_search_indexed_total")]
    return int(lines[0].split()[1]) if lines else 0


def main(messages, distinct):
    numbers = {"moved": min(MOVED, messages)}
    with Playground() as server, Dovecot("mdbox") as dovecot:
        us = Client(server.port(993), server.tls())
        us.ask(b"LOGIN me@localhost " + PASSWORD.encode())
        them = Client(dovecot.port)
        them.ask(b"LOGIN me secret")
        peers = {"postroom": us, "dovecot": them}
        took = {}
        for name, client in peers.items():
            started = time.perf_counter()
            fill(client, messages, distinct)
            took[name] = round(time.perf_counter() - started, 1)
        started = time.perf_counter()
        wait_for("the index", lambda: indexed(server) > messages - 500, 1800)
        result = {"bench": "imap_commands", "messages": messages, "distinct": distinct, "build": harness.BUILD.name, "fill_s": took,
                  "index_after_s": round(time.perf_counter() - started, 1)}
        for command in COMMANDS:
            times = {name: [] for name in peers}
            for round_number in range(ROUNDS + 1):
                for name, client in peers.items():
                    elapsed = timed(client, command, numbers)
                    if round_number > 0:
                        times[name].append(elapsed)
            figures = {name: round(statistics.median(each), 2) for name, each in times.items()}
            result[command] = {**figures, "dovecot/postroom": round(figures["dovecot"] / figures["postroom"], 2)}
            print(command, result[command], file=sys.stderr)
        print(json.dumps(result))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
