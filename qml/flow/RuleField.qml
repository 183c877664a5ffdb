// One condition of a hold rule: its name at the left, what it must be at the right.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

RowLayout {
    id: field

    property string label
    property string hint
    property string problem
    property alias text: entry.text

    function clear(): void {
        entry.clear()
    }
    function forceActiveFocus(): void {
        entry.forceActiveFocus()
    }

    Layout.fillWidth: true
    spacing: Theme.s3

    BodyText {
        Layout.preferredWidth: 180 * Theme.textScale
        text: field.label
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
    TextEntry {
        id: entry

        objectName: "rule-" + field.objectName
        Layout.fillWidth: true
        placeholderText: field.hint
        bad: field.problem !== "" && text !== ""
        Accessible.name: field.label
    }
}
