#!/usr/bin/env python3
"""SQL in the source: the numbers of a statement's parameters stand in order, each once. The driver gives every place of a ? the next
value, whatever its number says, so that ?2 before ?1, or a second ?1, would be bound to something else without a word.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LITERALS = re.compile(r'((?:"(?:[^"\\\n]|\\.)*"\s*(?:\\\n\s*)?)+)')
PIECE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def problems_of(path):
    text = path.read_text()
    for found in LITERALS.finditer(text):
        numbers = [int(each) for each in re.findall(r"\?(\d+)", "".join(PIECE.findall(found[1])))]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            yield f"{path.relative_to(ROOT)}:{text[:found.start()].count(chr(10)) + 1}: parameters {numbers} are not in order"


def main():
    found = [problem for path in sorted((ROOT / "daemon").rglob("*.cpp")) for problem in problems_of(path)]
    print("\n".join(found + [f"{len(found)} problems"]))
    return 1 if found else 0


sys.exit(main())
