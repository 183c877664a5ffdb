// 2 px ring around what has the keyboard's focus.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    property bool shown: false
    property int gap: 2

    visible: shown
    anchors.fill: parent
    anchors.margins: -gap - 2
    radius: Theme.radiusControl + gap + 2
    color: "transparent"
    border.width: 2
    border.color: Theme.accent
    Accessible.ignored: true
}
