#!/usr/bin/env python3
"""Mail that does not move and mail that is looked for, from the window to msmtp and back; clicks are printed beside the target."""
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "e2e"), str(Path(__file__).resolve().parent)]
os.environ.setdefault("POSTROOM_BUILD", str(Path(__file__).resolve().parents[2] / "build/dev"))
from harness import PASSWORD, Playground, run  # noqa: E402
from postroomctl import control_of, eventually  # noqa: E402
from real_server import drive, mailbox  # noqa: E402


def send(server, to, subject, sender="me@localhost"):
    run("msmtp", "--file=/dev/null", "--host=localhost", f"--port={server.port(465)}", "--tls=on", "--tls-starttls=off",
        f"--tls-trust-file={server.folder}/ca.pem", "--auth=plain", f"--user={sender}", f"--passwordeval=echo {PASSWORD}", f"--from={sender}", to,
        input=f"From: {sender}\nTo: {to}\nSubject: {subject}\n\nhello\n")


def queued(server):
    return control_of(server).json("queue", "list")["messages"]


def stuck(server, home):
    send(server, "x-temperror@example.net", "Invoice")
    before = eventually(lambda: [each for each in queued(server) if each["attempts"] > 0])[0]
    drive(server, "real_flow.qml", home, "RealFlow::test_whyMailIsStuckAndWhatHelps")
    assert queued(server)[0]["attempts"] > before["attempts"], queued(server)
    control_of(server)("queue", "drop", str(before["id"]))


def traced(server, home):
    send(server, "friend@localhost", "Lunch?")
    with mailbox(server, "friend@localhost", PASSWORD) as client:
        eventually(lambda: client.noop() and client.search(None, "SUBJECT", "Lunch")[1][0])
    said = drive(server, "real_flow.qml", home, "RealFlow::test_herMailDidNotCome")
    assert "story Received" in said, said


def paused(server, home):
    drive(server, "real_flow.qml", home, "RealFlow::test_everythingIsPaused")
    send(server, "later@example.net", "From the road")
    assert [each["state"] for each in queued(server)] == ["held"], queued(server)
    drive(server, "real_flow.qml", home, "RealFlow::test_itFlowsAgain")
    eventually(lambda: not queued(server))
    print("msmtp's message was kept back, and left when everything flowed again", flush=True)


def alias(server, home):
    drive(server, "real_flow.qml", home, "RealFlow::test_whoAnAliasReaches")
    send(server, "family@localhost", "To all", "friend@localhost")
    with mailbox(server, "me@localhost", PASSWORD) as client:
        eventually(lambda: client.noop() and client.search(None, "SUBJECT", '"To all"')[1][0])
    print("and a message to the alias reaches who the trial named", flush=True)


def main():
    with Playground() as server, tempfile.TemporaryDirectory(prefix="postroom-flow-") as home:
        for journey in (stuck, traced, paused, alias):
            journey(server, home)
        assert server.unhandled_errors() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
