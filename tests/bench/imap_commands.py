"""IMAP commands on a large mailbox, against Debian's dovecot (mdbox) on the same messages in the same run. One JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/imap_commands.py [messages [distinct [command ...]]]

(default 100000 1000 and every command; needs root)

`distinct` messages are appended to both servers, the others are copies of them made by COPY. Every command is asked once to warm
up, then five times, the servers taking turns (fewer where that takes more than 20 seconds); figures are the best in milliseconds,
until the tagged reply has been read. Both speak TLS. Changing commands are undone, untimed, before the next round. Our
search index is complete and both servers have been left alone for three seconds before anything is asked.
"""
import json
import re
import ssl
import sys
import time

from imap_common import Client, fill
import harness
from harness import PASSWORD, Playground, run
from peers import Dovecot, wait_for

ROUNDS = 5
LONGEST_S = 20   # of the rounds of one command
MOVED = 10000
CHANGED = 100
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


def resync(client):
    """A client comes back that knows all but the last changes. On a connection that has QRESYNC enabled."""
    status = client.ask(b"STATUS bench (UIDVALIDITY HIGHESTMODSEQ MESSAGES UNSEEN)")
    validity, modseq, messages, unseen = (int(re.search(rb"%b (\d+)" % name, status)[1])
                                          for name in (b"UIDVALIDITY", b"HIGHESTMODSEQ", b"MESSAGES", b"UNSEEN"))
    client.ask(b"SELECT bench")
    for number in range(1, CHANGED + 1):
        client.ask(b"STORE %d %bFLAGS.SILENT (\\Seen)" % (number * messages // CHANGED, b"+" if unseen == messages else b"-"))
    client.ask(b"UNSELECT")
    started = time.perf_counter()
    answer = client.ask(b"SELECT bench (QRESYNC (%d %d))" % (validity, modseq))
    elapsed = (time.perf_counter() - started) * 1000
    client.ask(b"UNSELECT")
    assert answer.count(b" FETCH (") == CHANGED, answer
    return elapsed


def rounds(peers, measure):
    """The best of some turns of a measurement on each peer."""
    times = {name: [] for name in peers}
    started = time.monotonic()
    for _ in range(ROUNDS + 1):
        for name, client in peers.items():
            times[name].append(measure(client))
        if time.monotonic() - started > LONGEST_S:
            break
    figures = {name: round(min(each[1:] or each), 2) for name, each in times.items()}
    return {**figures, "dovecot/postroom": round(figures["dovecot"] / figures["postroom"], 2)}


def sign_in(server, dovecot):
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    us = Client(server.port(993), server.tls())
    us.ask(b"LOGIN me@localhost " + PASSWORD.encode())
    them = Client(dovecot.tls_port, unverified)
    them.ask(b"LOGIN me secret")
    return {"postroom": us, "dovecot": them}


def indexed(server):
    """How many messages the search index has taken."""
    figures = run("curl", "-s", f"http://127.0.0.1:{server.port(80)}/metrics")
    lines = [line for line in figures.splitlines() if line.startswith("postroom_search_indexed_total")]
    return int(lines[0].split()[1]) if lines else 0


def main(messages, distinct, *chosen):
    numbers = {"moved": min(MOVED, messages)}
    with Playground() as server, Dovecot("mdbox", tls=True) as dovecot:
        peers = sign_in(server, dovecot)
        took = {}
        for name, client in peers.items():
            started = time.perf_counter()
            fill(client, messages, distinct)
            took[name] = round(time.perf_counter() - started, 1)
        started = time.perf_counter()
        wait_for("the index", lambda: indexed(server) > messages - 500, 1800)
        result = {"bench": "imap_commands", "messages": messages, "distinct": distinct, "build": harness.BUILD.name, "fill_s": took,
                  "index_after_s": round(time.perf_counter() - started, 1)}
        time.sleep(3)
        for command in chosen or COMMANDS:
            result[command] = rounds(peers, lambda client, command=command: timed(client, command, numbers))
            print(command, result[command], file=sys.stderr, flush=True)
        if chosen:
            return print(json.dumps(result))
        aware = sign_in(server, dovecot)
        for client in aware.values():
            client.ask(b"ENABLE QRESYNC")
        result["qresync_100"] = rounds(aware, resync)
        print(json.dumps(result))


main(*map(int, (sys.argv[1:3] + ["100000", "1000"][len(sys.argv) - 1:])), *sys.argv[3:])
