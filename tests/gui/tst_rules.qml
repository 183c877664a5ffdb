// Mail flow beyond the queue: rules with their preview, everything paused, what was sent or failed, who gets nothing any more.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "Rules"

    function open(tab: string): void {
        begin("healthy")
        app.page = "flow"
        press("tab-" + tab)
    }
    function test_everythingIsPausedInTwoClicksAndFlowsAgain() {
        begin("healthy")
        app.page = "flow"
        press("holdAll")
        press("hold-3600")
        compare(clicks, 2)
        tryVerify(() => server.queued("waiting") === 0)
        tryVerify(() => find("holdAll").held)
        press("holdAll")
        tryVerify(() => server.queued("waiting") === 4)
        tryVerify(() => !find("holdAll").held)
    }
    function test_aRuleIsCountedWhileItIsTyped() {
        open("rules")
        press("addRule")
        tryVerify(() => find("rule-note")?.activeFocus)
        tryVerify(() => find("preview-0")?.text === "4")
        find("recipientDomain").forceActiveFocus()
        type("slow.example")
        tryVerify(() => find("preview-0")?.text === "1")
        tryVerify(() => find("preview-1")?.text === "1")
        verify(!server.calls.includes("holdRules.add"))
        press("saveRule")
        tryVerify(() => server.queued("held") === 3)
        vanish("saveRule")
    }
    function test_aRuleIsRemovedAndComesBack() {
        open("rules")
        press("removeRule-1")
        tryVerify(() => server.queued("held") === 0)
        appear("noRules")
        press("undo")
        vanish("noRules")
    }
    function test_aRefusedRuleSaysSo() {
        open("rules")
        press("addRule")
        tryVerify(() => find("rule-note")?.activeFocus)
        find("sender").forceActiveFocus()
        type("nobody")
        server.refuseNext("holdRules.add", "this is not an address", "/sender", "")
        press("saveRule")
        tryVerify(() => server.calls.includes("holdRules.add"))
        appear("saveRule")
        keyClick(Qt.Key_Escape)
        vanish("saveRule")
    }
    function test_theTriesOfAMessageAreOnItsLine() {
        begin("healthy")
        app.page = "flow"
        press("row-2")
        tryVerify(() => server.calls.includes("queue.show"))
        appear("fail")
        press("fail")
        press("confirm")
        vanish("row-2")
        press("tab-sent")
        press("chip-failed")
        tryVerify(() => find("sentTable")?.view.count === 2)
    }
    function test_whatWasSentIsListedByWhatBecameOfIt() {
        open("sent")
        const table = appear("sentTable")
        tryVerify(() => table.view.count === 6)
        press("chip-delivered")
        tryVerify(() => table.view.count === 3)
    }
    function test_olderMailIsListedUpToWhatTheServerLists() {
        begin("busy")
        app.page = "flow"
        press("tab-sent")
        const table = appear("sentTable")
        for (let times = 0; find("olderMail") && times < 10; ++times) {
            press("olderMail")
            tryVerify(() => !table.view.source.busy)
            compare(table.view.source.problem, "")
        }
        verify(!find("olderMail"))
        compare(table.view.source.params.limit, 10000)
        compare(table.view.count, 6)
    }
    function test_aSuppressedAddressGetsMailAgainAndBack() {
        open("suppressed")
        press("row-anna gone")
        press("unsuppress")
        vanish("suppressedTable")
        press("undo")
        appear("suppressedTable")
    }
}
