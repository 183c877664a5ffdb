// Mail flow: why something waits in one click, what helps in another; many at once; by keyboard alone.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "MailFlow"

    function open(scenario: string): void {
        begin(scenario)
        app.page = "flow"
        appear("queueTable")
    }
    function test_whyAMessageIsStuckIsOneClickFromOverview() {
        begin("healthy")
        press("waiting-2")
        const details = appear("retry")
        compare(clicks, 1)
        tryVerify(() => details.activeFocus || find("queueTable").activeFocus)
        press("retry")
        tryVerify(() => server.calls.includes("queue.retry"))
        compare(clicks, 2)
    }
    function test_holdAndTakeBack() {
        open("healthy")
        compare(server.queued("held"), 2)
        press("tick-2")
        press("tick-3")
        press("bulkHold")
        tryVerify(() => server.queued("held") === 4)
        press("undo")
        tryVerify(() => server.queued("held") === 2)
    }
    function test_droppingAsksFirst() {
        open("healthy")
        press("tick-3")
        press("bulkDrop")
        appear("confirmSheet-form")
        tryVerify(() => find("cancel").activeFocus)
        keyClick(Qt.Key_Escape)
        vanish("confirmSheet-form")
        compare(server.queued("waiting"), 4)
        press("bulkDrop")
        press("confirm")
        tryVerify(() => server.queued("waiting") === 3)
        vanish("row-3")
    }
    function test_byKeyboardAlone() {
        open("healthy")
        const table = find("queueTable")
        table.forceActiveFocus()
        keyClick(Qt.Key_Home)
        keyClick(Qt.Key_Space)
        keyClick(Qt.Key_Down, Qt.ShiftModifier)
        compare(table.view.selectedCount, 2)
        keyClick(Qt.Key_H)
        tryVerify(() => server.queued("held") === 4)
        keyClick(Qt.Key_A, Qt.ControlModifier)
        compare(table.view.selectedCount, 2)
        keyClick(Qt.Key_Escape)
        compare(table.view.selectedCount, 0)
        keyClick(Qt.Key_Return)
        appear("retry")
        keyClick(Qt.Key_Left)
        vanish("retry")
        keyClick(Qt.Key_T)
        tryVerify(() => server.calls.includes("queue.retry"))
    }
    function test_heldMailIsReleased() {
        open("healthy")
        press("tab-held")
        press("row-5")
        press("release")
        tryVerify(() => server.queued("held") === 1)
        vanish("row-5")
    }
    function test_theReasonIsInPlainWords() {
        open("healthy")
        press("row-1")
        compare(find("queueTable").current.id, 1)
        compare(Reasons.of(find("queueTable").current).brief, "Keys or certificates of the two servers do not fit.")
        verify(Reasons.of(find("queueTable").current).needsYou)
    }
    function test_filterAndEmpty() {
        open("healthy")
        keyClick(Qt.Key_F, Qt.ControlModifier)
        verify(find("filter").activeFocus)
        type("slow")
        vanish("row-3")
        appear("row-2")
        type("zzz")
        appear("emptyQueue")
        keyClick(Qt.Key_Escape)
        appear("row-3")
    }
    function test_aServerThatGoesInTheMiddleOfAChangeSaysNothingWasDone() {
        open("dying")
        press("tick-2")
        press("bulkHold")
        tryVerify(() => app.undoBar.bad)
        appear("reconnect")
    }
    function test_tenThousandRowsScroll() {
        open("busy")
        const table = find("queueTable")
        tryCompare(table.view, "count", 10000)
        table.forceActiveFocus()
        keyClick(Qt.Key_End)
        tryCompare(table, "currentIndex", 9999)
        verify(table.list.contentItem.children.length < 200, table.list.contentItem.children.length)
        keyClick(Qt.Key_A, Qt.ControlModifier)
        compare(table.view.selectedCount, 10000)
    }
}
