"""Public message corpora, when they are beside the project (or where POSTROOM_CONFORMANCE says): each message appended and fetched back."""
import os
import subprocess
import sys
from pathlib import Path

from harness import PASSWORD, SOURCE, Playground

FOLDER = Path(os.environ.get("POSTROOM_CONFORMANCE", SOURCE.parent / "shared/conformance"))


def main():
    program = FOLDER / "mimecorpus.py"
    if not program.exists():
        print("skipped: there is no", FOLDER)
        return 0
    with Playground() as server:
        done = subprocess.run([sys.executable, "-B", program, *sorted(path for path in (FOLDER / "messages").iterdir() if path.is_dir())], capture_output=True, text=True,
                              env={**os.environ, "IMAP_HOST": "127.0.0.1", "IMAP_PORT": str(server.port(143)), "IMAP_USER": "me@localhost", "IMAP_PASS": PASSWORD,
                                   "IMAP_TLS": "starttls", "TLS_CA": str(server.folder / "ca.pem")})
    print("\n".join(done.stdout.splitlines()[-40:]))
    return done.returncode


sys.exit(main())
