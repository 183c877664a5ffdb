#!/usr/bin/env python3
"""Every RFC that a comment cites is listed in assets/rfc/index.tsv (number, title), and every listed RFC is well formed."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "assets/rfc/index.tsv"
CITATION = re.compile(r"\bRFC[ -]?(\d{3,5})\b", re.IGNORECASE)
SUFFIXES = {".h", ".cpp", ".py", ".qml", ".md", ".txt", ".sql", ".dict"}


def main():
    found = []
    titles = {}
    for number, line in enumerate(INDEX.read_text().splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 2 or not fields[0].isdigit() or not fields[1].strip():
            found.append(f"assets/rfc/index.tsv:{number}: want NUMBER<tab>TITLE")
        elif int(fields[0]) in titles:
            found.append(f"assets/rfc/index.tsv:{number}: RFC {fields[0]} is listed twice")
        else:
            titles[int(fields[0])] = fields[1]
    if list(titles) != sorted(titles):
        found.append("assets/rfc/index.tsv: not sorted by number")
    cited = 0
    for top in ("shared", "daemon", "gui", "qml", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in SUFFIXES or "corpus" in path.parts or path.name == "check_rfc.py":
                continue
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                for match in CITATION.finditer(line):
                    cited += 1
                    if int(match[1]) not in titles:
                        found.append(f"{path.relative_to(ROOT)}:{number}: RFC {match[1]} is not in assets/rfc/index.tsv")
    print("\n".join(found + [f"{cited} citations of {len(titles)} RFCs, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
