"""What the control app costs, under an X server of its own with the software renderer. One command, one JSON line:

    POSTROOM_BUILD=build/release python3 tests/bench/app.py

cold_start_ms: from the command until the window shows the server's name, which it learns with its data; median of five, the files in
the disk cache. page_switch_ms: the slowest of the pages, from the click to the frame that shows it. scroll_frame_ms: the longest
frame while 100,000 waiting messages are scrolled. Memory is PSS.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import figures
from figures import harness

GUI = Path(__file__).resolve().parents[1] / "gui"
sys.path.insert(0, str(GUI))
from screenshots import start_display  # noqa: E402

PATIENCE = 60


def start_window(environment, socket):
    """The window's process, and how long it took."""
    began = time.perf_counter()
    window = subprocess.Popen([harness.BUILD / "gui/postroom", "--socket", socket, "--language", "en"], env=environment)
    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Postroom, "], env=environment, check=True,
                   stdout=subprocess.DEVNULL, timeout=PATIENCE)
    return window, (time.perf_counter() - began) * 1000


def stop(process):
    process.terminate()
    process.wait()


def frames(environment):
    """The figures of app_frames.qml, which runs the window's content in this process."""
    done = subprocess.run([harness.BUILD / "tests_gui/gui_quick_test", "-input", Path(__file__).with_name("app_frames.qml")],
                          env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    line = next(each for each in (done.stdout + done.stderr).splitlines() if "figures: " in each)
    return json.loads(line.split("figures: ")[1])


def main():
    display, address = start_display()
    with tempfile.TemporaryDirectory(prefix="postroom-bench-") as home:
        environment = os.environ | {"DISPLAY": address, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8",
                                    "XDG_CONFIG_HOME": home, "XDG_RUNTIME_DIR": home}
        socket = f"{home}/control.sock"
        server = subprocess.Popen([harness.BUILD / "tests_gui/fake_daemon", socket, "healthy"], stdout=subprocess.PIPE)
        assert server.stdout.readline() == b"ready\n"
        try:
            starts = []
            for _ in range(5):
                window, took = start_window(environment, socket)
                starts.append(took)
                time.sleep(2)
                window_pss = figures.pss_kib(window.pid)
                stop(window)
            tray = subprocess.Popen([harness.BUILD / "gui/postroom-tray", "--socket", socket], env=environment)
            time.sleep(3)
            tray_pss = figures.pss_kib(tray.pid)
            stop(tray)
            measured = frames(environment)
        finally:
            stop(server)
            stop(display)
    print(json.dumps({"bench": "app", "build": harness.BUILD.name, "cold_start_ms": round(statistics.median(starts)),
                      "window_mib": round(window_pss / 1024, 1), "tray_mib": round(tray_pss / 1024, 1), **measured}))


main()
