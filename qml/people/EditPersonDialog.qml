// A person's name, and how much the mailbox may hold.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

AppDialog {
    id: dialog

    readonly property real gibibyte: 1024 * 1024 * 1024
    property var account: ({})
    readonly property real wanted: storage.text.trim() === "" ? 0 : Number(storage.text.replace(",", "."))
    readonly property bool sizeFine: !isNaN(wanted) && wanted >= 0 && wanted <= 1048576
    signal saved(title: string)

    function openFor(record: var): void {
        account = record
        open()
    }
    function submit(): void {
        if (sizeFine && !update.busy)
            update.start({ "address": account.address, "name": name.text.trim(), "quotaBytes": Math.round(wanted * gibibyte) })
    }

    objectName: "editPersonDialog"
    title: qsTr("Name and storage")
    sentence: account.address ?? ""
    onAboutToShow: {
        update.reset()
        name.text = account.name ?? ""
        storage.text = account.quotaBytes > 0 ? String(Math.round(account.quotaBytes / gibibyte * 100) / 100) : ""
    }
    onOpened: {
        storage.forceActiveFocus()
        storage.selectAll()
    }

    ApiCall {
        id: update

        method: "accounts.update"
        onDone: result => {
            dialog.close()
            dialog.saved(result.account.name || result.account.address)
        }
    }
    FormField {
        width: parent.width
        label: qsTr("Name")
        problem: update.errorField === "name" ? update.errorText : ""

        TextEntry {
            id: name

            objectName: "name"
            width: parent.width
            Accessible.name: qsTr("Name")
            onAccepted: dialog.submit()
        }
    }
    FormField {
        width: parent.width
        label: qsTr("Storage in GB")
        help: qsTr("Empty: no limit. %1 used now.").arg(Words.bytes(dialog.account.usedBytes ?? 0))
        problem: !dialog.sizeFine ? qsTr("A number, such as 5 or 2.5.") : update.errorField === "quotaBytes" ? update.errorText : ""

        TextEntry {
            id: storage

            objectName: "storage"
            width: 120 * Theme.textScale
            bad: !dialog.sizeFine
            placeholderText: qsTr("No limit")
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            Accessible.name: qsTr("Storage in GB")
            onAccepted: dialog.submit()
        }
    }
    ProblemLine {
        width: parent.width
        call: update
        fields: ["name", "quotaBytes"]
    }
    buttons: [
        ActionButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        ActionButton {
            objectName: "submit"
            kind: "primary"
            text: qsTr("Save")
            enabled: dialog.sizeFine && !update.busy
            onClicked: dialog.submit()
        }
    ]
}
