// People: the journeys, with the clicks the design allows, and what goes wrong.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "People"

    function open(scenario: string): void {
        begin(scenario)
        app.page = "people"
        appear("addPerson")
    }
    function test_addAPersonFromOverview() {
        begin("healthy")
        press("addPerson")
        appear("addPersonDialog-form")
        tryVerify(() => find("name").activeFocus)
        type("Jonas Gross")
        compare(find("address").text, "jonas.gross")
        press("submit")
        tryVerify(() => asked().join() === "accounts.add")
        press("copySecret")
        press("submit")
        vanish("addPersonDialog-form")
        appear("person-jonas.gross@example-family.net")
        compare(clicks, 4)
    }
    function test_addByKeyboardAlone() {
        open("fresh")
        appear("nobody")
        keyClick(Qt.Key_N)
        tryVerify(() => find("name")?.activeFocus)
        type("Mia")
        keyClick(Qt.Key_Return)
        appear("copySecret")
        tryVerify(() => find("submit").activeFocus)
        keyClick(Qt.Key_Return)
        vanish("addPersonDialog-form")
        appear("person-mia@example-family.net")
    }
    function test_aTakenNameGetsAFreeAddress() {
        open("healthy")
        press("addPerson")
        tryVerify(() => find("name")?.activeFocus)
        type("Mum")
        compare(find("address").text, "mum2")
        keyClick(Qt.Key_Escape)
        vanish("addPersonDialog-form")
    }
    function test_aRefusedAddressSaysSoAtTheField() {
        open("healthy")
        press("addPerson")
        tryVerify(() => find("name")?.activeFocus)
        type("Zed")
        server.refuseNext("accounts.add", "this address is reserved", "/address", "Take another one.")
        press("submit")
        tryVerify(() => find("address").bad)
        tryVerify(() => find("address").activeFocus)
        keyClick(Qt.Key_Escape)
        vanish("addPersonDialog-form")
    }
    function test_setAPassword() {
        open("healthy")
        press("more-anna@example-family.net")
        press("menuPassword")
        appear("passwordDialog-form")
        tryVerify(() => find("password").activeFocus)
        type("short")
        press("submit")
        tryVerify(() => find("password").bad)
        find("password").clear()
        press("submit")
        appear("copySecret")
        keyClick(Qt.Key_Escape)
        vanish("passwordDialog-form")
    }
    function test_removeAndUndo() {
        open("healthy")
        press("more-anna@example-family.net")
        press("menuRemove")
        vanish("person-anna@example-family.net")
        compare(server.account("anna@example-family.net").state, "removed")
        compare(server.members("school@example-family.net"), ["mia@example-family.net"])
        press("undo")
        appear("person-anna@example-family.net")
        tryVerify(() => server.members("info@example-family.net").includes("anna@example-family.net"))
        tryVerify(() => server.members("school@example-family.net").includes("anna@example-family.net"))
        compare(clicks, 3)
    }
    function test_removeByKeyboardAndTakeBackWithControlZ() {
        open("healthy")
        const card = appear("person-ben@example-family.net")
        card.forceActiveFocus()
        keyClick(Qt.Key_Delete)
        vanish("person-ben@example-family.net")
        appear("undo")
        keyClick(Qt.Key_Z, Qt.ControlModifier)
        appear("person-ben@example-family.net")
    }
    function test_aRefusedRemovalIsTold() {
        open("healthy")
        server.refuseNext("accounts.remove", "this account is the only member of an alias", "", "Remove the alias first.")
        press("more-mia@example-family.net")
        press("menuRemove")
        appear("undoBar")
        verify(app.undoBar.bad)
        compare(app.undoBar.detail, "Remove the alias first.")
        appear("person-mia@example-family.net")
    }
    function test_changesMadeElsewhereArrive() {
        open("healthy")
        server.changeAccount("mia@example-family.net", { "name": "Mia Sophie" })
        tryCompare(appear("person-mia@example-family.net"), "title", "Mia Sophie")
    }
    function test_filter() {
        open("healthy")
        keyClick(Qt.Key_F, Qt.ControlModifier)
        verify(find("filter").activeFocus)
        type("helga")
        vanish("person-anna@example-family.net")
        appear("person-helga@example-family.net")
        type("x")
        appear("noMatch")
        keyClick(Qt.Key_Escape)
        appear("person-anna@example-family.net")
    }
}
