// Single choice of a filter, with counts. Wraps when there is no room.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Flow {
    id: chips

    property var model: [] // {name, text, count}
    property string current
    property string name
    signal chosen(name: string)

    spacing: Theme.s2
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    Repeater {
        id: list

        model: chips.model

        delegate: T.AbstractButton {
            id: chip

            required property int index
            required property var modelData
            readonly property bool on: modelData.name === chips.current

            objectName: "chip-" + modelData.name
            height: Math.round(32 * Theme.textScale)
            width: words.implicitWidth + 24
            text: modelData.text
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.RadioButton
            Accessible.name: qsTr("%1, %2").arg(text).arg(modelData.count)
            Accessible.checked: on
            onClicked: chips.chosen(modelData.name)
            Keys.onReturnPressed: click()

            background: Rectangle {
                radius: Theme.radiusControl
                color: chip.on ? Theme.selected : chip.hovered ? Theme.hover : Theme.surface
                border.width: 1
                border.color: chip.on ? Theme.accent : Theme.divider

                FocusRing {
                    shown: chip.visualFocus
                }
            }
            contentItem: Item {
                Row {
                    id: words

                    anchors.centerIn: parent
                    spacing: 7

                    BodyText {
                        text: chip.text
                        font.weight: chip.on ? Font.DemiBold : Font.Normal
                        color: chip.on ? Theme.accent : Theme.text
                    }
                    CaptionText {
                        text: Words.number(chip.modelData.count)
                        font.weight: Font.Medium
                        color: chip.on ? Theme.accent : Theme.textMuted
                        anchors.verticalCenter: parent.verticalCenter
                    }
                }
            }
        }
    }
}
