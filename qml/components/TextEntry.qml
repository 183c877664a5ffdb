// One line of input, with an icon or a key hint, red when what is in it was refused.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.TextField {
    id: entry

    property string iconName
    property string keyHint
    property bool bad: false

    implicitHeight: Theme.row
    implicitWidth: 220
    leftPadding: iconName === "" ? 12 : 36
    rightPadding: keyHint !== "" && text === "" ? hint.implicitWidth + 20 : 12
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    font.pixelSize: Theme.body
    Accessible.name: placeholderText

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.surface
        border.width: entry.activeFocus ? 2 : 1
        border.color: entry.bad ? Theme.error : entry.activeFocus ? Theme.accent : Theme.controlBorder
    }

    BodyText {
        x: entry.leftPadding
        width: entry.width - entry.leftPadding - entry.rightPadding
        anchors.verticalCenter: parent.verticalCenter
        visible: entry.length === 0 && entry.preeditText === ""
        text: entry.placeholderText
        color: Theme.textMuted
        Accessible.ignored: true
    }
    Icon {
        x: 11
        visible: entry.iconName !== ""
        name: entry.iconName
        size: 16
        anchors.verticalCenter: parent.verticalCenter
    }
    CaptionText {
        id: hint

        visible: text !== "" && entry.length === 0
        text: entry.keyHint
        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        Accessible.ignored: true
    }
}
