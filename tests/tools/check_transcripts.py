#!/usr/bin/env python3
"""Every command of a session's table has transcripts of its good use, of bad syntax and, where it needs a state, of the wrong one.

A transcript counts by its reply: IMAP OK, BAD, and BAD with one of the texts of a wrong state; SMTP 2xx or 3xx, 500 to 504, 503.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r'^\s*\{"([A-Z]+)", &\w+::\w+, ([\w:| ]+), "(RFC \d+ [\d.]+)"\},', re.MULTILINE)
WRONG_STATE = re.compile(r"sign in first|signed in already|select a mailbox first|TLS is active already|a mailbox is")
GOOD, SYNTAX, STATE = "good use", "bad syntax", "wrong state"


def table(folder):
    rows = {}
    for path in sorted((ROOT / folder).glob("*.cpp")):
        for verb, needs, _ in ROW.findall(path.read_text()):
            rows[verb] = needs.strip()
    return rows


def imap_kind(reply):
    if reply.startswith("OK"):
        return GOOD
    if reply.startswith("BAD"):
        return STATE if WRONG_STATE.search(reply) else SYNTAX
    return None


def imap_seen(lines):
    """(verb, kind) of each command that was answered. A command is "C: TAG [UID ]VERB…", its answer the next "S: TAG …"."""
    waiting = {}
    for line in lines:
        sent = re.match(r"C[:<] (\S+) (UID )?([A-Za-z]+)", line)
        answer = re.match(r"S[:*] (\S+) (.*)", line)
        if sent:
            waiting[sent[1]] = ([sent[3].upper()] + (["UID"] if sent[2] else []))
        elif answer and answer[1] in waiting:
            for verb in waiting.pop(answer[1]):
                yield verb, imap_kind(answer[2])


def smtp_kind(reply):
    code = reply[:3]
    if code[:1] in "23":
        return GOOD
    if code == "503":
        return STATE
    return SYNTAX if code in ("500", "501", "502", "504", "555") else None


def smtp_seen(lines):
    """The same for SMTP, where the next reply is the answer; pipelined commands are answered in order."""
    waiting = []
    for line in lines:
        if line.startswith(("PORT", "TLS", "SESSION", "#")):
            waiting = []
        sent = re.match(r"C[:<] ([A-Za-z]+)\b", line)
        answer = re.match(r"S[:*] (\d\d\d[ -].*)", line)
        if sent:
            waiting += [each.upper() for each in re.findall(r"(?:^C[:<] |\\r\\n)([A-Za-z]+)\b", line)]
        elif answer and waiting:
            yield waiting.pop(0), smtp_kind(answer[1])


# What follows these is free text: no syntax is bad.
FREE = {"NOOP", "HELP"}
# Shown by a test of its own: a transcript is no deflate stream.
ELSEWHERE = {("COMPRESS", GOOD): "tests/e2e/imap_compress.py",
             ("EXPN", GOOD): "never: it is always refused"}


def missing(kind, rows, seen, stateless):
    found = []
    for verb, needs in rows.items():
        wanted = [GOOD] + ([] if kind == "smtp" and verb in FREE else [SYNTAX]) + ([] if needs in stateless else [STATE])
        found += [f"{kind}: {verb} has no transcript of {each}" for each in wanted
                  if (verb, each) not in seen and (verb, each) not in ELSEWHERE]
    return found


def lines_of(kind):
    for path in sorted((ROOT / "tests/transcripts" / kind).glob("*.txt")):
        yield "# " + path.name
        yield from path.read_text().splitlines()


def main():
    imap, smtp = table("daemon/imap"), table("daemon/smtp")
    found = [] if len(imap) > 30 and len(smtp) > 10 else ["the tables of commands were not found"]
    found += missing("imap", imap, set(imap_seen(lines_of("imap"))), {"Need::Nothing"})
    found += missing("smtp", smtp, set(smtp_seen(lines_of("smtp"))), {"kNothing"})
    print("\n".join(found + [f"{len(imap) + len(smtp)} commands, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
