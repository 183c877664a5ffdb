#!/usr/bin/env python3
"""The window's journeys against a real `postroomd local`, and then an IMAP sign-in as the person it made."""
import imaplib
import os
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD = Path(os.environ.get("POSTROOM_BUILD", Path(__file__).resolve().parents[2] / "build/dev"))
OFFSET = 17000  # tests of tests/e2e use others


def main():
    with tempfile.TemporaryDirectory(prefix="postroom-gui-") as folder:
        server = subprocess.Popen([BUILD / "daemon/app/postroomd", "local", "--state-dir", folder, "--port-offset", str(OFFSET)],
                                  stdout=subprocess.PIPE, text=True)
        try:
            for line in server.stdout:
                if line.strip() == "ready":
                    break
            environment = os.environ | {"POSTROOM_SOCKET": f"{folder}/run/control.sock", "QT_QPA_PLATFORM": "offscreen",
                                        "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8"}
            subprocess.run([BUILD / "tests_gui/gui_quick_test", "-input", Path(__file__).with_name("real_journey.qml")],
                           env=environment, check=True, timeout=100)
            context = ssl.create_default_context(cafile=f"{folder}/ca.pem")
            with imaplib.IMAP4_SSL("localhost", 993 + OFFSET, ssl_context=context, timeout=20) as client:
                client.login("zoe.real@localhost", "lantern-otter-93-brisk")
                assert client.select("INBOX")[0] == "OK"
            print("the person made in the window reads mail")
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
