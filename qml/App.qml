// The window's content: the rail, the page, what lies over both; or the wizard while the server is not set up. Pages get what
// they need from Daemon; they ask the window to go somewhere with go() and to tell something with `undo`.
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
    property bool guided: Daemon.domains.count > 0 && Preferences.wizard.domain !== undefined && Daemon.domains.at(0).name === Preferences.wizard.domain // the wizard goes on although there is a domain by now
    readonly property bool wizard: guided || (Daemon.hasData && Daemon.mayChange && Daemon.domains.loaded && Daemon.domains.count === 0 && Daemon.can("setup.apply"))
    readonly property var pages: shown.pages
    readonly property var components: ({ "overview": overview, "people": people, "aliases": aliases, "devices": devices, "flow": flow, "trace": trace, "security": security, "settings": settings })

    // Opens a page; an intent is what to do there: "add", or "storage" with an address.
    function go(name: string, intent: string, argument: string): void {
        if (!pages.some(each => each.name === name))
            return
        page = name
        if (intent !== "")
            (pageLoader.item as Page)?.perform(intent, argument)
    }

    focus: true
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    AppPages {
        id: shown

        onGoAsked: (name, intent, argument) => app.go(name, intent, argument)
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    NavRail {
        id: rail

        visible: !app.wizard
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        collapsed: app.narrow
        pages: app.pages
        current: app.page
        seenKeys: shown.seen.count
        onChosen: name => app.go(name, "", "")
        onFindAsked: palette.open()
    }
    Item {
        id: pane

        visible: !app.wizard
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom

        StaleBanner {
            id: stale

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: 24
            anchors.rightMargin: 24
            y: 16
            visible: app.stale
        }
        Loader {
            id: pageLoader

            anchors.fill: parent
            anchors.topMargin: app.stale ? stale.height + 16 : 0
            active: Daemon.hasData && !app.wizard
            focus: !app.wizard
            enabled: !app.stale
            opacity: app.stale ? 0.55 : 1
            sourceComponent: app.pages.some(each => each.name === app.page) ? app.components[app.page] : overview
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
            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 24
        }
    }
    Loader {
        anchors.fill: parent
        active: app.wizard
        focus: app.wizard
        sourceComponent: Wizard {
            stale: app.stale
            onBegun: app.guided = true
            onFinished: page => {
                app.guided = false
                app.go(page, "", "")
            }
        }
    }
    Palette {
        id: palette

        source: () => shown.anything()
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
            onAsked: (name, intent, argument) => app.go(name, intent, argument)
        }
    }
    Component {
        id: aliases

        AliasesPage {
            undoBar: undo
        }
    }
    Component {
        id: devices

        DevicesPage {
            undoBar: undo
        }
    }
    Component {
        id: flow

        MailFlowPage {
            undoBar: undo
            onAsked: (name, intent, argument) => app.go(name, intent, argument)
        }
    }
    Component {
        id: trace

        TracePage {
        }
    }
    Component {
        id: security

        SecurityPage {
        }
    }
    Component {
        id: settings

        SettingsPage {
            undoBar: undo
        }
    }
    AppKeys {
        pages: app.pages
        usable: Daemon.hasData && !app.wizard && !app.stale
        free: !app.T.Overlay.overlay?.visible
        onPageAsked: (name, intent) => app.go(name, intent, "")
        onPaletteAsked: palette.visible ? palette.close() : palette.open()
        onPaneAsked: rail.activeFocus || rail.Window.activeFocusItem?.objectName.startsWith("rail-") ? pageLoader.forceActiveFocus(Qt.TabFocusReason) : rail.take()
    }
}
