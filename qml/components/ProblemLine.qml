// What a call was refused for, if it is about none of the form's fields; with the hint.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Row {
    id: line

    required property ApiCall call
    property list<string> fields: [] // those that show their own

    visible: call.errorText !== "" && !fields.includes(call.errorField)
    spacing: Theme.s2
    onVisibleChanged: if (visible) Accessible.announce(call.errorText, Accessible.Assertive)

    StatusGlyph {
        kind: "error"
        size: 16
        y: 2
    }
    BodyText {
        width: line.width - 24
        text: line.call.errorText + (line.call.errorHint !== "" ? " " + line.call.errorHint : "")
        color: Theme.error
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
}
