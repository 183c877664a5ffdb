// Small label: another address, a role, a count.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: tag

    property string text

    implicitHeight: label.implicitHeight + 7
    implicitWidth: label.implicitWidth + 16
    radius: 6
    color: Theme.sunken
    border.width: 1
    border.color: Theme.divider
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    CaptionText {
        id: label

        anchors.centerIn: parent
        text: tag.text
        color: Theme.text
        font.weight: Font.Medium
    }
}
