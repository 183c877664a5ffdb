// Scroll bar, shown while there is something to scroll.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.ScrollBar {
    id: bar

    implicitWidth: 10
    padding: 2
    visible: size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: Theme.controlBorder
        opacity: bar.pressed || bar.hovered ? 1 : 0.5
    }
}
