// The first domain.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

WizardStep {
    id: step

    property string domain
    readonly property string typed: field.text.trim().toLowerCase().replace(/^.*@/, "")
    signal next(domain: string)

    title: qsTr("Which domain is it?")
    mayGo: /^([^\s.@]+\.)+[^\s.@]{2,}$/.test(typed)
    onGoAsked: next(typed)
    Component.onCompleted: {
        field.text = domain
        field.forceActiveFocus()
    }

    FormField {
        Layout.fillWidth: true
        label: qsTr("Domain")
        help: step.mayGo ? qsTr("The server will be called mail.%1.").arg(step.typed) : qsTr("Such as example.net")

        TextEntry {
            id: field

            objectName: "domain"
            width: Math.min(parent.width, 360 * Theme.textScale)
            placeholderText: "example.net"
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhLowercaseOnly
            Accessible.name: qsTr("Domain")
            onAccepted: step.go()
        }
    }
}
