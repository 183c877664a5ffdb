// Another password for a person: one the server makes and tells once, or one that is typed.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

AppDialog {
    id: dialog

    property var account: ({})
    readonly property bool changed: set.result.account !== undefined
    readonly property string generated: set.result.generatedPassword ?? ""

    function openFor(record: var): void {
        account = record
        open()
    }
    function submit(): void {
        set.start({ "address": dialog.account.address, "password": secret.text })
    }

    objectName: "passwordDialog"
    title: changed ? qsTr("The password is changed") : qsTr("Set a password for %1").arg(account.name || account.address || "")
    sentence: changed ? (generated !== "" ? qsTr("This is the password. It is shown only now.") : qsTr("The password you typed is in use now."))
                      : qsTr("Every device that signs in with the old password is signed out and asks for it again.")
    onAboutToShow: {
        set.reset()
        secret.clear()
    }
    onOpened: secret.forceActiveFocus()

    ApiCall {
        id: set

        method: "accounts.setPassword"
        onDone: ok.forceActiveFocus(Qt.TabFocusReason)
        onFailed: secret.forceActiveFocus()
    }
    FormField {
        visible: !dialog.changed
        width: parent.width
        label: qsTr("Password")
        help: qsTr("Leave it empty and the server makes a good one.")
        problem: set.errorField === "password" ? set.errorText : ""

        TextEntry {
            id: secret

            objectName: "password"
            width: parent.width - show.width - 4
            placeholderText: qsTr("Make one for me")
            echoMode: show.checked ? TextInput.Normal : TextInput.Password
            bad: set.errorField === "password"
            Accessible.name: qsTr("Password")
            onAccepted: dialog.submit()
        }
        ActionButton {
            id: show

            anchors.right: parent.right
            kind: "quiet"
            iconName: "eye"
            checkable: true
            Accessible.name: qsTr("Show the password")
        }
    }
    ProblemLine {
        width: parent.width
        call: set
        fields: ["password"]
    }
    SecretLine {
        visible: dialog.generated !== ""
        width: parent.width
        secret: dialog.generated
    }
    buttons: [
        ActionButton {
            visible: !dialog.changed
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        ActionButton {
            id: ok

            objectName: "submit"
            kind: "primary"
            text: dialog.changed ? qsTr("Done") : secret.text === "" ? qsTr("Make a password") : qsTr("Set password")
            enabled: !set.busy
            onClicked: dialog.changed ? dialog.close() : dialog.submit()
        }
    ]
}
