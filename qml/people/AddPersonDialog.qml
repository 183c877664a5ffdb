// Add a person: a name is enough. The address is proposed, the password made by the server and shown once.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

AppDialog {
    id: dialog

    property string domain: Daemon.domains.revision >= 0 ? Daemon.domains.at(0).name ?? "" : ""
    property bool typedAddress: false
    readonly property bool added: add.result.account !== undefined
    readonly property string proposed: Words.freeLocalpart(Words.localpartFor(name.text), domain, taken())
    readonly property DeviceCatalog catalog: DeviceCatalog {
    }
    signal personAdded(address: string)
    signal deviceAsked(address: string, kind: string)

    function taken(): list<string> {
        const all = []
        for (let row = 0; row < Daemon.accounts.count; ++row)
            all.push(Daemon.accounts.at(row).address)
        for (let row = 0; row < Daemon.aliases.count; ++row)
            all.push(Daemon.aliases.at(row).address)
        return all
    }
    function submit(): void {
        if (part.text !== "" && domain !== "" && !add.busy)
            add.start({ "address": part.text + "@" + domain, "name": name.text.trim() })
    }

    objectName: "addPersonDialog"
    title: added ? qsTr("%1 has a mailbox").arg(add.result.account.name || add.result.account.address) : qsTr("Add a person")
    sentence: added ? qsTr("Sign in with %1 and this password. It is shown only now.").arg(add.result.account.address)
                    : qsTr("They get a mailbox and a password to sign in with.")
    onAboutToShow: {
        add.reset()
        name.clear()
        typedAddress = false
    }
    onOpened: name.forceActiveFocus()

    ApiCall {
        id: add

        method: "accounts.add"
        onDone: result => {
            dialog.personAdded(result.account.address)
            finish.forceActiveFocus(Qt.TabFocusReason)
        }
        onFailed: (errorField === "address" ? part : name).forceActiveFocus()
    }
    FormField {
        visible: !dialog.added
        width: parent.width
        label: qsTr("Name")
        problem: add.errorField === "name" ? add.errorText : ""

        TextEntry {
            id: name

            objectName: "name"
            width: parent.width
            placeholderText: qsTr("Anna Example")
            Accessible.name: qsTr("Name")
            onAccepted: dialog.submit()
        }
    }
    FormField {
        visible: !dialog.added
        width: parent.width
        label: qsTr("Address")
        help: dialog.domain === "" ? qsTr("The server takes mail for no domain yet.") : ""
        problem: add.errorField === "address" ? add.errorText + (add.errorHint !== "" ? " " + add.errorHint : "") : ""

        TextEntry {
            id: part

            objectName: "address"
            width: Math.round(parent.width * 0.5)
            bad: add.errorField === "address"
            Accessible.name: qsTr("Address, the part before @%1").arg(dialog.domain)
            onTextEdited: dialog.typedAddress = true
            onAccepted: dialog.submit()

            Binding on text {
                value: dialog.proposed
                when: !dialog.typedAddress
                restoreMode: Binding.RestoreNone
            }
        }
        BodyText {
            anchors.left: parent.left
            anchors.leftMargin: part.width + 8
            width: parent.width - (part.width + 8)
            height: part.height
            verticalAlignment: Text.AlignVCenter
            text: "@" + dialog.domain
            color: Theme.textMuted
        }
    }
    ProblemLine {
        width: parent.width
        call: add
        fields: ["name", "address"]
    }
    SecretLine {
        visible: dialog.added
        width: parent.width
        secret: add.result.generatedPassword ?? ""
    }
    CaptionText {
        visible: devices.visible
        width: parent.width
        text: qsTr("Or go on with a device, which gets a key or password of its own:")
        wrapMode: Text.WordWrap
    }
    Flow {
        id: devices

        visible: dialog.added && Daemon.can("devices.list")
        width: parent.width
        spacing: Theme.s2

        Repeater {
            model: dialog.catalog.kinds

            delegate: ActionButton {
                required property var modelData

                objectName: "with-" + modelData.name
                small: true
                iconName: modelData.icon
                text: modelData.text
                onClicked: {
                    const address = add.result.account.address
                    dialog.close()
                    dialog.deviceAsked(address, modelData.name)
                }
            }
        }
    }
    buttons: [
        ActionButton {
            visible: !dialog.added
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        ActionButton {
            id: finish

            objectName: "submit"
            kind: "primary"
            text: dialog.added ? qsTr("Done") : add.busy ? qsTr("Adding…") : qsTr("Add")
            enabled: dialog.added || (part.text !== "" && dialog.domain !== "" && !add.busy)
            onClicked: dialog.added ? dialog.close() : dialog.submit()
        }
    ]
}
