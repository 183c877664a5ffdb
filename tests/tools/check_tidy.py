#!/usr/bin/env python3
"""clang-tidy 19 over the C++ files with the compile commands of a build folder; any finding fails.

--build FOLDER names it; --changed takes only the files changed against HEAD. The precompiled headers are g++'s, which
clang cannot read, so their flags are taken out of a copy of the compile commands and the header is included as text.
"""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from changed_files import ROOT, sources


def commands_without_pch(build):
    commands = json.loads((Path(build) / "compile_commands.json").read_text())
    kept = {}
    for entry in commands:
        if not entry["file"].startswith(str(ROOT)) or entry["file"].endswith((".hxx.cxx", ".gch")):
            continue
        command = entry["command"]
        # ccache's wrapper first, then what only g++ understands.
        command = re.sub(r"^.*?(?=\S*g\+\+)", "", command)
        for flag in (r"-fpch-preprocess", r"-Winvalid-pch", r"-fconcepts\S*", r"-mno-direct-extern-access"):
            command = re.sub(rf"\s{flag}", "", command)
        entry["command"] = command
        name = os.path.relpath(entry["file"], ROOT)
        kept.setdefault(name, entry)
    return kept


def tidy(folder, name):
    done = subprocess.run(["clang-tidy-19", "--quiet", "-p", folder, "--warnings-as-errors=*",
                           "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-ignored-gch", name],
                          cwd=ROOT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode and not lines:
        lines = done.stderr.splitlines()[-5:]
    return name, done.returncode, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build/dev"))
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    commands = commands_without_pch(options.build)
    wanted = options.names or [name for name in sources(options.changed) if name.endswith(".cpp")]
    names = [name for name in wanted if name in commands]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        (Path(folder) / "compile_commands.json").write_text(json.dumps(list(commands.values())))
        for name, code, lines in pool.map(lambda each: tidy(folder, each), names):
            if code:
                failed += 1
                print("\n".join([f"== {name}", *lines[:40]]), flush=True)
    print(f"{len(names)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
