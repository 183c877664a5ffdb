#!/usr/bin/env python3
"""Every C++ file is as clang-format 19 writes it. --changed: only files changed against HEAD; --fix: write them."""
import subprocess
import sys

from changed_files import ROOT, sources


def main():
    names = sources("--changed" in sys.argv)
    if not names:
        print("no files")
        return 0
    mode = ["-i"] if "--fix" in sys.argv else ["--dry-run", "--Werror"]
    done = subprocess.run(["clang-format-19", "--style=file", *mode, *names], cwd=ROOT, capture_output=True, text=True)
    unformatted = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "clang-format-violations" in line})
    for name in unformatted:
        print(f"{name}: differs from clang-format (tests/tools/check_format.py --fix)")
    if done.returncode and not unformatted:
        print(done.stderr)
    print(f"{len(names)} files, {len(unformatted)} to format")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
