"""The manual pages name every command and option that the programs know by their --help.

    check_man.py BUILD_FOLDER
"""
import os
import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def plain(roff):
    return re.sub(r"\\f[BIR]", "", roff).replace("\\-", "-")


def columns(help_text):
    """The left column of each line of a list: options and commands, without what is said about them."""
    return [line.strip().split("  ")[0] for line in help_text.splitlines() if line.startswith("  ")]


def missing_options(name, help_text, page):
    found = {option for left in columns(help_text) for option in OPTION.findall(left)}
    assert found, f"{name} --help lists no options"
    return [f"{name}: {option} is not in its manual page" for option in sorted(found) if not re.search(re.escape(option) + r"(?![\w-])", page)]


def main():
    build = Path(sys.argv[1])
    problems = []
    for program, page in (("daemon/app/postroomd", "postroomd.8"), ("gui/postroom", "postroom.1")):
        if not (build / program).exists():
            assert page == "postroom.1", f"{program} is not built"
            continue
        text = plain((SOURCE / "installer/man" / page).read_text())
        # Short forms and Qt's own options are the library's.
        listed = re.sub(r"(?m)^  -[hv?], ", "  ", output(build / program, "--help"))
        problems += missing_options(program, listed, text)
    control = build / "daemon/cli/postroomctl"
    page = plain(output(control, "--man"))
    overview = output(control, "--help")
    problems += missing_options("postroomctl", overview.partition("Options:")[2], page)
    commands = [left for left in columns(overview.partition("Commands:")[2].partition("Options:")[0])]
    assert len(commands) > 20, commands
    for command in commands:
        if f"\n.SS {command}\n" not in page:
            problems.append(f"postroomctl: {command} is not in its manual page")
        elif command != "stdio":
            section = page.partition(f"\n.SS {command}\n")[2].partition("\n.SS ")[0] + page.partition(".SH COMMANDS")[0]
            help_text = output(control, *command.split(), "--help")
            found = {option for left in columns(help_text) for option in OPTION.findall(left)}
            problems += [f"postroomctl {command}: {option} is not in its manual page" for option in sorted(found)
                         if not re.search(re.escape(option) + r"(?![\w-])", section)]
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
