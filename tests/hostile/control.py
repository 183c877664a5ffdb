"""The control socket by somebody who means harm: bad JSON, wrong calls, great lines, deep nesting. Each is answered with what is wrong,
changes nothing, and leaves the server up and others served.

    control.py
"""
import json
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
import figures  # noqa: E402
from harness import Playground  # noqa: E402

MOST_KIB = 64 * 1024
LINE = 4 << 20   # the longest line
IN_FLIGHT = 64   # calls of a connection


def call(method, params=None, number=1):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": {} if params is None else params}


NOT_A_CALL = [
    b"{", b"}", b"[", b"[]", b"null", b"true", b"1", b"\"text\"", b"{}", b"{\"jsonrpc\":\"2.0\"}", b"\xff\xfe", b"\x00", b"{\"a\":}", b"{'a':1}", b"{\"a\":1,}", b"{\"a\":1}{",
    b"{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"status.get\",\"params\":{}}", b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5,\"params\":{}}",
    b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status.get\",\"params\":5}", b"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"status.get\",\"params\":{}}",
    b"[" * 100_000, b"{\"a\":" * 100_000, b"[" * 100_000 + b"]" * 100_000, b"{\"a\":" * 5000 + b"1" + b"}" * 5000,
    b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status.get\",\"params\":" + b"{\"a\":" * 600 + b"1" + b"}" * 600 + b"}",
    b"\"" + b"\\u0000" * 10_000 + b"\"", b"{\"\xed\xa0\x80\":1}", b"1" * 100_000, b"1e999999", b"-", b"\\", b"{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}",
]
WRONG_CALLS = [
    call("nosuch"), call("status"), call(""), call("x" * 100_000), call("accounts.get"), call("accounts.get", {"address": 5}), call("accounts.get", {"address": None}),
    call("accounts.get", {"address": ["me@localhost"]}), call("accounts.get", {"address": "x" * 1_000_000}), call("accounts.get", {"adress": "me@localhost"}),
    call("accounts.add", {"address": "no address"}), call("accounts.add", {"address": "a@localhost", "quotaBytes": -1}),
    call("accounts.add", {"address": "a@localhost", "quotaBytes": 1.5}), call("accounts.add", {"address": "a@localhost", "quotaBytes": "many"}),
    call("accounts.add", {"address": "a@localhost", "role": "king"}), call("accounts.add", {"address": "a\r\n@localhost"}), call("accounts.add", {"address": "a@\u0000"}),
    call("accounts.add", {"address": "x" * 65 + "@localhost"}), call("accounts.remove", {"address": "nobody@localhost"}), call("accounts.remove", {"address": "me@localhost", "purge": "yes"}),
    call("domains.add", {"name": ""}), call("domains.add", {"name": "-a-.x"}), call("domains.add", {"name": "a" * 300}), call("domains.add", {"name": "localhost"}),
    call("domains.remove", {"name": "localhost"}), call("aliases.add", {"address": "a@localhost", "members": []}), call("aliases.add", {"address": "a@localhost", "members": ["x"]}),
    call("aliases.add", {"address": "me@localhost", "members": ["friend@localhost"]}), call("queue.drop", {"ids": ["1"]}), call("queue.drop", {"ids": [999999]}),
    call("settings.apply"), call("settings.apply", {"document": {"server": {"nosuch": 1}}}), call("settings.apply", {"document": {"revision": -5}}),
    call("settings.apply", {"document": []}), call("settings.undo", {"revision": 999999}), call("mail.send", {"message": "!!!", "recipients": ["a@b.test"]}),
    call("mail.send", {"message": "", "recipients": []}), call("subscribe", {"topics": ["nosuch"]}), call("subscribe", {"topics": "status"}),
]


