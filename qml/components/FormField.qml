// A label, what is asked, and under it the help or what is wrong with it, which is also announced.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Column {
    id: field

    default property alias content: slot.data
    property string label
    property string help
    property string problem

    spacing: 6
    onProblemChanged: if (problem !== "") Accessible.announce(problem, Accessible.Assertive)

    BodyText {
        text: field.label
        font.weight: Font.Medium
    }
    Item {
        id: slot

        width: parent.width
        height: childrenRect.height
    }
    Row {
        visible: note.text !== ""
        width: parent.width
        spacing: 6

        StatusGlyph {
            visible: field.problem !== ""
            kind: "error"
            size: 14
            y: 1
        }
        CaptionText {
            id: note

            width: parent.width - x
            text: field.problem !== "" ? field.problem : field.help
            color: field.problem !== "" ? Theme.error : Theme.textMuted
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
    }
}
