// The window around the pages: a server that is away, that comes back, that goes; the rail and its keys; names for every
// item that takes the focus.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "Window"

    function test_noServerIsSaidAndItConnectsByItself() {
        begin("healthy")
        Daemon.close()
        server.stop()
        Daemon.forget()
        Daemon.open([server.path])
        appear("unreachable")
        appear("tryAgain")
        verify(server.start())
        vanish("unreachable")
        appear("sentence")
    }
    function test_tryAgainTriesAtOnce() {
        begin("healthy")
        Daemon.close()
        server.stop()
        Daemon.forget()
        Daemon.open([server.path])
        appear("tryAgain")
        server.start()
        press("tryAgain")
        appear("sentence")
    }
    function test_aLostServerLeavesWhatWasKnown() {
        begin("healthy")
        app.page = "people"
        appear("person-anna@example-family.net")
        server.stop()
        appear("reconnect")
        verify(find("person-anna@example-family.net"))
        verify(!find("addPerson").enabled)
        server.start()
        vanish("reconnect")
        tryVerify(() => find("addPerson").enabled)
    }
    function test_pagesByKeys() {
        begin("healthy")
        keyClick(Qt.Key_2, Qt.ControlModifier)
        appear("people")
        keyClick(Qt.Key_1, Qt.ControlModifier)
        appear("sentence")
        press("rail-people")
        appear("people")
        find("filter").forceActiveFocus()
        keyClick(Qt.Key_F6)
        verify(find("rail-people").activeFocus)
        keyClick(Qt.Key_Up)
        keyClick(Qt.Key_Return)
        appear("sentence")
        keyClick(Qt.Key_F6)
        verify(!find("rail-overview").activeFocus)
    }
    function test_everyItemThatTakesTheFocusHasARoleAndAName_data() {
        return ["overview", "people", "aliases", "devices", "flow", "trace", "security", "settings"].map(page => ({ "tag": page, page }))
    }
    function test_everyItemThatTakesTheFocusHasARoleAndAName(data) {
        begin("troubled")
        app.page = data.page
        tryVerify(() => app.current !== null)
        const nameless = []
        const look = item => {
            if (!item.visible)
                return
            if (item.activeFocusOnTab && (item.Accessible.name === "" || item.Accessible.role === Accessible.NoRole))
                nameless.push(String(item) + " " + item.objectName)
            for (const child of item.children)
                look(child)
        }
        look(app)
        compare(nameless, [])
    }
}
