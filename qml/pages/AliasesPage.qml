// Aliases: addresses that lead to several people; who may write to them; who would get a message.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Page {
    id: page

    required property UndoBar undoBar
    readonly property bool slim: width < 760 * Theme.textScale
    readonly property var current: Daemon.aliases.revision < 0 || table.openKey === undefined ? null : Daemon.aliases.find("address", table.openKey)

    function perform(intent: string, argument: string): void {
        if (intent === "add")
            edit.openNew()
        else if (intent === "test")
            test.openFor(argument)
        else if (intent === "open")
            table.openKey = argument
    }
    function nameOf(address: string): string {
        return Daemon.accounts.find("address", address).name || address
    }
    function remove(alias: var): void {
        removal.alias = alias
        removal.start({ "address": alias.address })
    }

    RecordView {
        id: shown

        source: Daemon.aliases
        sortField: "address"
        text: filter.text
        textFields: ["address", "members"]
    }
    ApiCall {
        id: removal

        property var alias

        method: "aliases.remove"
        onDone: page.undoBar.tell(qsTr("%1 is removed.").arg(alias.address), () => again.start(again.paramsOf(removal.alias)))
        onFailed: page.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: again

        function paramsOf(alias: var): var {
            const params = { "address": alias.address, "members": alias.members }
            for (const name of ["post", "senders", "listMembers", "allowFrom"]) {
                if (alias[name] !== undefined)
                    params[name] = alias[name]
            }
            return params
        }

        method: "aliases.add"
        onFailed: page.undoBar.warn(errorText, errorHint)
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Aliases")
        sentence: qsTr("An alias is an address that several people read, or another address of one.")
        actions: [
            SearchField {
                id: filter

                objectName: "filter"
                visible: Daemon.aliases.count > 0 && !page.slim
                width: 220 * Theme.textScale
                placeholderText: qsTr("Filter aliases")
                below: table.list
            },
            ActionButton {
                objectName: "addAlias"
                visible: Daemon.aliases.count > 0
                kind: "primary"
                iconName: "plus"
                text: qsTr("Add an alias")
                onClicked: edit.openNew()
            }
        ]
    }
    Card {
        id: listCard

        readonly property real room: page.height - y - 24

        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: 16
        height: page.current === null ? Math.min(room, table.needs + 8) : room
        width: page.slim || page.current === null ? parent.width - 48 : Math.round((parent.width - 48) * 0.62)
        visible: shown.count > 0
        pad: 0

        AliasTable {
            id: table

            objectName: "aliasTable"
            anchors.fill: parent
            anchors.bottomMargin: 8
            focus: true
            view: shown
            nameOf: page.nameOf
            onRemovalAsked: if (current) page.remove(current)
        }
    }
    AliasDetails {
        anchors.left: page.slim ? listCard.left : listCard.right
        anchors.leftMargin: page.slim ? 0 : 16
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.top: listCard.top
        anchors.bottom: listCard.bottom
        visible: page.current !== null && page.current.address !== undefined
        alias: page.current ?? ({})
        closable: page.slim
        nameOf: page.nameOf
        onClosed: table.openKey = undefined
        onEditAsked: edit.openFor(alias)
        onRemoveAsked: page.remove(alias)
        onTestAsked: test.openFor(alias.address)
    }
    EmptyState {
        objectName: "noAliases"
        anchors.centerIn: parent
        visible: Daemon.aliases.count === 0 && Daemon.aliases.loaded
        iconName: "aliases"
        title: qsTr("One address, several people")
        sentence: qsTr("info@, school@ or mum@: everyone in it gets the mail.")
        action: ActionButton {
            objectName: "addAlias"
            kind: "primary"
            iconName: "plus"
            text: qsTr("Add an alias")
            onClicked: edit.openNew()
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: Daemon.aliases.count > 0 && shown.count === 0
        iconName: "search"
        title: qsTr("Nothing matches “%1”").arg(filter.text)
        action: ActionButton {
            text: qsTr("Show all")
            onClicked: filter.clear()
        }
    }
    AliasDialog {
        id: edit

        onSaved: address => {
            table.openKey = address
            page.undoBar.tell(qsTr("%1 is saved.").arg(address), null)
        }
    }
    AliasTestDialog {
        id: test
    }
}
