// People: a card for each, made, changed and removed here; live on changes made elsewhere. Removing asks nothing and can be
// taken back: the mail is kept, and the person returns to the aliases they were in.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Page {
    id: page

    required property UndoBar undoBar
    signal asked(name: string, intent: string, argument: string)
    readonly property real total: sum("usedBytes")
    readonly property int columns: Math.max(1, Math.floor((width - 48 + Theme.s4) / (280 * Theme.textScale)))

    function sum(field: string): real {
        let all = 0
        for (let row = 0; row < people.count; ++row)
            all += people.at(row)[field]
        return all
    }
    function devicesOf(address: string): var {
        const found = []
        for (let row = 0; row < known.count; ++row) {
            const each = known.at(row)
            if (each.account === address)
                found.push(each)
        }
        return found.sort((a, b) => b.lastUsedAt - a.lastUsedAt)
    }
    function perform(intent: string, argument: string): void {
        if (intent === "add")
            addDialog.open()
        else if (intent === "show")
            filter.text = argument
        else if (intent === "storage")
            editDialog.openFor(Daemon.accounts.find("address", argument))
    }

    RecordView {
        id: people

        source: Daemon.accounts
        sortField: "name"
        except: ({ "state": "removed" })
    }
    RecordView {
        id: shown

        source: Daemon.accounts
        sortField: "name"
        except: ({ "state": "removed" })
        text: filter.text
        textFields: ["name", "address"]
    }
    RecordQuery {
        id: known

        method: "devices.list"
        topic: "devices"
    }
    PersonRemoval {
        id: removal

        undoBar: page.undoBar
    }
    Shortcut {
        sequences: [StandardKey.Find]
        onActivated: filter.forceActiveFocus(Qt.ShortcutFocusReason)
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.leftMargin: 24
        y: 24
        width: parent.width - 48
        title: qsTr("People")
        sentence: people.count === 0 ? "" : known.count > 0 ? qsTr("%1 · %2 · %3 used").arg(qsTr("%n person(s)", "", people.count)).arg(qsTr("%n device(s)", "", known.count)).arg(Words.bytes(page.total))
                                    : qsTr("%1 · %2 used").arg(qsTr("%n person(s)", "", people.count)).arg(Words.bytes(page.total))
        actions: [
            TextEntry {
                id: filter

                objectName: "filter"
                visible: people.count > 0
                width: 220 * Theme.textScale
                iconName: "search"
                keyHint: qsTr("Ctrl F")
                placeholderText: qsTr("Filter people")
                Keys.onEscapePressed: event => {
                    event.accepted = text !== ""
                    clear()
                }
                Keys.onDownPressed: grid.forceActiveFocus(Qt.TabFocusReason)
            },
            ActionButton {
                objectName: "addPerson"
                visible: people.count > 0
                kind: "primary"
                iconName: "plus"
                text: qsTr("Add a person")
                onClicked: addDialog.open()
            }
        ]
    }
    GridView {
        id: grid

        objectName: "people"
        anchors.left: parent.left
        anchors.leftMargin: LayoutMirroring.enabled ? 24 - Theme.s4 : 24 // the gap of the last column is always at the right
        anchors.top: header.bottom
        anchors.topMargin: Theme.s2
        anchors.bottom: parent.bottom
        width: parent.width - 48 + Theme.s4
        cellWidth: Math.floor(width / page.columns)
        cellHeight: Math.round((known.supported ? 310 : 208) * Theme.textScale) + Theme.s4
        topMargin: Theme.s2
        bottomMargin: 96
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        activeFocusOnTab: true
        model: shown
        Accessible.role: Accessible.List
        Accessible.name: qsTr("People")
        T.ScrollBar.vertical: SlimScrollBar {
        }

        delegate: PersonCard {
            width: grid.cellWidth - Theme.s4
            height: grid.cellHeight - Theme.s4
            activeFocusOnTab: false
            otherAddresses: {
                Daemon.aliases.revision
                return removal.aliasesOf(address).map(each => each.address)
            }
            devices: {
                known.revision
                return known.supported ? page.devicesOf(address) : null
            }
            onDeviceAsked: page.asked("devices", "add", address)
            onDeviceShown: id => page.asked("devices", "open", id)
            onPasswordAsked: passwordDialog.openFor(record)
            onEditAsked: editDialog.openFor(record)
            onRemoveAsked: removal.begin(record)
        }
    }
    EmptyState {
        objectName: "nobody"
        anchors.centerIn: parent
        visible: people.count === 0 && Daemon.accounts.loaded
        iconName: "people"
        title: qsTr("Who lives here?")
        sentence: qsTr("Everyone who gets mail here has a mailbox of their own. A name is enough to begin.")
        action: ActionButton {
            objectName: "addPerson"
            kind: "primary"
            iconName: "plus"
            text: qsTr("Add a person")
            onClicked: addDialog.open()
        }
    }
    EmptyState {
        objectName: "noMatch"
        anchors.centerIn: parent
        visible: people.count > 0 && shown.count === 0
        iconName: "search"
        title: qsTr("Nobody matches “%1”").arg(filter.text)
        sentence: qsTr("Names and addresses were looked at.")
        action: ActionButton {
            text: qsTr("Show all")
            onClicked: filter.clear()
        }
    }
    AddPersonDialog {
        id: addDialog

        onDeviceAsked: (address, kind) => page.asked("devices", "add", address + " " + kind)
    }
    PasswordDialog {
        id: passwordDialog
    }
    EditPersonDialog {
        id: editDialog

        onSaved: title => page.undoBar.tell(qsTr("%1 is saved.").arg(title), null)
    }
}
