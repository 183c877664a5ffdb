// Mail that does not move, and mail that is looked for, against a real server; real_flow.py sends it and looks what became of it.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "RealFlow"

    function beginReal(): void {
        failOnWarning(/.*/)
        Daemon.open([realSocket])
        tryVerify(() => Daemon.hasData && Daemon.queue.loaded)
        clicks = 0
    }
    function told(journey: string, target: int): void {
        console.info("journey: " + journey + ", " + clicks + " clicks (target " + target + ")")
        verify(clicks <= target)
    }
    function test_whyMailIsStuckAndWhatHelps() {
        beginReal()
        tryVerify(() => Daemon.queue.count === 1)
        press("waiting-" + Daemon.queue.at(0).id)
        appear("retry")
        const why = Reasons.of(Daemon.queue.at(0))
        verify(why.brief !== "" && why.advice !== "")
        told("why mail is stuck", 1)
        press("retry")
        tryVerify(() => Daemon.queue.at(0).attempts > 1)
        told("and what helps", 2)
    }
    function test_herMailDidNotCome() {
        beginReal()
        press("rail-trace")
        tryVerify(() => find("traceBox")?.activeFocus)
        type("friend@localhost")
        tryVerify(() => find("traceEnding")?.text.includes("Delivered"))
        console.info("story " + find("traceTimeline").steps.map(each => each.title).join(", "))
        told("a message is traced to its mailbox", 2)
    }
    function test_everythingIsPaused() {
        beginReal()
        press("rail-flow")
        clicks = 0 // in the panel's menu it is two from the start
        press("holdAll")
        press("hold-3600")
        tryVerify(() => find("holdAll").held)
        told("all mail is held for an hour", 2)
    }
    function test_itFlowsAgain() {
        beginReal()
        press("rail-flow")
        tryVerify(() => find("holdAll")?.held)
        press("holdAll")
        tryVerify(() => !find("holdAll").held)
        told("and flows again", 2)
    }
    function test_whoAnAliasReaches() {
        beginReal()
        app.page = "aliases"
        press("addAlias")
        tryVerify(() => find("aliasAddress")?.activeFocus)
        type("family")
        press("member-me@localhost")
        press("member-friend@localhost")
        press("submit")
        appear("row-family@localhost")
        clicks = 0
        press("testAlias")
        tryVerify(() => find("testFrom")?.activeFocus)
        type("oma@gmx.example")
        press("runTest")
        tryCompare(appear("testResult"), "glyph", "ok")
        told("who an alias reaches is tried without sending", 2)
    }
}
