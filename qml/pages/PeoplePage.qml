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
    function aliasesOf(address: string): list<var> {
        const found = []
        for (let row = 0; row < Daemon.aliases.count; ++row) {
            const alias = Daemon.aliases.at(row)
            if (alias.members.includes(address))
                found.push(alias)
        }
        return found
    }
    function perform(intent: string, argument: string): void {
        if (intent === "add")
            addDialog.open()
        else if (intent === "show")
            filter.text = argument
        else if (intent === "storage")
            editDialog.openFor(Daemon.accounts.find("address", argument))
    }
    function remove(account: var): void {
        removal.title = account.name || account.address
        removal.address = account.address
        removal.aliases = aliasesOf(account.address)
        removal.start({ "address": account.address })
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
    ApiCall {
        id: removal

        property string title
        property string address
        property var aliases: []

        method: "accounts.remove"
        onDone: page.undoBar.tell(qsTr("%1 is removed. The mail is kept for a while.").arg(title),
                                  () => restoral.takeBack(removal.title, removal.address, removal.aliases))
        onFailed: page.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: restoral

        property string title
        property string address
        property var aliases: []

        function takeBack(name: string, who: string, before: var): void {
            title = name
            address = who
            aliases = before
            start({ "address": who })
        }

        method: "accounts.restore"
        onDone: {
            rejoin.next()
            page.undoBar.tell(qsTr("%1 is back.").arg(title), null)
        }
        onFailed: page.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: rejoin

        // One alias after the other, with whoever is in it now.
        function next(): void {
            const alias = restoral.aliases.shift()
            if (alias === undefined)
                return
            const now = Daemon.aliases.find("address", alias.address).members ?? []
            start({ "address": alias.address, "members": now.includes(restoral.address) ? now : now.concat([restoral.address]) })
        }

        method: "aliases.add"
        onDone: next()
        onFailed: page.undoBar.warn(errorText, errorHint)
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
        sentence: people.count === 0 ? "" : qsTr("%1 · %2 used").arg(qsTr("%n person(s)", "", people.count)).arg(Words.bytes(page.total))
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
        anchors.leftMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: Theme.s4
        anchors.bottom: parent.bottom
        width: parent.width - 48 + Theme.s4
        cellWidth: Math.floor(width / page.columns)
        cellHeight: Math.round(208 * Theme.textScale) + Theme.s4
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
                return page.aliasesOf(address).map(each => each.address)
            }
            onDeviceAsked: page.asked("devices", "add", address)
            onPasswordAsked: passwordDialog.openFor(record)
            onEditAsked: editDialog.openFor(record)
            onRemoveAsked: page.remove(record)
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
    }
    PasswordDialog {
        id: passwordDialog
    }
    EditPersonDialog {
        id: editDialog

        onSaved: title => page.undoBar.tell(qsTr("%1 is saved.").arg(title), null)
    }
}
