// Something is awaited: an open ring that turns; with reduced motion it stands still.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: ring

    property real size: 26

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    PathItem {
        anchors.fill: parent
        grid: 26
        line: "M13 2A11 11 0 0 1 13 24A11 11 0 0 1 13 2Z"
        ink: Theme.over(Theme.accent, 0.25)
        stroke: 3
    }
    PathItem {
        id: arc

        anchors.fill: parent
        grid: 26
        line: "M13 2A11 11 0 0 1 23.3 16.8"
        ink: Theme.accent
        stroke: 3
    }
    Timer {
        interval: 100
        repeat: true
        running: ring.visible && !Theme.reducedMotion
        onTriggered: arc.rotation = (arc.rotation + 30) % 360
    }
}
