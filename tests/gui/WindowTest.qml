// A test with the window's content and a fake server behind it. find() sees what a person sees: visible items, also those of
// dialogs and menus. press() clicks and counts.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon
import Postroom.Fake

TestCase {
    id: test

    property alias app: app
    property alias server: server
    property int clicks: 0

    function find(name: string, from: var): var {
        const item = from ?? test.Window.window.contentItem
        if (!item.visible)
            return null
        if (item.objectName === name)
            return item
        for (const child of item.children) {
            const found = find(name, child)
            if (found)
                return found
        }
        return null
    }
    // What the server was asked for, without what pages look up by themselves.
    function asked(): var {
        return server.calls.filter(each => !["tls.handshakes", "seenKeys.list", "devices.list"].includes(each))
    }
    function appear(name: string): var {
        tryVerify(() => find(name), 20000, name + " appears")
        return find(name)
    }
    function vanish(name: string): void {
        tryVerify(() => !find(name), 20000, name + " vanishes")
    }
    function press(name: string): void {
        appear(name)
        waitForPolish(test.Window.window) // it may have just been made, and have no place yet
        const item = appear(name)
        tryVerify(() => item.enabled)
        mouseClick(item)
        ++clicks
    }
    function type(text: string): void {
        for (const letter of text)
            keyClick(letter)
    }
    function begin(scenario: string): void {
        server.setRole("admin")
        server.scenario = scenario
        verify(server.start())
        app.page = "overview"
        app.guided = false
        app.undoBar.close()
        Daemon.forget()
        Daemon.open([server.path])
        tryVerify(() => Daemon.hasData && Daemon.accounts.loaded && Daemon.aliases.loaded)
        server.clearCalls()
        clicks = 0
        failOnWarning(/.*/)
    }

    width: 1200
    height: 780
    when: windowShown

    function cleanup(): void {
        Daemon.close()
        server.stop()
    }

    FakeDaemon {
        id: server
    }
    App {
        id: app

        parent: test.Window.window?.contentItem ?? test
        width: 1200
        height: 780
    }
}
