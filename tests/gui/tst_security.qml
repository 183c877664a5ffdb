// Security: who signed in and who tried.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "Security"

    function test_whatDidNotWorkIsShownAlone() {
        begin("healthy")
        press("rail-security")
        const table = appear("signInTable")
        tryVerify(() => table.view.count > 5)
        press("chip-failed")
        tryVerify(() => table.view.count === 3)
        for (let row = 0; row < table.view.count; ++row)
            verify(table.view.at(row).result !== "ok")
    }
    function test_aCertificateThatEndsIsOneClickFromOverview() {
        begin("expiring")
        tryVerify(() => find("sentence")?.text === "Mail is flowing. One thing needs you.")
        press("need-security")
        const card = appear("certificates")
        compare(card.glyphOf(card.certificates[0]), "error")
        compare(card.ending(card.certificates[0]), "2 days left")
        compare(card.glyphOf(card.certificates[1]), "ok") // the server renews it
        compare(clicks, 1)
    }
    function test_theFilterFindsAnAddress() {
        begin("healthy")
        app.page = "security"
        const table = appear("signInTable")
        keyClick(Qt.Key_F, Qt.ControlModifier)
        type("198.51")
        tryVerify(() => table.view.count === 3)
        keyClick(Qt.Key_Escape)
        tryVerify(() => table.view.count > 5)
    }
    function test_nobodySignedInYet() {
        begin("fresh")
        app.page = "security"
        vanish("signInTable")
    }
}
