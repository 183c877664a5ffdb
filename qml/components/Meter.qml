// Quota bar; amber from 80 %. The number beside it says the same in words.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: meter

    property real value: 0 // 0 to 1
    property string name

    implicitHeight: 8
    radius: 4
    color: Theme.sunken
    border.width: 1
    border.color: Theme.divider
    Accessible.role: Accessible.ProgressBar
    Accessible.name: name

    Rectangle {
        visible: meter.value > 0
        height: parent.height
        radius: 4
        width: Math.max(8, parent.width * Math.min(1, meter.value))
        color: meter.value >= 1 ? Theme.error : meter.value >= 0.8 ? Theme.warn : Theme.accent

        Behavior on width {
            NumberAnimation {
                duration: Theme.motion
            }
        }
    }
}
