// The window's content: the rail, the page, what lies over both. Pages get what they need from Daemon; they ask the window to
// go somewhere with go() and to tell something with `undo`.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

FocusScope {
    id: app

    property string page: "overview"
    readonly property bool narrow: width < 1000 * Theme.textScale
    readonly property bool stale: Daemon.hasData && Daemon.state !== Daemon.Connected
    readonly property alias current: pageLoader.item
    property alias undoBar: undo
    readonly property var pages: {
        const all = [{ "name": "overview", "title": qsTr("Overview"), "icon": "overview" }]
        if (Daemon.mayChange)
            all.push({ "name": "people", "title": qsTr("People"), "icon": "people" })
        return all
    }

    // Opens a page; an intent is what to do there: "add", or "storage" with an address.
    function go(name: string, intent: string, argument: string): void {
        if (!pages.some(each => each.name === name))
            return
        page = name
        if (intent !== "")
            (pageLoader.item as Page)?.perform(intent, argument)
    }

    focus: true

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    NavRail {
        id: rail

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        collapsed: app.narrow
        pages: app.pages
        current: app.page
        onChosen: name => app.go(name, "", "")
    }
    Item {
        id: pane

        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom

        StaleBanner {
            id: stale

            x: 24
            y: 16
            width: parent.width - 48
            visible: app.stale
        }
        Loader {
            id: pageLoader

            anchors.fill: parent
            anchors.topMargin: app.stale ? stale.height + 16 : 0
            active: Daemon.hasData
            focus: true
            enabled: !app.stale
            opacity: app.stale ? 0.55 : 1
            sourceComponent: app.page === "people" ? people : overview
        }
        UnreachableState {
            objectName: "unreachable"
            anchors.centerIn: parent
            visible: !Daemon.hasData && Daemon.state === Daemon.Unreachable
        }
        Skeleton {
            anchors.fill: parent
            anchors.margins: 24
            visible: !Daemon.hasData && Daemon.state !== Daemon.Unreachable
        }
        UndoBar {
            id: undo

            objectName: "undoBar"
            x: 24
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 24
        }
    }
    Component {
        id: overview

        OverviewPage {
            narrow: app.narrow
            onAsked: (name, intent, argument) => app.go(name, intent, argument)
        }
    }
    Component {
        id: people

        PeoplePage {
            undoBar: undo
        }
    }
    Instantiator {
        model: app.pages

        delegate: Shortcut {
            required property int index
            required property var modelData

            sequence: "Ctrl+" + (index + 1)
            onActivated: app.go(modelData.name, "", "")
        }
    }
    Shortcut {
        sequence: "N"
        enabled: Daemon.mayChange && Daemon.state === Daemon.Connected && !app.T.Overlay.overlay?.visible
        onActivated: app.go("people", "add", "")
    }
    Shortcut {
        sequence: "F6"
        onActivated: rail.activeFocus || rail.Window.activeFocusItem?.objectName.startsWith("rail-") ? pageLoader.forceActiveFocus(Qt.TabFocusReason) : rail.take()
    }
}
