// A setting: what it is, what it does, the control at the end. Narrow, the control goes below.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

GridLayout {
    id: row

    default property alias control: slot.data
    property string label
    property string help
    property string problem

    columns: width < 520 * Theme.textScale ? 1 : 2
    columnSpacing: Theme.s4
    rowSpacing: Theme.s2

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        BodyText {
            Layout.fillWidth: true
            text: row.label
            font.weight: Font.Medium
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
        CaptionText {
            Layout.fillWidth: true
            visible: text !== ""
            text: row.problem !== "" ? row.problem : row.help
            color: row.problem !== "" ? Theme.error : Theme.textMuted
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
    }
    Item {
        id: slot

        implicitWidth: childrenRect.width
        implicitHeight: childrenRect.height
    }
}
