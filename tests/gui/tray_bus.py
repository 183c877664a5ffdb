#!/usr/bin/env python3
"""The monitor as a desktop meets it: `postroom --tray` on a session bus of its own with a watcher for panel icons and a server for
notifications, both made here, and the fake server behind it. Reads the icon and the native menu, holds all mail for an hour in two
clicks, takes the server away, follows the one action of the notification, and brings the server back.
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
SKIP = 77
PATIENCE = 40

if "POSTROOM_TRAY_BUS" not in os.environ:
    os.execvpe("dbus-run-session", ["dbus-run-session", "--", "/usr/bin/python3", "-B", *sys.argv], os.environ | {"POSTROOM_TRAY_BUS": "1"})
try:
    from gi.repository import Gio, GLib
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIP)
from screenshots import BUILD, start_display  # noqa: E402

WATCHER = """<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""
NOTIFICATIONS = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


class Desktop:
    """A panel and a notification server on the session bus."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.items, self.shown, self.closed = [], [], []
        self.serve("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", WATCHER)
        self.serve("org.freedesktop.Notifications", "/org/freedesktop/Notifications", NOTIFICATIONS)

    def serve(self, name, path, description):
        interface = Gio.DBusNodeInfo.new_for_xml(description).interfaces[0]
        self.bus.register_object(path, interface, self.called, self.asked, None)
        Gio.bus_own_name_on_connection(self.bus, name, Gio.BusNameOwnerFlags.NONE, None, None)

    def called(self, _bus, sender, _path, _interface, method, parameters, invocation):
        answer = None
        if method == "RegisterStatusNotifierItem":
            self.items.append((sender, parameters.unpack()[0]))
        elif method == "Notify":
            _app, _replaces, _icon, title, text, actions, _hints, _timeout = parameters.unpack()
            self.shown.append({"id": len(self.shown) + 1, "title": title, "text": text, "actions": actions})
            answer = GLib.Variant("(u)", (len(self.shown),))
        elif method == "CloseNotification":
            self.closed.append(parameters.unpack()[0])
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        invocation.return_value(answer)

    def asked(self, _bus, _sender, _path, _interface, name):
        return {"RegisteredStatusNotifierItems": GLib.Variant("as", [item for _, item in self.items]),
                "IsStatusNotifierHostRegistered": GLib.Variant("b", True), "ProtocolVersion": GLib.Variant("i", 0)}[name]

    def invoke(self, notification):
        arguments = GLib.Variant("(us)", (notification["id"], notification["actions"][0]))
        self.bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", arguments)

    def until(self, what, question):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            while GLib.MainContext.default().iteration(False):
                pass
            if answer := question():
                return answer
            time.sleep(0.05)
        raise AssertionError(f"waited {PATIENCE} s for: {what}; notifications: {self.shown}")

    # What the monitor answers; it may ask us meanwhile, so the loop goes on.
    def call(self, path, interface, method, parameters):
        done = []
        self.bus.call(self.items[-1][0], path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 5000, None,
                      lambda bus, result: done.append(bus.call_finish(result)))
        return self.until(f"an answer to {method}", lambda: done)[0].unpack()

    def item(self, name):
        return self.call("/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", name)))[0]

    def menu(self):
        """The native menu: {label: (id, submenu)}."""
        def read(entry):
            number, properties, children = entry
            inside = dict(read(child) for child in children)
            return properties.get("label", "").replace("_", ""), (number, inside)
        layout = self.call(self.item("Menu"), "com.canonical.dbusmenu", "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
        return read(layout[1])[1][1]

    def click(self, number):
        self.call(self.item("Menu"), "com.canonical.dbusmenu", "Event", GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("s", ""), 0)))


def start_server(path):
    server = subprocess.Popen([BUILD / "tests_gui/fake_daemon", path, "healthy"], stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"ready\n"
    return server


def rules(path):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(path)
        lines = control.makefile("rw")
        for number, (method, params) in enumerate([("hello", {"client": "tray_bus", "protocol": [1]}), ("holdRules.list", {})]):
            lines.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n")
            lines.flush()
            answer = json.loads(lines.readline())
        return answer["result"]["rules"]


def window(environment):
    """The window that the action opened: its process."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Postroom"], env=environment, capture_output=True, text=True)
    ids = found.stdout.split()
    return ids and int(subprocess.run(["xdotool", "getwindowpid", ids[0]], env=environment, capture_output=True, text=True).stdout or 0)


def journey(desktop, environment, path):
    server = start_server(path)
    monitor = subprocess.Popen([BUILD / "gui/postroom", "--tray", "--socket", path], env=environment)
    try:
        desktop.until("the icon in the panel", lambda: desktop.items)
        # Mail is on hold in the scenario, and no mailbox is full: that is what the shape says.
        desktop.until("the held icon", lambda: desktop.item("IconName") == "postroom-held-symbolic" or desktop.item("IconPixmap"))
        menu = desktop.until("the whole menu", lambda: (found := desktop.menu()) and "Hold all mail" in found and found)
        assert next(iter(menu)).startswith("Mail is flowing."), menu
        assert {"Open Postroom", "Waiting: 4", "Add a device…", "Quit monitor"} <= set(menu), menu
        assert list(menu["Hold all mail"][1]) == ["15 minutes", "1 hour", "Until I say"], menu
        before = len(rules(path))
        desktop.click(menu["Hold all mail"][1]["1 hour"][0])
        desktop.until("the rule that holds everything", lambda: len(rules(path)) == before + 1)
        assert any(rule.get("everything") and rule.get("endsAt") for rule in rules(path)), rules(path)
        menu = desktop.until("the way back", lambda: (found := desktop.menu()) and "Release all mail" in found and found)
        print("tray: hold all mail for an hour, 2 clicks (target 2)")
        desktop.click(menu["Release all mail"][0])
        desktop.until("the rule is gone", lambda: len(rules(path)) == before)
        assert not desktop.shown, desktop.shown  # nothing has changed for the worse
        server.terminate()
        server.wait()
        told = desktop.until("the notification", lambda: desktop.shown)[0]
        assert told["title"] == "The mail server does not answer" and len(told["actions"]) == 2, told
        desktop.invoke(told)
        pid = desktop.until("the window that the action opens", lambda: window(environment))
        os.kill(pid, 15)
        print(f"tray: told “{told['title']}”, its one action opens the window")
        server.stdout.close()
        Path(path).unlink(missing_ok=True)
        server = start_server(path)
        desktop.until("the notification is taken back", lambda: told["id"] in desktop.closed)
        menu = desktop.until("the menu again", lambda: (found := desktop.menu()) and "Quit monitor" in found and "Waiting: 4" in found and found)
        desktop.click(menu["Quit monitor"][0])
        assert monitor.wait(timeout=PATIENCE) == 0
        print("tray: taken back when the server came back; quits by its menu")
    finally:
        for process in (server, monitor):
            process.terminate()
            process.wait()
        server.stdout.close()


def main():
    display, address = start_display()
    try:
        with tempfile.TemporaryDirectory(prefix="postroom-tray-") as home:
            environment = os.environ | {"DISPLAY": address, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8",
                                        "LANGUAGE": "en", "XDG_CONFIG_HOME": home, "XDG_RUNTIME_DIR": home, "HOME": home}
            journey(Desktop(), environment, f"{home}/control.sock")
    finally:
        display.terminate()
        display.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
