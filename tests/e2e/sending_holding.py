"""Outgoing mail is held, looked at, moved, released, given up and taken back, as an administrator does it with postroomctl."""
import imaplib
import json
import time

from harness import PASSWORD, Playground
from postroomctl import control_of, eventually


class Flow:
    def __init__(self, server):
        self.ctl = control_of(server)
        self.client = imaplib.IMAP4_SSL("localhost", server.port(993), ssl_context=server.tls())
        self.client.login("me@localhost", PASSWORD)

    def send(self, *recipients, subject="held?"):
        self.ctl("sendmail", "-f", "me@localhost", "--", *recipients, stdin=f"Subject: {subject}\n\nhello\n")

    def rows(self, *more):
        return self.ctl.json("queue", "list", *more)["messages"]

    def states(self):
        return {each["recipient"]: each["state"] for each in self.rows()}

    def inbox(self):
        self.client.select("INBOX", readonly=True)
        return b"".join(part[1] for part in self.client.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(part, tuple))

    def outcomes(self):
        return {each["recipient"]: each["outcome"] for each in self.ctl.json("queue", "history")["messages"]}


def rules(flow):
    ctl = flow.ctl
    assert "would hold all" in ctl("hold-rule", "add", rc=1)
    assert "no account" in ctl("hold-rule", "add", "--account", "nobody@localhost", rc=1)
    flow.send("before@held.example.net")
    eventually(lambda: flow.outcomes().get("before@held.example.net") == "delivered")
    tested = ctl.json("hold-rule", "test", "--recipient-domain", "held.example.net")
    assert (tested["now"], tested["recent"]) == (0, 1), tested
    made = ctl.json("hold-rule", "add", "--account", "me@localhost", "--recipient-domain", "held.example.net", "--note", "a look first")
    flow.send("a@held.example.net", "b@held.example.net", "c@free.example.net")
    eventually(lambda: flow.outcomes().get("c@free.example.net") == "delivered")
    assert flow.states() == {"a@held.example.net": "held", "b@held.example.net": "held"}, flow.states()
    assert all(each["heldBy"] == made["rule"]["id"] for each in flow.rows())
    listed = ctl.json("hold-rule", "list")["rules"]
    assert listed[0]["holds"] == 2 and listed[0]["note"] == "a look first", listed
    assert ctl.json("queue", "release", "--to", "a@held", "--dry-run")["count"] == 1
    assert flow.states()["a@held.example.net"] == "held"
    removed = ctl.json("hold-rule", "remove", str(listed[0]["id"]))
    assert "stay held until they are released" in removed["note"], removed
    assert set(flow.states().values()) == {"held"}
    assert ctl.json("queue", "release", "--held")["count"] == 2
    eventually(lambda: not flow.rows())
    assert flow.outcomes()["a@held.example.net"] == "delivered"


def everything_for_a_while(flow):
    made = flow.ctl.json("hold-rule", "add", "--everything", "--lasts", "15s")
    assert made["rule"]["everything"]
    flow.send("later@example.net")
    assert flow.states() == {"later@example.net": "held"}
    until = time.monotonic() + 60
    while flow.outcomes().get("later@example.net") != "delivered":
        assert time.monotonic() < until, flow.rows()
        time.sleep(0.5)
    assert flow.ctl.json("hold-rule", "list")["rules"] == []


def by_hand(flow):
    ctl = flow.ctl
    flow.send("x-temperror@example.net", subject="steered")
    waiting = eventually(lambda: [each for each in flow.rows() if each["attempts"] > 0])
    number = str(waiting[0]["id"])
    shown = ctl.json("queue", "show", number)
    assert shown["attempts"][0]["code"] == 451 and shown["attempts"][0]["outcome"] == "deferred", shown
    before = waiting[0]["nextAttempt"]
    moved = ctl.json("queue", "schedule", number, "--wait", "5h")
    assert flow.rows("--due-after", "4h")[0]["id"] == waiting[0]["id"]
    assert ctl.json("queue", "undo", str(moved["undo"]))["count"] == 1
    assert flow.rows()[0]["nextAttempt"] == before
    held = ctl.json("queue", "hold", "--from", "me@localhost", "--to", "temperror")
    assert held["count"] == 1 and flow.rows()[0]["state"] == "held"
    ctl("queue", "undo", str(held["undo"]))
    assert flow.rows()[0]["state"] == "waiting"
    assert "within the next 60 days" in ctl("queue", "schedule", number, "--wait", "61d", rc=1)
    assert "no message was named" in ctl("queue", "drop", rc=1)
    assert ctl.json("queue", "require-tls", number, "--tls", "required")["count"] == 1
    assert flow.rows()[0]["tls"] == "required"
    assert ctl.json("queue", "fail", "--to", "temperror")["count"] == 1
    eventually(lambda: b"cancelled the delivery" in flow.inbox())
    assert flow.outcomes()["x-temperror@example.net"] == "failed"
    assert flow.rows() == []


def pages(flow):
    flow.ctl("hold-rule", "add", "--everything")
    flow.send(*(f"u{number}@example.net" for number in range(7)))
    seen, after = [], ""
    while True:
        page = flow.ctl.json("queue", "list", "--limit", "3", "--sort", "queued", *(["--after", after] if after else []))
        seen += [each["recipient"] for each in page["messages"]]
        after = page["next"]
        if not after:
            break
    assert seen == [f"u{number}@example.net" for number in range(7)], seen
    assert flow.ctl.json("queue", "drop", "--all")["count"] == 7


def main():
    with Playground() as server:
        flow = Flow(server)
        for scenario in (rules, everything_for_a_while, by_hand, pages):
            begun = time.monotonic()
            scenario(flow)
            print(json.dumps({"scenario": scenario.__name__, "seconds": round(time.monotonic() - begun, 1)}))
        assert "clean" in flow.ctl("verify")


if __name__ == "__main__":
    main()
