// Drop-down of a few words. model: list of {value, text}.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

T.ComboBox {
    id: choice

    property var value // chosen by its value
    property string name
    signal chosen(value: var)

    textRole: "text"
    valueRole: "value"
    currentIndex: (model ?? []).findIndex(each => each.value === choice.value)
    implicitHeight: Theme.row
    implicitWidth: 180 * Theme.textScale
    leftPadding: 12
    rightPadding: 12
    font.pixelSize: Theme.body
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ComboBox
    Accessible.name: name
    Accessible.description: displayText
    onActivated: index => {
        chosen(model[index].value)
        currentIndex = Qt.binding(() => (model ?? []).findIndex(each => each.value === choice.value))
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: choice.down || choice.popup.visible ? Theme.hover : Theme.surface
        border.width: choice.activeFocus ? 2 : 1
        border.color: choice.activeFocus ? Theme.accent : Theme.controlBorder
    }
    contentItem: RowLayout {
        spacing: Theme.s2

        BodyText {
            Layout.fillWidth: true
            text: choice.displayText
            color: choice.enabled ? Theme.text : Theme.textMuted
        }
        Icon {
            name: "down"
            size: 14
        }
    }
    delegate: T.ItemDelegate {
        id: line

        required property int index
        required property var modelData

        width: ListView.view?.width ?? 0
        height: Theme.row
        highlighted: choice.highlightedIndex === index
        text: modelData.text
        Accessible.name: text

        background: Rectangle {
            radius: 6
            color: line.highlighted ? Theme.selected : "transparent"
        }
        contentItem: BodyText {
            leftPadding: 8
            text: line.text
            verticalAlignment: Text.AlignVCenter
            font.weight: line.index === choice.currentIndex ? Font.DemiBold : Font.Normal
        }
    }
    popup: T.Popup {
        y: choice.height + 4
        width: choice.width
        height: Math.min(contentItem.implicitHeight + 12, 320)
        padding: 6

        background: Rectangle {
            radius: 10
            color: Theme.surface
            border.width: 1
            border.color: Theme.controlBorder
        }
        contentItem: ListView {
            implicitHeight: contentHeight
            clip: true
            model: choice.popup.visible ? choice.delegateModel : null
            currentIndex: choice.highlightedIndex
        }
    }
}
