// What will read the mail: the kinds of devices, one chosen. Arrow keys walk them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

Column {
    id: list

    property var kinds: []
    property string current
    property bool brief: false
    signal chosen(name: string)

    spacing: 4

    CaptionText {
        visible: !list.brief
        leftPadding: 8
        bottomPadding: 4
        text: qsTr("What will read the mail?")
        font.weight: Font.Medium
    }
    Repeater {
        id: rows

        model: list.kinds

        delegate: T.AbstractButton {
            id: row

            required property int index
            required property var modelData
            readonly property bool on: modelData.name === list.current

            objectName: "kind-" + modelData.name
            width: list.width
            height: Math.round((list.brief ? 40 : 54) * Theme.textScale)
            text: modelData.text
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.RadioButton
            Accessible.name: text + ", " + modelData.detail
            Accessible.checked: on
            onClicked: list.chosen(modelData.name)
            Keys.onReturnPressed: click()
            Keys.onUpPressed: (rows.itemAt(index - 1) as Item)?.forceActiveFocus(Qt.TabFocusReason)
            Keys.onDownPressed: (rows.itemAt(index + 1) as Item)?.forceActiveFocus(Qt.TabFocusReason)

            background: Rectangle {
                radius: 8
                color: row.on ? Theme.surface : row.hovered ? Theme.hover : "transparent"
                border.width: row.on ? 2 : 0
                border.color: Theme.accent

                FocusRing {
                    shown: row.visualFocus && !row.on
                    gap: -2
                }
            }
            contentItem: RowLayout {
                spacing: Theme.s3

                Icon {
                    Layout.leftMargin: list.brief ? 11 : 14
                    name: row.modelData.icon
                    color: row.on ? Theme.accent : Theme.textMuted
                }
                ColumnLayout {
                    visible: !list.brief
                    Layout.fillWidth: true
                    spacing: 0

                    BodyText {
                        Layout.fillWidth: true
                        text: row.text
                        font.weight: Font.Medium
                    }
                    CaptionText {
                        Layout.fillWidth: true
                        text: row.modelData.detail
                    }
                }
                Icon {
                    visible: row.on && !list.brief
                    Layout.rightMargin: 10
                    name: "check"
                    size: 16
                    color: Theme.accent
                }
            }
        }
    }
}
