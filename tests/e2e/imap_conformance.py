"""ImapTest's scripts against the server, with IMAP4rev1 and IMAP4rev2, where the conformance material is at hand: in the folder
POSTROOM_CONFORMANCE, or ../shared/conformance beside the source. Says "skipped" where it is not."""
import os
import pathlib
import subprocess
import sys

from harness import PASSWORD, SOURCE, Playground

FOLDER = pathlib.Path(os.environ.get("POSTROOM_CONFORMANCE", SOURCE.parent / "shared/conformance"))


def main():
    if not (FOLDER / "imapscript.py").exists():
        print(f"skipped: no {FOLDER}/imapscript.py")
        return
    with Playground() as server:
        for rev2 in "01":
            done = subprocess.run(
                [sys.executable, "-B", FOLDER / "imapscript.py", FOLDER / "imaptest-scripts", *sys.argv[1:]],
                env={**os.environ, "IMAP_HOST": "localhost", "IMAP_PORT": str(server.port(993)), "IMAP_TLS": "tls",
                     "TLS_CA": str(server.folder / "ca.pem"), "IMAP_USER": "me@localhost", "IMAP_PASS": PASSWORD,
                     "USER2": "friend@localhost", "IMAP4REV2": rev2, "IMAP_BOX": f"imaptest{rev2}"},
                capture_output=True, text=True, errors="replace", timeout=240)
            print(f"IMAP4rev{int(rev2) + 1}: {done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ''}")
            assert done.returncode == 0, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
