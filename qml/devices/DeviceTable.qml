// Every key and app password: whose, with what mail app, how it signs in, when it was last used.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

DataTable {
    id: table

    property bool slim: false
    property var whose: address => address
    property var glyphOf: device => "ok"
    signal revokeAsked(device: var)

    name: qsTr("Devices and keys")
    columns: {
        const all = [{ "title": qsTr("Device"), "field": "name", "weight": 2 }, { "title": qsTr("Whose, with what"), "field": "account", "weight": 2 },
                     { "title": qsTr("Signs in by"), "field": "kind", "weight": 1.4 }, { "title": qsTr("Last used"), "field": "lastUsedAt", "weight": 1.3 }]
        if (!slim && openKey === undefined)
            all.push({ "title": "", "field": "", "weight": 0.8 })
        return slim ? [all[0], all[3]] : all
    }

    delegate: TableRow {
        id: line

        title: [record.name, table.whose(record.account), way.text, Words.ago(record.lastUsedAt, Words.now)].join(", ")

        RowLayout {
            anchors.fill: parent
            spacing: Theme.s3

            RowLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 200
                Layout.minimumWidth: 0
                spacing: Theme.s2

                StatusGlyph {
                    kind: table.glyphOf(line.record)
                }
                BodyText {
                    Layout.fillWidth: true
                    text: line.record.name || qsTr("Unnamed")
                    font.weight: Font.Medium
                }
            }
            CaptionText {
                visible: !table.slim
                Layout.fillWidth: true
                Layout.preferredWidth: 200
                Layout.minimumWidth: 0
                text: table.whose(line.record.account) + (line.record.lastUsedBy ? " · " + line.record.lastUsedBy : "")
            }
            RowLayout {
                visible: !table.slim
                Layout.fillWidth: true
                Layout.preferredWidth: 140
                Layout.minimumWidth: 0
                spacing: 6

                Icon {
                    name: line.record.kind === "key" ? "key" : "lock"
                    size: 14
                }
                CaptionText {
                    id: way

                    Layout.fillWidth: true
                    text: line.record.kind === "key" ? qsTr("Key") : qsTr("App password")
                    color: Theme.text
                }
            }
            CaptionText {
                Layout.fillWidth: true
                Layout.preferredWidth: 130
                Layout.minimumWidth: 0
                text: Words.ago(line.record.lastUsedAt, Words.now)
                color: Theme.text
            }
            Item {
                visible: !table.slim && table.openKey === undefined // the details have one of their own
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 80
                Layout.minimumWidth: 0

                ActionButton {
                    objectName: "revoke-" + line.record.id
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    focusPolicy: Qt.NoFocus // Del does it for the row
                    kind: "quiet"
                    small: true
                    text: qsTr("Revoke…")
                    Accessible.name: qsTr("Revoke %1").arg(line.record.name)
                    onClicked: table.revokeAsked(line.record)
                }
            }
        }
    }
}
