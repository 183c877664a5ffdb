#!/usr/bin/env python3
"""Holds the source to its floors: a folder includes itself and lower floors, never sideways, never up.

Also confines QtSql and sqlite3.h to daemon/db, OpenSSL to shared/crypto and shared/tls, and threads, sockets and files to
daemon (and the local socket of shared/ipc), so that everything in shared/ stays a function of its input.
Prints each violation as file:line: why; exit code 1 when there is one.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FLOORS = {
    "shared/base": 0,
    "shared/crypto": 1, "shared/dns": 1, "shared/http": 1,
    "shared/tls": 2, "shared/sasl": 2, "shared/smtp": 2,
    "shared/mime": 3,
    "shared/imap": 4, "shared/mailauth": 4, "shared/settings": 4,
    "shared/api": 5,
    "shared/ipc": 6,
    "daemon/core": 7,
    "daemon/db": 8, "daemon/net": 8,
    "daemon/dkim": 9, "daemon/store": 9, "daemon/junk": 9, "daemon/auth": 9, "daemon/reports": 9,
    "daemon/queue": 10, "daemon/acme": 10,
    "daemon/inbound": 11,
    "daemon/smtp": 12, "daemon/imap": 12, "daemon/http": 12,
    "daemon/control": 13,
    "daemon/app": 14,
}
# SCRAM-PLUS binds to the TLS channel: sasl reads what a finished handshake left behind. AUTH carries an exchange of sasl.
ALSO = {"shared/sasl": {"shared/tls"}, "shared/smtp": {"shared/sasl"}}
GUI_MAY_USE = {"shared/base", "shared/crypto", "shared/settings", "shared/api", "shared/ipc"}

# pattern of an include, folders that may have it, why not elsewhere
CONFINED = [
    (re.compile(r"QtSql|QSql\w*|sqlite3\.h"), ("daemon/db",), "SQL belongs to daemon/db"),
    (re.compile(r"openssl/.*"), ("shared/crypto", "shared/tls"), "OpenSSL belongs to shared/crypto and shared/tls"),
]
# In shared/ (but for the folders named) none of these: shared/ has no effects.
EFFECTS = [
    (re.compile(r"QThread\w*|QMutex\w*|QReadWriteLock|QWaitCondition|QSemaphore|thread|mutex|condition_variable|future"
                r"|shared_mutex|stop_token|pthread\.h|semaphore"), (), "no threads in shared/"),
    (re.compile(r"QtNetwork.*|QTcp\w*|QUdp\w*|QLocal(Socket|Server)|QSsl\w*|QNetwork\w*|QHostInfo|QDnsLookup"
                r"|sys/socket\.h|netinet/.*|sys/un\.h"), ("shared/ipc",), "no sockets in shared/"),
    (re.compile(r"QFile\w*|QDir\w*|QSaveFile|QTemporary\w*|fstream|filesystem|fcntl\.h|unistd\.h"), ("shared/ipc",),
     "no files in shared/"),
]
# The log and metrics registries are the only globals; they and the rate limiter guard their own data.
MAY_GUARD = {"shared/base/log.cpp", "shared/base/log.h", "shared/base/metrics.cpp", "shared/base/metrics.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def folder_of(path):
    parts = path.split("/")
    if parts[0] in ("gui", "qml"):
        return parts[0]
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def forbidden_folder(user, used):
    """Why `user` may not include from `used`, or None."""
    if user == used or used == "cmake":
        return None
    if user == "gui":
        return None if used in GUI_MAY_USE else "the control app uses only " + ", ".join(sorted(GUI_MAY_USE))
    if user == "daemon/cli":
        return None if used.startswith("shared/") else "the command line uses only shared/"
    if user not in FLOORS:
        return f"{user} has no floor"
    if used not in FLOORS:
        return f"{used} has no floor"
    if FLOORS[used] < FLOORS[user] or used in ALSO.get(user, ()):
        return None
    return f"{user} (floor {FLOORS[user]}) may not use {used} (floor {FLOORS[used]})"


def problems_of(name, text):
    folder = folder_of(name)
    is_test = name.endswith("_test.cpp")
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, target = match.groups()
        if quote == '"':
            if target.startswith("tests/"):
                if not is_test:
                    yield number, "only tests include from tests/"
                continue
            if "/" not in target:
                if not target.endswith(".moc"):
                    yield number, f'"{target}": includes are written from the repository root'
                continue
            reason = forbidden_folder(folder, folder_of(target))
            if reason and not (is_test and folder_of(target) in FLOORS):
                yield number, reason
            continue
        if is_test:
            continue
        header = target.removeprefix("QtCore/").removeprefix("QtNetwork/")
        for pattern, allowed, why in CONFINED:
            if (pattern.fullmatch(target) or pattern.match(target + "/")) and folder not in allowed:
                yield number, f"<{target}>: {why}"
        if folder.startswith("shared/"):
            for pattern, allowed, why in EFFECTS:
                if pattern.fullmatch(header) and folder not in allowed and name not in MAY_GUARD:
                    yield number, f"<{target}>: {why}"


def self_test():
    cases = [
        ("shared/base/a.h", '#include "shared/mime/b.h"', True),
        ("shared/mime/a.h", '#include "shared/base/b.h"', False),
        ("shared/tls/a.h", '#include "shared/sasl/b.h"', True),
        ("daemon/store/a.cpp", "#include <QSqlQuery>", True),
        ("daemon/store/a.cpp", "#include <sqlite3.h>", True),
        ("daemon/db/a.cpp", "#include <QSqlQuery>", False),
        ("shared/mime/a.cpp", "#include <openssl/evp.h>", True),
        ("shared/mime/a.cpp", "#include <mutex>", True),
        ("shared/mime/a.cpp", "#include <QFile>", True),
        ("daemon/smtp/a.cpp", '#include "daemon/imap/b.h"', True),
        ("gui/a.cpp", '#include "daemon/db/b.h"', True),
        ("gui/a.cpp", '#include "shared/api/b.h"', False),
        ("daemon/smtp/a.cpp", '#include "b.h"', True),
    ]
    return [f"self test: {name}: {line}" for name, line, bad in cases if bool(list(problems_of(name, line))) != bad]


def main():
    found = self_test()
    count = 0
    for top in ("shared", "daemon", "gui"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            count += 1
            name = path.relative_to(ROOT).as_posix()
            found += [f"{name}:{number}: {why}" for number, why in problems_of(name, path.read_text())]
    print("\n".join(found + [f"{count} files, {len(found)} violations"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
