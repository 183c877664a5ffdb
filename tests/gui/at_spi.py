#!/usr/bin/env python3
"""The window as a screen reader drives it: over AT-SPI, by roles, names and actions alone, against a real playground. Adds a person,
reads the password that is shown once and signs in with it; revokes a key and takes that back.

Needs a session bus of its own (dbus-run-session), an X server (Xvfb) and GObject introspection (python3-gi, gir1.2-atspi-2.0).
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "e2e"), str(Path(__file__).resolve().parent)]
SKIP = 77
PATIENCE = 30

if "POSTROOM_AT_SPI" not in os.environ:  # Debian's python has its typelibs, another one on PATH may not
    os.execvpe("dbus-run-session", ["dbus-run-session", "--", "/usr/bin/python3", "-B", *sys.argv], os.environ | {"POSTROOM_AT_SPI": "1"})
try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError) as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIP)
from harness import BUILD, Playground  # noqa: E402
from real_server import mailbox  # noqa: E402
from screenshots import start_display  # noqa: E402


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def showing(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


class Window:
    """The accessible tree of the app; each question walks it anew, as it changes."""

    def __init__(self, display):
        Atspi.init()
        self.display = display
        self.app = self.until("the app on the bus", self.find_app)

    @staticmethod
    def find_app():
        desktop = Atspi.get_desktop(0)
        apps = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((each for each in apps if each is not None and each.get_name() == "postroom"), None)

    @staticmethod
    def until(what, question):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            while GLib.MainContext.default().iteration(False):
                pass
            try:
                if answer := question():
                    return answer
            except GLib.Error:
                pass  # it went away while it was asked
            time.sleep(0.1)
        raise AssertionError(f"{what}: did not happen in {PATIENCE} s")

    def look(self, role, name):
        self.app.clear_cache()
        for node in walk(self.app):
            if node.get_role_name() == role and node.get_name() == name and showing(node):
                return node
        return None

    def find(self, role, name):
        try:
            return self.until(f"{role} “{name}”", lambda: self.look(role, name))
        except AssertionError:
            seen = sorted({(node.get_role_name(), node.get_name()) for node in walk(self.app) if node.get_name()})
            print("\n".join(f"  {role}: {name}" for role, name in seen), file=sys.stderr)
            raise

    def press(self, name, role="button"):
        node = self.find(role, name)
        action = node.get_action_iface()
        names = [action.get_action_name(i) for i in range(action.get_n_actions())]
        assert names, f"{name} has no action"
        action.do_action(names.index("Press") if "Press" in names else 0)

    def type(self, name, text):
        """Qt Quick's fields have no EditableText: the focus is set over AT-SPI, then keys come as from a keyboard."""
        node = self.find("text", name)
        node.get_component_iface().grab_focus()
        self.until(f"{name} has the focus", lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED))
        self.keyboard("type", text)
        self.until(f"{name} reads {text}", lambda: text_of(node) == text)

    def keyboard(self, *what):
        subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Postroom", "windowfocus", "--sync", *what], check=True,
                       env=os.environ | {"DISPLAY": self.display})

    def gone(self, role, name):
        self.until(f"{role} “{name}” goes", lambda: not self.look(role, name))


def text_of(node):
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def add_a_person(window, server):
    window.press("Add a person")
    window.type("Name", "Zoe Listens")
    window.press("Add")
    secret = text_of(window.find("text", "Password"))
    assert len(secret) > 8, secret
    window.press("Done")
    window.gone("button", "Done")
    with mailbox(server, "zoe.listens@localhost", secret):
        print("AT-SPI: a person was added; the password that was read out signs in")


def add_key(server, folder):
    """A device's key, made by openssl and told to the server over its control socket."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/key.pem",
                    "-out", f"{folder}/cert.pem", "-days", "30", "-subj", "/CN=Zoe's phone"], check=True, capture_output=True)
    params = {"address": "me@localhost", "name": "Zoe's phone", "certificate": Path(folder, "cert.pem").read_text()}
    call(server, "tlspubkey.add", params)


def call(server, method, params):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(f"{server.folder}/run/control.sock")
        lines = control.makefile("rw")
        answers = []
        for number, (name, what) in enumerate([("hello", {"client": "at_spi", "protocol": [1]}), (method, params)]):
            lines.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": name, "params": what}) + "\n")
            lines.flush()
            answers.append(json.loads(lines.readline()))
        assert "result" in answers[-1], answers[-1]
        return answers[-1]["result"]


def revoke_a_key(window, server, folder):
    add_key(server, folder)
    window.press("Devices & keys", "page tab")
    window.press("Revoke Zoe's phone")
    window.press("Revoke")
    window.find("button", "Undo")
    assert not call(server, "devices.list", {})["devices"]
    window.press("Undo")
    window.find("button", "Revoke Zoe's phone")
    assert len(call(server, "devices.list", {})["devices"]) == 1
    print("AT-SPI: a key was revoked, and came back by Undo")


def main():
    display, address = start_display()
    try:
        with tempfile.TemporaryDirectory(prefix="postroom-at-spi-") as home, Playground() as server:
            environment = os.environ | {"DISPLAY": address, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8",
                                        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "XDG_CONFIG_HOME": home, "HOME": home}
            app = subprocess.Popen([BUILD / "gui/postroom", "--socket", f"{server.folder}/run/control.sock", "--language", "en"], env=environment)
            try:
                window = Window(address)
                add_a_person(window, server)
                revoke_a_key(window, server, home)
            finally:
                app.terminate()
                app.wait()
    finally:
        display.terminate()
        display.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
