// A message in the preview of a rule.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

RowLayout {
    id: line

    required property var record
    required property date at

    spacing: Theme.s3
    Accessible.role: Accessible.StaticText
    Accessible.name: (record.subject || qsTr("No subject")) + ", " + record.recipient

    CaptionText {
        Layout.preferredWidth: 122 * Theme.textScale
        text: Words.when(line.at)
        tabular: true
        Accessible.ignored: true
    }
    BodyText {
        Layout.fillWidth: true
        text: line.record.subject || qsTr("No subject")
        Accessible.ignored: true
    }
    CaptionText {
        text: Words.bytes(line.record.sizeBytes ?? 0)
        Accessible.ignored: true
    }
}
