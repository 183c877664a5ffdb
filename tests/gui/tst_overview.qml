// Overview: the sentence, what needs someone, live figures, and the way to the journeys.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "Overview"

    function test_saysThatMailFlows() {
        begin("healthy")
        compare(appear("sentence").text, "Mail is flowing.")
        verify(find("flow").summary.startsWith("214 received, 61 sent"))
    }
    function test_newMailIsCountedAtOnce() {
        begin("healthy")
        appear("flow")
        server.receiveMail(3)
        tryVerify(() => find("flow").summary.startsWith("217 received"))
    }
    function test_aFreshServerIsReady() {
        begin("fresh")
        compare(appear("sentence").text, "Ready. Nothing has arrived yet.")
    }
    function test_troubleIsNamedAndMended() {
        begin("troubled")
        compare(appear("sentence").text, "Mail is not flowing as it should.")
        press("need-storage")
        appear("editPersonDialog-form")
        type("20")
        press("submit")
        tryVerify(() => asked().join() === "accounts.update")
        compare(server.account("ben@example-family.net").quotaBytes, 20 * 1024 * 1024 * 1024)
        compare(clicks, 2)
    }
    function test_theHoursCanBeReadByKeyboardAndAsATable() {
        begin("healthy")
        const chart = appear("flowChart")
        chart.forceActiveFocus()
        keyClick(Qt.Key_Left)
        keyClick(Qt.Key_Left)
        verify(chart.Accessible.description.includes("12 received, 2 sent"), chart.Accessible.description)
        press("flowTable")
        vanish("flowChart")
    }
    function test_aViewerSeesTheStateOnly() {
        begin("healthy")
        Daemon.close()
        server.setRole("viewer")
        Daemon.forget()
        Daemon.open([server.path])
        tryVerify(() => Daemon.hasData)
        vanish("rail-people")
        verify(!find("addPerson"))
        server.setRole("admin")
    }
}
