// Aliases, each with its people as chips.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

DataTable {
    id: table

    property var nameOf: address => address

    name: qsTr("Aliases")
    keyField: "address"
    rowHeight: Math.round(52 * Theme.textScale)
    columns: [{ "title": qsTr("Address"), "field": "address", "weight": 2 }, { "title": qsTr("Leads to"), "field": "members", "weight": 3, "sorts": false }]

    delegate: TableRow {
        id: line

        title: qsTr("%1 leads to %2").arg(record.address).arg(Words.listed(record.members.map(each => table.nameOf(each))))

        RowLayout {
            anchors.fill: parent
            spacing: 12

            BodyText {
                Layout.fillWidth: true
                Layout.preferredWidth: 200
                text: line.record.address
                font.weight: Font.Medium
                elide: Text.ElideMiddle
            }
            Row {
                Layout.fillWidth: true
                Layout.preferredWidth: 300
                spacing: 6
                clip: true

                Repeater {
                    model: line.record.members.slice(0, 4)

                    delegate: Tag {
                        required property string modelData

                        text: table.nameOf(modelData)
                    }
                }
                CaptionText {
                    visible: line.record.members.length > 4
                    text: qsTr("and %n more", "", line.record.members.length - 4)
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }
}
