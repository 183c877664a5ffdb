#!/usr/bin/env python3
"""Pictures of the control app under Xvfb, against the fake server: each page, in light and dark.

    screenshots.py [OUTDIR]    the build folder comes from $POSTROOM_BUILD (build/dev)

Checks that each picture has the size asked for, shows something, and that light differs from dark. Without OUTDIR the pictures go
to a folder that is removed again.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD = Path(os.environ.get("POSTROOM_BUILD", Path(__file__).resolve().parents[2] / "build/dev"))
# name, scenario of the fake server (None: no server), page, size
PICTURES = [
    ("overview", "healthy", "overview", "1200x780"),
    ("overview-troubled", "troubled", "overview", "1200x780"),
    ("overview-fresh", "fresh", "overview", "1200x780"),
    ("overview-narrow", "healthy", "overview", "683x400"),
    ("people", "healthy", "people", "1200x780"),
    ("people-fresh", "fresh", "people", "1200x780"),
    ("people-narrow", "healthy", "people", "683x400"),
    ("unreachable", None, "overview", "1200x780"),
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


def take(folder, display, name, scenario, page, size):
    """The two pictures of one page."""
    socket = folder / f"{name}.sock"
    server = None
    if scenario:
        server = subprocess.Popen([BUILD / "tests_gui/fake_daemon", socket, scenario], stdout=subprocess.PIPE)
        assert server.stdout.readline() == b"ready\n"
    files = []
    try:
        for theme in ("light", "dark"):
            file = folder / f"{name}-{theme}.png"
            environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software",
                                        "LC_ALL": "C.UTF-8"}
            done = subprocess.run([BUILD / "gui/postroom", "--socket", socket, "--page", page, "--theme", theme,
                                   "--window-size", size, "--screenshot", file],
                                  env=environment, timeout=60, capture_output=True, text=True)
            complaints = [line for line in done.stderr.splitlines() if "qml" in line.lower()]
            assert done.returncode == 0 and not complaints, f"{name} {theme}: {done.returncode}\n{done.stderr}"
            files.append(file)
    finally:
        if server:
            server.terminate()
            server.wait()
    return files


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
    assert mean[0] > 180 and mean[1] < 75, f"{name}: light has a mean of {mean[0]:.0f}, dark of {mean[1]:.0f}"


def main():
    display, address = start_display()
    try:
        with tempfile.TemporaryDirectory(prefix="postroom-shots-") as temporary:
            folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            for name, scenario, page, size in PICTURES:
                light, dark = take(folder, address, name, scenario, page, size)
                check(name, size, light, dark)
                print(f"{name}: {size}, light and dark")
    finally:
        display.terminate()
        display.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
