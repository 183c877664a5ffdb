// On/off switch; the tick in its knob repeats the state without colour.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.AbstractButton {
    id: toggle

    checkable: true
    implicitWidth: 36
    implicitHeight: 20
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.name: text

    background: Rectangle {
        radius: 10
        color: toggle.checked ? Theme.accent : Theme.surface
        border.width: toggle.checked ? 0 : 1.5
        border.color: Theme.controlBorder

        FocusRing {
            shown: toggle.visualFocus
            radius: 14
        }
    }
    contentItem: Item {
        Rectangle {
            x: toggle.checked !== toggle.mirrored ? 18 : 3
            y: toggle.checked ? 2 : 3
            width: toggle.checked ? 16 : 14
            height: width
            radius: width / 2
            color: toggle.checked ? Theme.accentText : Theme.controlBorder

            Icon {
                visible: toggle.checked
                anchors.centerIn: parent
                name: "check"
                size: 11
                stroke: 1.8
                color: Theme.accent
            }
        }
    }
}
