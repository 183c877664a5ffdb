// Hairline.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    implicitHeight: 1
    color: Theme.divider
    Accessible.ignored: true
}
