// The frame of a page while its data is on the way; after 200 ms, so that a quick answer does not flicker.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Item {
    id: skeleton

    property bool late: false

    Accessible.ignored: true

    Timer {
        interval: 200
        running: skeleton.visible
        onTriggered: skeleton.late = true
    }
    Column {
        visible: skeleton.late
        width: parent.width
        spacing: Theme.s4

        Repeater {
            model: [[0.4, 32], [1, 240], [1, 160]]

            delegate: Rectangle {
                required property var modelData

                width: skeleton.width * modelData[0]
                height: modelData[1]
                radius: Theme.radiusCard
                color: Theme.divider
                opacity: 0.6
            }
        }
    }
}
