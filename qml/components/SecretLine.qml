// A secret that is shown once, with a button that copies it and says so.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: line

    property string secret
    property bool copied: false

    implicitHeight: Math.round(44 * Theme.textScale)
    radius: Theme.radiusControl
    color: Theme.sunken
    border.width: 1
    border.color: Theme.divider
    onSecretChanged: copied = false

    TextInput {
        id: shown

        anchors.left: parent.left
        anchors.leftMargin: 14
        width: parent.width - 14 - copy.width - 12
        anchors.verticalCenter: parent.verticalCenter
        clip: true
        text: line.secret
        readOnly: true
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.family: Theme.mono
        font.pixelSize: Theme.section
        Accessible.role: Accessible.EditableText
        Accessible.readOnly: true
        Accessible.name: qsTr("Password")
    }
    ActionButton {
        id: copy

        objectName: "copySecret"
        kind: "quiet"
        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        iconName: line.copied ? "check" : "copy"
        text: line.copied ? qsTr("Copied") : qsTr("Copy")
        onClicked: {
            shown.selectAll()
            shown.copy()
            shown.deselect()
            line.copied = true
            Accessible.announce(qsTr("Copied"))
        }
    }
}
