// What is typed or scanned on the device: user, servers and ports, as words and as the code its mail app reads.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

GridLayout {
    id: sheet

    required property string kind
    required property string account
    required property var server
    required property string code // of the account, for the kinds that scan one

    columns: sheet.width < 420 * Theme.textScale || !picture.visible ? 1 : 2
    columnSpacing: Theme.s4
    rowSpacing: Theme.s3

    QrView {
        id: picture

        objectName: "qrCode"
        visible: sheet.kind === "android" || sheet.kind === "other"
        Layout.preferredWidth: 200
        Layout.preferredHeight: 200
        text: visible ? sheet.code : ""
        Accessible.role: Accessible.Graphic
        Accessible.name: sheet.kind === "android" ? qsTr("Code with the account, for Thunderbird on Android") : qsTr("Code with the account, for Delta Chat")
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.s2

        CaptionText {
            Layout.fillWidth: true
            visible: picture.visible
            text: sheet.kind === "android" ? qsTr("Thunderbird on Android scans this when it adds an account. Or type:") : qsTr("Delta Chat scans this when it adds an account. For anything else, type:")
            color: Theme.text
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
        FactList {
            Layout.fillWidth: true
            nameWidth: 70 * Theme.textScale
            facts: [{ "name": qsTr("User"), "value": sheet.account, "mono": true }, { "name": qsTr("Reading"), "value": qsTr("%1, port %2, TLS").arg(sheet.server.host).arg(sheet.server.imapPort), "mono": true },
                    { "name": qsTr("Sending"), "value": qsTr("%1, port %2, TLS").arg(sheet.server.host).arg(sheet.server.submissionPort), "mono": true }]
        }
    }
}
