// Makes or changes an alias: its address, its people as ticks, who may write to it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

AppDialog {
    id: dialog

    property var alias: null // null = a new one
    property var members: []
    property string post: "anyone"
    property var senders: []
    property bool listMembers: false
    property bool allowFrom: false
    readonly property bool policies: Daemon.can("aliases.update")
    readonly property string domain: alias ? alias.address.split("@").pop() : Daemon.domains.revision >= 0 ? Daemon.domains.at(0).name ?? "" : ""
    readonly property bool complete: part.text.trim() !== "" && members.length > 0
    signal saved(address: string)

    function openNew(): void {
        begin(null)
    }
    function openFor(record: var): void {
        begin(record)
    }
    function begin(record: var): void {
        alias = record
        members = record ? record.members.slice() : []
        post = record?.post ?? "anyone"
        senders = record?.senders ?? []
        listMembers = record?.listMembers ?? false
        allowFrom = record?.allowFrom ?? false
        part.text = record ? record.address.split("@")[0] : ""
        named.text = senders.join(", ")
        save.reset()
        open()
    }
    function toggle(address: string): void {
        members = members.includes(address) ? members.filter(each => each !== address) : members.concat([address])
    }
    function submit(): void {
        if (!complete || save.busy)
            return
        const params = { "address": part.text.trim() + "@" + domain, "members": members }
        if (policies) {
            params.post = post
            params.senders = named.text.split(/[\s,]+/).filter(each => each !== "")
            params.listMembers = listMembers
            params.allowFrom = allowFrom
        }
        save.start(params)
    }

    objectName: "aliasDialog"
    title: alias ? qsTr("Change %1").arg(alias.address) : qsTr("Add an alias")
    sentence: alias ? "" : qsTr("Mail to it reaches everyone who is ticked.")
    onOpened: (alias ? people.itemAt(0) as Item : part).forceActiveFocus(Qt.TabFocusReason)

    ApiCall {
        id: save

        method: "aliases.add"
        onDone: result => {
            dialog.close()
            dialog.saved(result.alias.address)
        }
    }
    RecordView {
        id: accounts

        source: Daemon.accounts
        sortField: "name"
        except: ({ "state": "removed" })
    }
    FormField {
        width: parent.width
        label: qsTr("Address")
        problem: save.errorField === "address" ? save.errorText : ""

        RowLayout {
            width: parent.width

            TextEntry {
                id: part

                objectName: "aliasAddress"
                Layout.fillWidth: true
                Layout.preferredWidth: 200
                enabled: dialog.alias === null
                placeholderText: qsTr("info")
                bad: save.errorField === "address"
                Accessible.name: qsTr("Address, the part before @%1").arg(dialog.domain)
                onAccepted: dialog.submit()
            }
            BodyText {
                Layout.fillWidth: true
                Layout.preferredWidth: 200
                text: "@" + dialog.domain
                color: Theme.textMuted
            }
        }
    }
    FormField {
        width: parent.width
        label: qsTr("People")
        problem: save.errorField === "members" ? save.errorText : ""

        Flow {
            width: parent.width
            spacing: Theme.s2

            Repeater {
                id: people

                model: accounts

                delegate: ChipTick {
                    required property string address
                    required property string name

                    objectName: "member-" + address
                    text: name || address
                    checked: dialog.members.includes(address)
                    onClicked: dialog.toggle(address)
                }
            }
        }
    }
    ColumnLayout {
        visible: dialog.policies
        width: parent.width
        spacing: Theme.s3

        RowLayout {
            spacing: Theme.s3

            BodyText {
                text: qsTr("Who may write to it")
                font.weight: Font.Medium
            }
            Choice {
                objectName: "aliasPost"
                name: qsTr("Who may write to it")
                value: dialog.post
                model: [{ "value": "anyone", "text": qsTr("Anyone") }, { "value": "members", "text": qsTr("Its people only") }, { "value": "senders", "text": qsTr("Those named here") }]
                onChosen: value => dialog.post = value
            }
        }
        TextEntry {
            id: named

            visible: dialog.post === "senders"
            Layout.fillWidth: true
            placeholderText: qsTr("Addresses, with commas between them")
        }
        TickBox {
            Layout.fillWidth: true
            text: qsTr("Its people may see who the others are")
            checked: dialog.listMembers
            onClicked: dialog.listMembers = checked
        }
        TickBox {
            Layout.fillWidth: true
            text: qsTr("Its people may write with this address")
            checked: dialog.allowFrom
            onClicked: dialog.allowFrom = checked
        }
    }
    ProblemLine {
        width: parent.width
        call: save
        fields: ["address", "members"]
    }
    buttons: [
        ActionButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        ActionButton {
            objectName: "submit"
            kind: "primary"
            enabled: dialog.complete && !save.busy
            text: dialog.alias ? qsTr("Save") : qsTr("Add")
            onClicked: dialog.submit()
        }
    ]
}
