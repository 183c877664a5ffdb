// A count in a pill.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Rectangle {
    id: badge

    property int count: 0
    property bool strong: false

    implicitHeight: Math.round(18 * Theme.textScale)
    implicitWidth: Math.max(implicitHeight, number.implicitWidth + 10)
    radius: height / 2
    color: strong ? Theme.accent : Theme.divider
    Accessible.ignored: true

    CaptionText {
        id: number

        anchors.centerIn: parent
        text: Words.number(badge.count)
        color: badge.strong ? Theme.accentText : Theme.text
        font.weight: Font.DemiBold
    }
}
