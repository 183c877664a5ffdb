// One DNS record: type, name, value, what it is for.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Item {
    id: row

    required property var record
    property bool last: false
    property string copied

    // What it is for, in the language of the window; what is not known here stays in the server's words.
    readonly property var known: ({ "where the server is": qsTr("where the server is"), "mail for the domain comes here": qsTr("mail for the domain comes here"),
        "SPF: only this server sends for the domain": qsTr("SPF: only this server sends for the domain"),
        "SPF for reports sent by the server itself": qsTr("SPF for reports sent by the server itself"),
        "DKIM: others verify our signatures": qsTr("DKIM: others verify our signatures"), "DKIM: signs after the next rotation": qsTr("DKIM: signs after the next rotation"),
        "DKIM: signed mail that may still be under way": qsTr("DKIM: signed mail that may still be under way"),
        "DMARC: others refuse forged mail and report it": qsTr("DMARC: others refuse forged mail and report it"),
        "others report when TLS fails, RFC 8460": qsTr("others report when TLS fails, RFC 8460"),
        "mail programs find the server, RFC 6186": qsTr("mail programs find the server, RFC 6186"),
        "mail programs find the server, RFC 8314": qsTr("mail programs find the server, RFC 8314") })
    readonly property string why: known[record.why] ?? record.why

    function copy(what: string): void {
        Words.copy(record[what])
        copied = what
        Accessible.announce(qsTr("Copied"))
    }

    implicitHeight: all.implicitHeight + 20
    Accessible.role: Accessible.Row
    Accessible.name: [record.type, record.name, record.value, why].join(", ")

    RowLayout {
        id: all

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 16
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s3

        Tag {
            Layout.preferredWidth: 56 * Theme.textScale
            text: row.record.type
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s3

                BodyText {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 200
                    text: row.record.name
                    font.family: Theme.mono
                    font.pixelSize: Theme.caption
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                BodyText {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 260
                    text: row.record.value
                    font.family: Theme.mono
                    font.pixelSize: Theme.caption
                    Accessible.ignored: true
                }
            }
            CaptionText {
                Layout.fillWidth: true
                text: row.why
                Accessible.ignored: true
            }
        }
        ActionButton {
            kind: "quiet"
            small: true
            iconName: row.copied === "name" ? "check" : "copy"
            text: qsTr("Name")
            Accessible.name: qsTr("Copy the name %1").arg(row.record.name)
            onClicked: row.copy("name")
        }
        ActionButton {
            kind: "quiet"
            small: true
            iconName: row.copied === "value" ? "check" : "copy"
            text: qsTr("Value")
            Accessible.name: qsTr("Copy the value for %1").arg(row.record.name)
            onClicked: row.copy("value")
        }
    }
    Divider {
        visible: !row.last
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
