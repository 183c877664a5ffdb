"""Storage that is nearly used up: the topic "quota" of the control socket tells each mark of 80 and 90 % once when it is passed, up or
down, for bytes and for messages; what does not fit is refused and tells nothing."""
import json
import socket
import sys

from clients import imap
from harness import Playground

SIZE = 10_000
QUIET = 1.0   # nothing comes for so long: nothing will; news wait a quarter of a second at most


class Control:
    def __init__(self, server):
        self.wire = socket.socket(socket.AF_UNIX)
        self.wire.connect(str(server.folder / "run/control.sock"))
        self.wire.settimeout(20)
        self.input = b""
        self.number = 0
        self.call("hello", client="test", protocol=[1])

    def line(self):
        while b"\n" not in self.input:
            got = self.wire.recv(65536)
            assert got, "closed"
            self.input += got
        line, _, self.input = self.input.partition(b"\n")
        return json.loads(line)

    def call(self, method, **params):
        self.number += 1
        self.wire.sendall(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode() + b"\n")
        while (answer := self.line()).get("id") != self.number:
            pass
        assert "result" in answer, answer
        return answer["result"]

    def quota(self):
        """What the topic holds now, and its news from now on."""
        (snapshot,) = self.call("subscribe", topics=["quota"])["snapshots"]
        return [each["value"] for each in snapshot["items"]]

    def news(self):
        """What is told until nothing is told any more."""
        told = []
        self.wire.settimeout(QUIET)
        try:
            while True:
                event = self.line()
                assert event["params"]["topic"] == "quota", event
                told += [(op["op"], op["id"], op["value"].get("percent")) for op in event["params"]["ops"]]
        except TimeoutError:
            self.wire.settimeout(20)
            return told


def append(client):
    return client.append("INBOX", None, None, b"Subject: x\r\n\r\n" + b"y" * (SIZE - 16) + b"\r\n")


def storage(server, control):
    key = "me@localhost storage"
    control.call("accounts.update", address="me@localhost", quotaBytes=10 * SIZE)
    assert control.quota() == []
    client = imap(server)
    expected = {8: [("upsert", key, 80)], 9: [("upsert", key, 90)]}
    for number in range(1, 11):
        assert append(client)[0] == "OK"
        assert control.news() == expected.get(number, []), number
    kind, data = append(client)
    assert kind == "NO" and data[0].startswith(b"[OVERQUOTA]"), data
    assert control.news() == []
    assert control.quota() == [{"address": "me@localhost", "resource": "storage", "percent": 90}]
    client.select("INBOX")
    for number, told in ((2, [("upsert", key, 80)]), (1, [("remove", key, None)])):   # 8 stay, then 7
        client.store(f"1:{number}", "+FLAGS", r"(\Deleted)")
        client.expunge()
        assert control.news() == told, number
    assert append(client)[0] == "OK"
    assert control.news() == [("upsert", key, 80)]
    control.call("accounts.update", address="me@localhost", quotaBytes=0)
    assert control.news() == [("remove", key, None)]


def messages(server, control):
    key = "me@localhost messages"
    control.call("accounts.update", address="me@localhost", quotaMessages=10)
    assert control.news() == [("upsert", key, 80)]   # the eight that are there
    client = imap(server)
    client.select("INBOX")
    kind, data = client.copy("1:3", "Archive")
    assert kind == "NO" and data[0].startswith(b"[OVERQUOTA]"), data
    assert control.news() == []
    assert client.copy("1:2", "Archive")[0] == "OK"   # both marks at once
    assert control.news() == [("upsert", key, 90)]


def main():
    with Playground() as server:
        control = Control(server)
        storage(server, control)
        messages(server, control)
    print("each mark told once")


if __name__ == "__main__":
    sys.exit(main())
