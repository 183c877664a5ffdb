#!/usr/bin/env python3
"""The window's journeys against real playgrounds, with a mail client at the end of each; clicks are printed beside the target."""
import imaplib
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from harness import BUILD, Playground  # noqa: E402


def drive(server, journey, home, function=None, react=None):
    """Runs a journey in the window, or one function of its file; what it said. react(line) is called with what it says, as it does."""
    environment = os.environ | {"POSTROOM_SOCKET": f"{server.folder}/run/control.sock", "QT_QPA_PLATFORM": "offscreen",
                                "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8", "HOME": home}
    command = [BUILD / "tests_gui/gui_quick_test", "-input", Path(__file__).with_name(journey), *([function] if function else [])]
    window = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    stop = threading.Timer(100, window.kill)
    stop.start()
    said = []
    try:
        for line in window.stdout:
            said.append(line)
            if found := re.search(r"journey: (.*)", line):
                print(found[1], flush=True)
            if react:
                react(line)
    finally:
        stop.cancel()
        window.kill() if sys.exc_info()[0] else None
        window.wait()
        window.stdout.close()
    said = "".join(said)
    assert window.returncode == 0, said
    return said


def mailbox(server, address, password):
    context = ssl.create_default_context(cafile=f"{server.folder}/ca.pem")
    client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=context, timeout=20)
    client.login(address, password)
    assert client.select("INBOX")[0] == "OK"
    return client


def people(home):
    with Playground() as server:
        drive(server, "real_journey.qml", home)
        with mailbox(server, "zoe.real@localhost", "lantern-otter-93-brisk"):
            print("the person made in the window reads mail")


def wizard(home):
    with Playground("--fresh") as server:
        said = drive(server, "real_wizard.qml", home)
        secret = re.search(r"secret (\S+)", said).group(1)
        with mailbox(server, "anna.wizard@wizard.test", secret) as client:
            _, found = client.search(None, "SUBJECT", '"It works"')
            assert found[0].split(), "the first message is not there"
            print("the first message is read with the password that was shown")


def main():
    with tempfile.TemporaryDirectory(prefix="postroom-gui-") as home:
        people(home)
        wizard(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
