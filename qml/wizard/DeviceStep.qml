// The first device: pick what it is, and it gets its key or password; or sign in with the person's own password.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    required property string account
    required property string whose
    required property string secret
    required property bool devices
    readonly property var server: MailSettings.serverOf(Daemon.status)
    signal next

    title: devices ? qsTr("What will read the mail?") : qsTr("Sign in with a mail app")
    sentence: devices ? qsTr("Or go on: %1’s own password works in every mail app.").arg(whose) : qsTr("Every mail app works with these.")
    nextText: qsTr("Next")
    onGoAsked: next()
    Component.onCompleted: forceActiveFocus()

    Flow {
        Layout.fillWidth: true
        visible: step.devices
        spacing: Theme.s2

        Repeater {
            model: add.kinds

            delegate: ActionButton {
                required property var modelData

                objectName: "pick-" + modelData.name
                iconName: modelData.icon
                text: modelData.text
                onClicked: {
                    add.openFor(step.account, modelData.name)
                }
            }
        }
    }
    InfoWell {
        Layout.fillWidth: true
        objectName: "deviceAdded"
        visible: add.deviceId !== ""
        glyph: "ok"
        title: qsTr("The device may sign in")
        text: add.deviceName
    }
    FormField {
        Layout.fillWidth: true
        visible: step.secret !== ""
        label: qsTr("%1’s own password, shown this once").arg(step.whose)

        SecretLine {
            width: parent.width
            secret: step.secret
        }
    }
    Card {
        Layout.fillWidth: true
        implicitHeight: facts.implicitHeight + 40

        FactList {
            id: facts

            width: parent.width
            facts: [{ "name": qsTr("User"), "value": step.account, "mono": true }, { "name": qsTr("Reading"), "value": qsTr("%1, port %2, TLS").arg(step.server.host).arg(step.server.imapPort), "mono": true },
                    { "name": qsTr("Sending"), "value": qsTr("%1, port %2, TLS").arg(step.server.host).arg(step.server.submissionPort), "mono": true }]
        }
    }
    AddDeviceDialog {
        id: add
    }
}
