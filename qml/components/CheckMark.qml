// The look of a tick box, or of a round one.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: mark

    property bool checked: false
    property bool partial: false
    property bool round: false
    readonly property bool on: checked || partial

    implicitWidth: 18
    implicitHeight: 18
    radius: round ? 9 : 5
    color: on ? Theme.accent : Theme.surface
    border.width: on ? 0 : 1.5
    border.color: Theme.controlBorder
    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        visible: mark.checked && !mark.round && !mark.partial
        name: "check"
        size: 14
        stroke: 2.2
        color: Theme.accentText
    }
    Rectangle {
        anchors.centerIn: parent
        visible: mark.checked && mark.round
        width: 8
        height: 8
        radius: 4
        color: Theme.accentText
    }
    Rectangle {
        anchors.centerIn: parent
        visible: mark.partial
        width: 9
        height: 2
        radius: 1
        color: Theme.accentText
    }
}
