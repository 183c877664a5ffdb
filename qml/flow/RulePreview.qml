// What a hold rule would do: counted by the server, now and over the last seven days.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property RecordQuery preview
    property bool everything: false
    readonly property var sent: preview.rest.sent ?? []

    implicitHeight: all.implicitHeight + 78
    title: qsTr("What it would do")
    trailing: CaptionText {
        text: card.preview.busy ? qsTr("counting…") : card.preview.problem !== "" ? qsTr("not counted") : qsTr("counted just now")
    }

    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s5

            Repeater {
                model: [{ "number": card.preview.rest.now ?? 0, "text": qsTr("would be held now") },
                        { "number": card.preview.rest.recent ?? 0, "text": qsTr("would have been held in the last 7 days") }]

                delegate: ColumnLayout {
                    id: figure

                    required property var modelData
                    required property int index

                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    spacing: 0
                    Accessible.role: Accessible.StaticText
                    Accessible.name: modelData.number + " " + modelData.text

                    BodyText {
                        objectName: "preview-" + figure.index
                        text: Words.number(figure.modelData.number)
                        font.pixelSize: Theme.statusSize
                        font.weight: Font.DemiBold
                    }
                    CaptionText {
                        Layout.fillWidth: true
                        text: figure.modelData.text
                        wrapMode: Text.WordWrap
                        elide: Text.ElideNone
                    }
                }
            }
        }
        InfoWell {
            Layout.fillWidth: true
            visible: card.everything
            glyph: "warn"
            title: qsTr("This would hold everything")
            text: qsTr("Without a condition the rule fits all outgoing mail.")
        }
        BodyText {
            visible: card.preview.count > 0
            text: qsTr("Waiting now")
            font.weight: Font.DemiBold
        }
        Repeater {
            model: card.preview.count

            delegate: PreviewLine {
                required property int index

                visible: index < 5
                Layout.fillWidth: true
                record: card.preview.at(index)
                at: record.queuedAt ?? new Date(0)
            }
        }
        BodyText {
            visible: card.sent.length > 0
            text: qsTr("From the last 7 days")
            font.weight: Font.DemiBold
        }
        Repeater {
            model: card.sent.slice(0, 6)

            delegate: PreviewLine {
                required property var modelData

                Layout.fillWidth: true
                record: modelData
                at: new Date(modelData.queuedAt)
            }
        }
    }
}
