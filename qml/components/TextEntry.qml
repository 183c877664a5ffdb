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
    readonly property real start: iconName === "" ? 12 : 36
    readonly property real end: keyHint !== "" && text === "" ? hint.implicitWidth + 20 : 12

    implicitHeight: Theme.row
    implicitWidth: 220
    leftPadding: LayoutMirroring.enabled ? end : start
    rightPadding: LayoutMirroring.enabled ? start : end
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    font.pixelSize: Theme.body
    Accessible.role: Accessible.EditableText
    Accessible.name: placeholderText

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.surface
        border.width: entry.activeFocus ? 2 : 1
        border.color: entry.bad ? Theme.error : entry.activeFocus ? Theme.accent : Theme.controlBorder
    }

    BodyText {
        anchors.left: parent.left
        anchors.leftMargin: entry.start
        width: entry.width - entry.leftPadding - entry.rightPadding
        anchors.verticalCenter: parent.verticalCenter
        visible: entry.length === 0 && entry.preeditText === ""
        text: entry.placeholderText
        color: Theme.textMuted
        Accessible.ignored: true
    }
    Icon {
        anchors.left: parent.left
        anchors.leftMargin: 11
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
