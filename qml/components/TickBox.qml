// A tick box with its words, or a round one of several.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

T.AbstractButton {
    id: box

    property bool round: false
    property bool partial: false
    property string help

    checkable: true
    autoExclusive: round
    implicitWidth: row.implicitWidth
    implicitHeight: Math.max(row.implicitHeight, 24)
    focusPolicy: Qt.StrongFocus
    Accessible.role: round ? Accessible.RadioButton : Accessible.CheckBox
    Accessible.name: text
    Accessible.description: help
    Accessible.checkable: true
    Accessible.checked: checked

    contentItem: RowLayout {
        id: row

        spacing: Theme.s2

        CheckMark {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2
            round: box.round
            checked: box.checked
            partial: box.partial

            FocusRing {
                shown: box.visualFocus
                gap: 1
            }
        }
        Column {
            visible: box.text !== ""
            Layout.fillWidth: true

            BodyText {
                width: parent.width
                text: box.text
                color: box.enabled ? Theme.text : Theme.textMuted
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
            CaptionText {
                visible: text !== ""
                width: parent.width
                text: box.help
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
        }
    }
}
