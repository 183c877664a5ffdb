#!/usr/bin/env python3
"""German is complete: every text of the sources has a finished translation with all its plural forms, and the same placeholders;
English has its plurals. tests/gui/translations.py LUPDATE MADE.cpp: MADE.cpp has the words that the build takes from a table.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets/translations"
PLACE = re.compile(r"%L?[1-9n]")


def updated(lupdate, made, language, folder):
    """The texts of the sources with what the committed file has for them."""
    name = f"postroom_{language}.ts"
    shutil.copy(FOLDER / name, folder)
    subprocess.run([lupdate, "-silent", "-no-obsolete", "-locations", "none", "-disable-heuristic", "sametext", "-disable-heuristic", "similartext",
                    "-I", ROOT, *(["-pluralonly"] if language == "en" else []), ROOT / "gui", ROOT / "qml", made, "-ts", folder / name],
                   check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
    return ElementTree.parse(folder / name).getroot()


def faults(root):
    for context in root.findall("context"):
        for message in context.findall("message"):
            source, translation = message.find("source").text, message.find("translation")
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            where = f"{context.find('name').text}: {source!r}"
            if translation.get("type") == "unfinished" or not all(forms):
                yield f"{where} is not translated"
            elif message.get("numerus") == "yes" and len(forms) < 2:
                yield f"{where} has no plural"
            elif message.get("numerus") != "yes" and sorted(PLACE.findall(source)) != sorted(PLACE.findall(forms[0])):
                yield f"{where} has other placeholders: {forms[0]!r}"


def main():
    lupdate, made = sys.argv[1:]
    found, texts = [], 0
    with tempfile.TemporaryDirectory(prefix="postroom-words-") as temporary:
        for language in ("de", "en"):
            root = updated(lupdate, made, language, Path(temporary))
            texts += len(root.findall("context/message"))
            found += [f"{language}: {each}" for each in faults(root)]
    print("\n".join(found))
    assert texts > 900, f"only {texts} texts were found"
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
