"""ImapTest's scripts against the server as an IMAP4rev1 client, where the conformance material is at hand: in the folder
POSTROOM_CONFORMANCE, or ../shared/conformance beside the source. Says "skipped" where it is not. Groups in DIFFERENCES
differ, for the reason beside them; any other difference fails, and so does one that is listed and gone."""
import os
import pathlib
import re
import subprocess
import sys

from harness import PASSWORD, SOURCE, Playground

FOLDER = pathlib.Path(os.environ.get("POSTROOM_CONFORMANCE", SOURCE.parent / "shared/conformance"))

DIFFERENCES = {
    "atoms": "a name that is not modified UTF-7 is a syntax error here (RFC 3501 5.1.3), the script wants NO",
}


def main():
    if not (FOLDER / "imapscript.py").exists():
        print(f"skipped: no {FOLDER}/imapscript.py")
        return
    with Playground() as server:
        done = subprocess.run(
            [sys.executable, "-B", FOLDER / "imapscript.py", FOLDER / "imaptest-scripts", *sys.argv[1:]],
            env={**os.environ, "IMAP_HOST": "localhost", "IMAP_PORT": str(server.port(993)), "IMAP_TLS": "tls",
                 "TLS_CA": str(server.folder / "ca.pem"), "IMAP_USER": "me@localhost", "IMAP_PASS": PASSWORD,
                 "USER2": "friend@localhost", "IMAP4REV2": "0", "IMAP_BOX": "imaptest"},
            capture_output=True, text=True, errors="replace", timeout=240)
    failed = set(re.findall(r"^FAIL (\S+) --", done.stdout, re.M))
    assert re.search(r"^\d+ passed, ", done.stdout, re.M), done.stdout + done.stderr
    assert failed == set(DIFFERENCES), f"differ: {sorted(failed ^ set(DIFFERENCES))}\n{done.stdout}"
    print(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