# What each says, and where: a method's parameters beside their limits.
EXACT = [
    (call("settings.apply"), -32602, "/document", "is missing"), (call("settings.diff", {"prune": True}), -32602, "/document", "is missing"),
    (call("settings.apply", {"document": {}}), -32000, "/document", "names no settings"), (call("settings.diff", {"document": {"revision": 1}}), -32000, "/document", "names no settings"),
    (call("settings.apply", {"document": {"server": {"maxRecipients": 10_001}}}), -32602, "/server/maxRecipients", "must be between 100 and 10000"),
    (call("settings.undo"), -32602, "/revision", "is missing"), (call("settings.undo", {"revision": 1.5}), -32602, "/revision", "must be a whole number"),
    (call("settings.undo", {"revision": 2 ** 53 + 1}), -32602, "/revision", "must be between -9007199254740992 and 9007199254740992"),
    (call("settings.history", {"limit": 0}), -32602, "/limit", "must be between 1 and 1000"), (call("settings.history", {"limit": 1001}), -32602, "/limit", "must be between 1 and 1000"),
    (call("settings.history", {"limit": 2 ** 31}), -32602, "/limit", "must be between -2147483648 and 2147483647"),
    (call("trace.find", {"query": "x", "limit": 0}), -32602, "/limit", "must be between 1 and 500"), (call("trace.find", {"query": "x", "limit": 501}), -32602, "/limit", "must be between 1 and 500"),
    (call("queue.list", {"limit": 0}), -32602, "/limit", "must be between 1 and 10000"), (call("queue.list", {"limit": 10_001}), -32602, "/limit", "must be between 1 and 10000"),
    (call("queue.drop", {"ids": list(range(10_001))}), -32000, "/ids", "names more than 10000 messages"), (call("queue.drop", {"ids": []}), -32000, "/ids", "no message was named"),
    (call("queue.history", {"limit": 0}), -32602, "/limit", "must be between 1 and 10000"), (call("queue.history", {"limit": 10_001}), -32602, "/limit", "must be between 1 and 10000"),
    (call("reports.tls", {"days": 0}), -32602, "/days", "must be between 1 and 60"), (call("reports.tls", {"days": 61}), -32602, "/days", "must be between 1 and 60"),
    (call("accounts.add", {"address": "a@localhost", "name": "n" * 201}), -32602, "/name", "is longer than 200 characters"),
    (call("accounts.update", {"address": "me@localhost", "name": "n" * 201}), -32602, "/name", "is longer than 200 characters"),
    (call("accounts.remove", {"address": "me@localhost", "idempotencyKey": "k" * 201}), -32000, "/idempotencyKey", "must not be longer than 200 characters"),
    (call("aliases.add", {"address": "a@localhost", "members": ["me@localhost"] * 1001}), -32000, "/members", "an alias has at most 1000 members"),
    (call("mail.send", {"message": "", "recipients": ["a@b.test"] * 1001}), -32000, "/recipients", "names more than 1000 recipients"),
    (call("subscribe", {"topics": ["status"] * 9}), -32000, "/topics", "there are only 8 topics"),
    (call("dkim.add", {"domain": "localhost", "selector": "s" * 64}), -32000, None, "a selector is letters, digits and hyphens"),
]
TAKEN = [   # at the limit
    call("settings.history", {"limit": 1}), call("settings.history", {"limit": 1000}), call("trace.find", {"query": "x", "limit": 1}), call("trace.find", {"query": "x", "limit": 500}),
    call("queue.list", {"limit": 1}), call("queue.list", {"limit": 10_000}), call("reports.tls", {"days": 1}), call("reports.tls", {"days": 60}),
    call("accounts.add", {"address": "a@localhost", "name": "n" * 200, "dryRun": True, "idempotencyKey": "k" * 200}), call("subscribe", {"topics": ["status"] * 8}),
]


class Caller:
    def __init__(self, server, hello=True):
        self.wire = socket.socket(socket.AF_UNIX)
        self.wire.connect(str(server.folder / "run/control.sock"))
        self.wire.settimeout(20)
        self.lines = self.wire.makefile("rb")
        if hello:
            answer = self.ask(json.dumps(call("hello", {"protocol": 1, "client": "hostile", "clientVersion": "1"})).encode())
            if "error" in answer:
                answer = self.ask(json.dumps(call("hello", {"client": "hostile"})).encode())
            assert "result" in answer, answer
            self.hello = answer["result"]

    def ask(self, line):
        self.wire.sendall(line + b"\n")
        return json.loads(self.lines.readline() or b"{\"closed\":true}")


def export(caller):
    return caller.ask(json.dumps(call("settings.export")).encode())["result"]


def exact(server, problems):
    caller = Caller(server)
    missing = 0
    for name in sorted(set(caller.hello["capabilities"]) - {"hello"}):   # hello is read leniently
        answer = caller.ask(json.dumps(call(name, {"nosuch": 1})).encode())   # so that nothing is done, whatever it needs
        error = answer.get("error", {})
        missing += error.get("message") == "is missing"
        if error.get("code") != -32602 or not error["data"].get("path") or error["message"] not in ("is missing", "is not a known name"):
            problems.append(f"{name}: {str(answer)[:300]}")
    if missing < 25:
        problems.append(f"only {missing} methods need a parameter")
    for each, code, path, text in EXACT:
        answer = caller.ask(json.dumps(each).encode())
        error = answer.get("error", {})
        if error.get("code") != code or text not in error.get("message", "") or path not in (None, error.get("data", {}).get("path")):
            problems.append(f"{str(each)[:120]}: {str(answer)[:300]}, not {code} {path} {text}")
    for each in TAKEN:
        answer = caller.ask(json.dumps(each).encode())
        if "result" not in answer:
            problems.append(f"{str(each)[:120]}: {str(answer)[:300]}")


