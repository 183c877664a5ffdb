#!/usr/bin/env python3
"""clang-tidy 19 over the C++ files with the compile commands of build folders; any finding fails.

--build FOLDER names one, and may be given again: a file is looked at as the first that compiles it does. --changed takes
only the files changed against HEAD. The folders must be built: what moc and configure make and the precompiled headers
are read.

clang-tidy walks through every header of Qt again for each source, which takes 20 s of CPU. So the sources of a target
are looked at together, some at a time; those that cannot be compiled together are looked at one by one.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from changed_files import ROOT, sources

TOGETHER = 16
# In a batch a source is an included file; and that it is one is what the second is about.
OPTIONS = [r"--header-filter=/(shared|daemon|gui|tests)/.*\.(h|cpp)$", "--checks=-bugprone-suspicious-include"]


def compiled_by(entry):
    """The project's sources that a compile command is for: more than one where CMake joins them."""
    file = Path(entry["file"])
    if file.parent.name == "Unity":
        return re.findall(r'^#include "(.+)"', file.read_text(), re.M)
    return [str(file)]


def batches(folders, wanted):
    """(compile command, names of sources), each name once."""
    targets = collections.defaultdict(list)
    commands = {}
    seen = set()
    for folder in folders:
        for entry in json.loads((folder / "compile_commands.json").read_text()):
            target = re.search(r"\S+/CMakeFiles/[^/]+\.dir(?=/)", entry["command"].rpartition(" -o ")[2])
            for file in compiled_by(entry):
                name = os.path.relpath(file, ROOT)
                if target and name in wanted and name not in seen:
                    seen.add(name)
                    key = folder, target.group()
                    targets[key].append(name)
                    commands[key] = entry
    for key, names in targets.items():
        for start in range(0, len(names), TOGETHER):
            yield commands[key], names[start:start + TOGETHER]


def run(entry, names):
    """clang-tidy's exit code and findings for sources that are compiled as one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "batch.cpp"
        file.write_text("".join(f'#include "{ROOT / name}"\n' for name in names))
        command = re.sub(r"^.*?(?=\S*clang\+\+)", "", entry["command"])
        command = re.sub(r" -o \S+ -c \S+", f" -c {file}", command)
        database = [{"directory": entry["directory"], "file": str(file), "command": command}]
        (Path(folder) / "compile_commands.json").write_text(json.dumps(database))
        done = subprocess.run(["clang-tidy-19", "--quiet", "-p", folder, f"--config-file={ROOT}/.clang-tidy",
                               "--warnings-as-errors=*", *OPTIONS, str(file)], cwd=ROOT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode, lines or done.stderr.splitlines()[-5:]


def tidy(batch):
    entry, names = batch
    code, lines = run(entry, names)
    if code and len(names) > 1 and any("[clang-diagnostic-error" in line for line in lines):
        each = [run(entry, [name]) for name in names]
        return names, [line for failed, found in each if failed for line in found]
    return names, lines if code else []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, action="append")
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    folders = [folder.resolve() for folder in options.build or [ROOT / "build/dev", ROOT / "build/asan"]]
    wanted = {name for name in options.names or sources(options.changed) if name.endswith(".cpp")}
    looked_at, findings = 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for names, lines in pool.map(tidy, batches(folders, wanted)):
            looked_at += len(names)
            if lines:
                findings += 1
                print("\n".join(lines), flush=True)
    print(f"{looked_at} of {len(wanted)} files looked at, findings in {findings} batches")
    return 1 if findings or (wanted and not looked_at) else 0


if __name__ == "__main__":
    sys.exit(main())
