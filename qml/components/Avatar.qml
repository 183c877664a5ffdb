// A person: a circle with the first letter of the name.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    property string name
    property real size: 40
    property alias font: letter.font

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.selected
    border.width: 1
    border.color: Theme.over(Theme.accent, 0.28)
    Accessible.ignored: true

    BodyText {
        id: letter

        anchors.centerIn: parent
        text: Array.from(parent.name)[0]?.toUpperCase() ?? ""
        color: Theme.accent
        font.pixelSize: Theme.section
        font.weight: Font.DemiBold
    }
}