def keys_of_a_domain(caller, problems):
    """A domain takes 20 DKIM keys; the 21st is refused, with the number."""
    def keys():
        return sum(key["domain"] == "localhost" for key in caller.ask(json.dumps(call("dkim.list")).encode())["result"]["keys"])
    while "error" not in (answer := caller.ask(json.dumps(call("dkim.add", {"domain": "localhost", "algorithm": "ed25519"})).encode())):
        if keys() > 20:
            break
    if keys() != 20 or answer.get("error", {}).get("data", {}).get("code") != "too-many-keys" or "at most 20 keys" not in answer["error"]["message"]:
        problems.append(f"{keys()} DKIM keys: {answer}")


def main():
    problems = []
    with Playground() as server:
        good = Caller(server)
        keys_of_a_domain(good, problems)
        before, memory = export(good), figures.pss_kib(server.process.pid)
        for line in NOT_A_CALL:
            for hello in (False, True):
                caller = Caller(server, hello)
                began = time.monotonic()
                answer = caller.ask(line)
                if "error" not in answer or not answer["error"].get("message") or time.monotonic() - began > 5:
                    problems.append(f"{line[:60]!r}: {str(answer)[:200]}")
                elif hello and "result" not in caller.ask(json.dumps(call("status.get")).encode()):
                    problems.append(f"{line[:60]!r}: the connection does not go on")
                caller.wire.close()
        exact(server, problems)
        caller = Caller(server)
        for each in WRONG_CALLS:
            answer = caller.ask(json.dumps(each).encode())
            error = answer.get("error", {})
            if not error.get("message") or answer.get("id") != 1:
                problems.append(f"{str(each)[:100]}: {str(answer)[:200]}")
        for each in (call("status.get"), call("accounts.list")):   # nothing before hello
            if "error" not in Caller(server, hello=False).ask(json.dumps(each).encode()):
                problems.append(f"{each} without hello")
        # A line longer than 4 MiB ends its connection, after saying why.
        caller = Caller(server)
        try:
            caller.wire.sendall(b"x" * (LINE + (1 << 20)) + b"\n")
        except OSError:
            pass
        answer = json.loads(caller.lines.readline() or b"{}")
        try:
            more = caller.lines.readline()
        except ConnectionResetError:   # what it did not read is thrown away
            more = b""
        if "4 MiB" not in str(answer) or more:
            problems.append(f"a great line: {answer} {more}")
        # More calls at once than may be in flight: each is answered, the rest refused.
        caller = Caller(server)
        caller.wire.sendall(b"".join(json.dumps(call("status.get", number=number)).encode() + b"\n" for number in range(1000)))
        answers = [json.loads(caller.lines.readline()) for _ in range(1000)]
        if {answer["id"] for answer in answers} != set(range(1000)) or not any("result" in answer for answer in answers):
            problems.append("not every one of 1,000 calls was answered")
        # Exactly as many: they come in one piece, so none is answered before the last is read.
        for number in (IN_FLIGHT, IN_FLIGHT + 1):
            caller = Caller(server)
            caller.wire.sendall(b"".join(json.dumps(call("status.get", number=each)).encode() + b"\n" for each in range(number)))
            refused = [answer["error"]["data"] for answer in (json.loads(caller.lines.readline()) for _ in range(number)) if "error" in answer]
            if [each["code"] for each in refused] != ["too-many-calls"] * (number - IN_FLIGHT) or not all(str(IN_FLIGHT) in each["hint"] for each in refused):
                problems.append(f"{number} calls in flight: {refused}")
        idle = [Caller(server, hello=False) for _ in range(200)]   # they say nothing
        for each in idle:
            each.wire.sendall(b"{" * 1000)
        if export(Caller(server)) != before:
            problems.append("something was changed")
        for each in idle:
            each.wire.close()
        if "result" not in good.ask(json.dumps(call("status.get")).encode()):
            problems.append("the first connection was lost")
        grown = figures.pss_kib(server.process.pid) - memory
        if grown > MOST_KIB:
            problems.append(f"the server grew by {grown} KiB")
        if figures.metric(server, "postroom_unhandled_errors_total") != 0:
            problems.append("errors nobody handled")
    assert not problems, "\n".join(problems)
    print(f"{len(NOT_A_CALL)} lines and {len(WRONG_CALLS) + len(EXACT)} calls refused, nothing changed, {grown} KiB more memory")


if __name__ == "__main__":
    main()
