// The journeys of People against a real server; real_server.py starts it and signs in with what was set here.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "RealServer"

    function test_addSetPasswordRemoveAndUndo() {
        failOnWarning(/.*/)
        Daemon.open([realSocket])
        tryVerify(() => Daemon.hasData && Daemon.accounts.loaded)
        press("addPerson")
        tryVerify(() => find("name")?.activeFocus)
        type("Zoe Real")
        press("submit")
        appear("copySecret")
        press("submit")
        vanish("addPersonDialog-form")
        press("more-zoe.real@localhost")
        press("menuPassword")
        tryVerify(() => find("password")?.activeFocus)
        type("lantern-otter-93-brisk")
        press("submit")
        tryCompare(find("submit"), "text", "Done")
        press("submit")
        vanish("passwordDialog-form")
        press("more-friend@localhost")
        press("menuEdit")
        tryVerify(() => find("storage")?.activeFocus)
        type("2.5")
        press("submit")
        vanish("editPersonDialog-form")
        tryCompare(find("person-friend@localhost"), "quotaBytes", 2.5 * 1024 * 1024 * 1024)
        press("more-zoe.real@localhost")
        press("menuRemove")
        vanish("person-zoe.real@localhost")
        press("undo")
        appear("person-zoe.real@localhost")
    }
}
