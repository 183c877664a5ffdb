"""What the measurements share: the server's own counters, CPU time and memory, as /proc and /metrics have them."""
import os
import re
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")


def metric(server, name):
    """The sum of a metric over its labels, from the page of the playground."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port(80)}/metrics") as page:
        text = page.read().decode()
    return sum(float(found[1]) for found in re.finditer(rf"^{name}(?:{{[^}}]*}})? (\S+)$", text, re.MULTILINE))


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def exact_cpu_seconds(pid):
    """As the scheduler counts it, not in ticks; of the threads that live."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def pss_kib(pid):
    """Memory of a process, what it shares divided among those who share it."""
    return int(re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1])


def load_program():
    return harness.BUILD / "tests/bench/smtp_load"
