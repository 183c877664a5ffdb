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
    readonly property var pages: {
        const all = [{ "name": "overview", "title": qsTr("Overview"), "icon": "overview", "count": 0, "worry": false }]
        if (!Daemon.mayChange)
            return all
        all.push({ "name": "people", "title": qsTr("People"), "icon": "people" })
        all.push({ "name": "aliases", "title": qsTr("Aliases"), "icon": "aliases" })
        if (Daemon.can("devices.list"))
            all.push({ "name": "devices", "title": qsTr("Devices & keys"), "icon": "key" })
        all.push({ "name": "flow", "title": qsTr("Mail flow"), "icon": "flow" })
        if (Daemon.can("trace.find"))
            all.push({ "name": "trace", "title": qsTr("Trace a message"), "icon": "trace" })
        if (Daemon.can("signIns.list"))
            all.push({ "name": "security", "title": qsTr("Security"), "icon": "shield" })
        all.push({ "name": "settings", "title": qsTr("Settings"), "icon": "settings" })
        return all
    }
    readonly property var components: ({ "overview": overview, "people": people, "aliases": aliases, "devices": devices, "flow": flow, "trace": trace, "security": security, "settings": settings })

    // Opens a page; an intent is what to do there: "add", or "storage" with an address.
    function go(name: string, intent: string, argument: string): void {
        if (!pages.some(each => each.name === name))
            return
        page = name
        if (intent !== "")
            (pageLoader.item as Page)?.perform(intent, argument)
    }
    // What Ctrl+K finds: pages, what can be done, and everybody by name.
    function anything(): list<var> {
        const found = pages.map(each => ({ "title": each.title, "detail": qsTr("Page"), "icon": each.icon, "action": () => go(each.name, "", "") }))
        const act = (title, icon, page, intent, argument) => {
            if (pages.some(each => each.name === page))
                found.push({ "title": title, "detail": qsTr("Action"), "icon": icon, "action": () => go(page, intent, argument) })
        }
        act(qsTr("Add a person"), "plus", "people", "add", "")
        act(qsTr("Add an alias"), "plus", "aliases", "add", "")
        act(qsTr("Add a device"), "plus", "devices", "add", "")
        if (Daemon.can("holdRules.add"))
            act(qsTr("Hold all mail"), "pause", "flow", "hold", "")
        if (Daemon.mayChange) {
            for (let row = 0; row < Daemon.accounts.count; ++row) {
                const person = Daemon.accounts.at(row)
                if (person.state !== "removed")
                    found.push({ "title": person.name || person.address, "detail": person.address, "icon": "person", "action": () => go("people", "show", person.address) })
            }
            for (let row = 0; row < Daemon.aliases.count; ++row) {
                const alias = Daemon.aliases.at(row)
                found.push({ "title": alias.address, "detail": qsTr("Alias"), "icon": "aliases", "action": () => go("aliases", "open", alias.address) })
            }
        }
        return found
    }

    focus: true
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

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

        source: () => app.anything()
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
    Instantiator {
        model: app.pages

        delegate: Shortcut {
            required property int index
            required property var modelData

            sequence: "Ctrl+" + (index + 1) % 10
            onActivated: app.go(modelData.name, "", "")
        }
    }
    Shortcut {
        sequence: "Ctrl+K"
        enabled: Daemon.hasData && !app.wizard && !app.stale
        onActivated: palette.visible ? palette.close() : palette.open()
    }
    Shortcut {
        sequence: "N"
        enabled: Daemon.mayChange && Daemon.state === Daemon.Connected && !app.wizard && !app.T.Overlay.overlay?.visible
        onActivated: app.go("people", "add", "")
    }
    Shortcut {
        sequence: "F6"
        onActivated: rail.activeFocus || rail.Window.activeFocusItem?.objectName.startsWith("rail-") ? pageLoader.forceActiveFocus(Qt.TabFocusReason) : rail.take()
    }
}
