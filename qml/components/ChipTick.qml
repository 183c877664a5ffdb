// A chip that is in or out: the tick says so without colour.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.AbstractButton {
    id: chip

    implicitHeight: Math.round(32 * Theme.textScale)
    implicitWidth: words.implicitWidth + 24
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.name: text
    Keys.onReturnPressed: click()

    background: Rectangle {
        radius: height / 2
        color: chip.checked ? Theme.selected : chip.hovered ? Theme.hover : Theme.surface
        border.width: 1
        border.color: chip.checked ? Theme.accent : Theme.controlBorder

        FocusRing {
            shown: chip.visualFocus
            radius: height / 2
        }
    }
    contentItem: Item {
        Row {
            id: words

            anchors.centerIn: parent
            spacing: 6

            Icon {
                name: chip.checked ? "check" : "plus"
                size: 14
                color: chip.checked ? Theme.accent : Theme.textMuted
                anchors.verticalCenter: parent.verticalCenter
            }
            BodyText {
                text: chip.text
                color: chip.checked ? Theme.accent : Theme.text
                font.weight: chip.checked ? Font.DemiBold : Font.Normal
            }
        }
    }
}
