// The messages a trace found: subject, from whom to whom, how it ended.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

DataTable {
    id: hits

    property var ending: record => ({ "glyph": "ok", "text": "" })

    name: qsTr("Messages found")
    keyField: "key"
    follows: true
    openKey: current?.key
    rowHeight: Math.round(84 * Theme.textScale)

    delegate: TableRow {
        id: line

        readonly property var end: hits.ending(record)

        title: (record.subject || qsTr("No subject")) + ", " + end.text

        RowLayout {
            anchors.fill: parent
            spacing: 12

            StatusGlyph {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 14
                kind: line.end.glyph
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 3

                BodyText {
                    Layout.fillWidth: true
                    text: line.record.subject || qsTr("No subject")
                    font.weight: Font.DemiBold
                }
                CaptionText {
                    Layout.fillWidth: true
                    text: (line.record.sender || qsTr("A report")) + " → " + line.record.recipients
                    elide: Text.ElideMiddle
                }
                RowLayout {
                    Layout.fillWidth: true

                    CaptionText {
                        Layout.fillWidth: true
                        text: line.end.text
                        color: Theme.text
                        font.weight: Font.Medium
                    }
                    CaptionText {
                        text: Words.ago(line.record.firstAt, Words.now)
                    }
                }
            }
        }
    }
}
