#!/usr/bin/env python3
"""Pictures of every page and state, light and dark, English, German and mirrored: tests/gui/screenshots OUTDIR. Also a test: each must be
made, have its size, be lit as its theme, show more than one colour, and make no complaint.

Runs the programs of $POSTROOM_BUILD (default: build/dev) under an X server of its own with the software renderer. Without OUTDIR
the pictures are removed again. Two at a time; about a minute.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BUILD = Path(os.environ.get("POSTROOM_BUILD", Path(__file__).resolve().parents[2] / "build/dev"))
WIDE, SMALL, DOUBLE = "1200x780", "1024x600", "683x400"
DNS = [{"name": "mail.example-family.net", "type": "A", "value": "203.0.113.7", "why": "where the server is"},
       {"name": "example-family.net", "type": "MX", "value": "10 mail.example-family.net.", "why": "mail for the domain comes here"},
       {"name": "example-family.net", "type": "TXT", "value": "v=spf1 mx -all", "why": "SPF: only this server sends for the domain"}]
# name, scenario of the fake server (None: no server), page, intent, size, languages; rtl: English from right to left
PICTURES = [
    ("overview", "healthy", "overview", "", WIDE, "en de rtl"),
    ("overview-troubled", "troubled", "overview", "", WIDE, "en"),
    ("overview-expiring", "expiring", "overview", "", WIDE, "en de"),
    ("overview-fresh", "fresh", "overview", "", WIDE, "en"),
    ("overview-small", "healthy", "overview", "", SMALL, "en"),
    ("overview-double", "healthy", "overview", "", DOUBLE, "en"),
    ("people", "healthy", "people", "", WIDE, "en de rtl"),
    ("people-fresh", "fresh", "people", "", WIDE, "en"),
    ("people-add", "healthy", "people", "add", WIDE, "de"),
    ("people-double", "healthy", "people", "", DOUBLE, "en"),
    ("aliases", "healthy", "aliases", "", WIDE, "en de"),
    ("aliases-open", "healthy", "aliases", "open:info@example-family.net", WIDE, "en de"),
    ("aliases-add", "healthy", "aliases", "add", WIDE, "en"),
    ("aliases-fresh", "fresh", "aliases", "", WIDE, "en"),
    ("flow", "healthy", "flow", "", WIDE, "en de"),
    ("flow-open", "healthy", "flow", "open:2", WIDE, "en de rtl"),
    ("flow-held", "healthy", "flow", "tab:held", WIDE, "en"),
    ("flow-empty", "fresh", "flow", "", WIDE, "en"),
    ("flow-busy", "busy", "flow", "", WIDE, "en"),
    ("flow-double", "healthy", "flow", "open:2", DOUBLE, "en"),
    ("devices", "healthy", "devices", "", WIDE, "en de rtl"),
    ("devices-add", "healthy", "devices", "add:anna@example-family.net", WIDE, "en de"),
    ("devices-double", "healthy", "devices", "", DOUBLE, "en"),
    ("devices-fresh", "fresh", "devices", "", WIDE, "en"),
    ("flow-rules", "healthy", "flow", "tab:rules", WIDE, "en de"),
    ("flow-sent", "healthy", "flow", "tab:sent", WIDE, "en"),
    ("flow-suppressed", "healthy", "flow", "tab:suppressed", WIDE, "en"),
    ("security", "troubled", "security", "", WIDE, "en de rtl"),
    ("security-double", "healthy", "security", "", DOUBLE, "en"),
    ("trace", "healthy", "trace", "find:garden", WIDE, "en de"),
    ("trace-empty", "healthy", "trace", "", WIDE, "en"),
    ("trace-double", "healthy", "trace", "find:garden", DOUBLE, "en"),
    ("settings", "healthy", "settings", "", WIDE, "en de rtl"),
    ("settings-double", "healthy", "settings", "", DOUBLE, "en"),
    ("wizard", "unset", "overview", "", WIDE, "en de"),
    ("wizard-reach", "fresh", "overview", "wizard:3", WIDE, "en de"),
    ("wizard-dns", "fresh", "overview", "wizard:4", WIDE, "en de rtl"),
    ("wizard-certificate", "fresh", "overview", "wizard:5", WIDE, "en de"),
    ("wizard-device", "fresh", "overview", "wizard:6", WIDE, "en"),
    ("wizard-proof", "fresh", "overview", "wizard:7", WIDE, "en"),
    ("wizard-double", "unset", "overview", "", DOUBLE, "en"),
    ("unreachable", None, "overview", "", WIDE, "en de"),
]


def start_display():
    read, write = os.pipe()
    display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
                               pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()  # to its end: closing earlier would kill the server
    if not number:
        raise RuntimeError("Xvfb did not start")
    return display, f":{number}"


def configure(home, intent):
    """A configuration folder of its own; with the wizard under way if that is asked for."""
    (home / "postroom").mkdir(parents=True)
    if intent.startswith("wizard:"):
        place = {"step": int(intent[7:]), "domain": "example-family.net", "personName": "Anna", "part": "anna",
                 "address": "anna@example-family.net", "dns": DNS}
        quoted = json.dumps(place).replace("\\", "\\\\").replace('"', '\\"')
        (home / "postroom/window.conf").write_text(f'[General]\nwizard="@ByteArray({quoted})"\n')
        return ""
    return intent


def take(folder, display, name, scenario, page, intent, size, language):
    """The two pictures of one page in one language."""
    socket = folder / f"{name}-{language}.sock"
    server = None
    if scenario:
        server = subprocess.Popen([BUILD / "tests_gui/fake_daemon", socket, scenario], stdout=subprocess.PIPE)
        assert server.stdout.readline() == b"ready\n"
    files = []
    try:
        with tempfile.TemporaryDirectory(prefix="postroom-home-") as home:
            what = configure(Path(home), intent)
            for theme in ("light", "dark"):
                file = folder / f"{name}-{language}-{theme}.png"
                environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software",
                                            "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": home}
                command = [BUILD / "gui/postroom", "--socket", socket, "--page", page, "--theme", theme, "--language", "en" if language == "rtl" else language,
                           "--window-size", size, "--screenshot", file]
                done = subprocess.run(command + (["--intent", what] if what else []) + (["-reverse"] if language == "rtl" else []), env=environment, timeout=60,
                                      capture_output=True, text=True)
                complaints = [line for line in done.stderr.splitlines() if "qml" in line.lower()]
                assert done.returncode == 0 and not complaints, f"{name} {language} {theme}: {done.returncode}\n{done.stderr}"
                files.append(file)
    finally:
        if server:
            server.terminate()
            server.wait()
            server.stdout.close()
            socket.unlink(missing_ok=True)
    check(f"{name} {language}", size, *files)
    print(f"{name} {language}: {size}, light and dark", flush=True)


def pixels(file):
    """Size and the raw RGB bytes."""
    size = subprocess.run(["identify", "-format", "%wx%h", file], check=True, capture_output=True, text=True).stdout
    raw = subprocess.run(["convert", file, "-depth", "8", "rgb:-"], check=True, capture_output=True).stdout
    return size, raw


def check(name, size, light, dark):
    light_size, light_raw = pixels(light)
    dark_size, dark_raw = pixels(dark)
    assert light_size == dark_size == size, f"{name}: {light_size} and {dark_size}, not {size}"
    for theme, raw in (("light", light_raw), ("dark", dark_raw)):
        colours = {raw[i:i + 3] for i in range(0, len(raw), 3)}
        assert len(colours) > 50, f"{name} {theme}: only {len(colours)} colours, is it blank?"
    mean = [sum(raw[::97]) / len(raw[::97]) for raw in (light_raw, dark_raw)]
    assert mean[0] > mean[1] + 60, f"{name}: light has a mean of {mean[0]:.0f}, dark of {mean[1]:.0f}"


def main():
    wanted = sys.argv[2:]  # names of pictures; none: all
    display, address = start_display()
    try:
        with tempfile.TemporaryDirectory(prefix="postroom-shots-") as temporary:
            folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            with ThreadPoolExecutor(2) as pool:
                jobs = [pool.submit(take, folder, address, *picture[:5], language) for picture in PICTURES
                        for language in picture[5].split() if not wanted or picture[0] in wanted]
                for job in jobs:
                    job.result()
    finally:
        display.terminate()
        display.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
