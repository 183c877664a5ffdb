#!/usr/bin/env python3
"""Reads every text of ours as text: no notes left for later, no tabs or trailing blanks, no file too long to hold in mind."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 600
NOTES = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SUFFIXES = {".h", ".cpp", ".py", ".qml", ".sql", ".cmake", ".sh"}
TOPS = ("shared", "daemon", "gui", "qml", "tests", "cmake", "installer")


def problems_of(path):
    lines = path.read_text(errors="replace").splitlines()
    if len(lines) > MAX_LINES:
        yield 1, f"{len(lines)} lines; split it (at most {MAX_LINES})"
    if path.suffix == ".h" and lines and not lines[0].startswith(("//", "/*")):
        yield 1, "a header starts with a comment that says what the file is"
    for number, line in enumerate(lines, 1):
        if NOTES.search(line):
            yield number, "a note left for later: do it, or record it in the tracker"
        if line != line.rstrip():
            yield number, "blanks at the end of the line"
        if path.suffix != ".sql" and "\t" in line:
            yield number, "a tab"


def main():
    found = []
    count = 0
    for top in TOPS:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and path.suffix in SUFFIXES and "corpus" not in path.parts and "vectors" not in path.parts:
                count += 1
                found += [f"{path.relative_to(ROOT)}:{number}: {why}" for number, why in problems_of(path)]
    print("\n".join(found + [f"{count} files, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
