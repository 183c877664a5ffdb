// The saved key file: where it is, its passphrase, how it gets into the mail app.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

ColumnLayout {
    id: file

    required property DeviceKey deviceKey
    property string steps
    property bool compatible: false

    spacing: 14

    InfoWell {
        Layout.fillWidth: true
        glyph: file.deviceKey.savedTo !== "" ? "ok" : "error"
        title: file.deviceKey.savedTo.split("/").pop() || file.deviceKey.fileName
        text: file.deviceKey.savedTo !== "" ? qsTr("Saved to %1").arg(file.deviceKey.savedTo.split("/").slice(0, -1).join("/")) : qsTr("Not saved yet")

        ActionButton {
            objectName: "saveAgain"
            small: true
            text: qsTr("Save again")
            onClicked: file.deviceKey.save()
        }
    }
    CaptionText {
        text: qsTr("Passphrase for the file, shown this once")
        font.weight: Font.Medium
    }
    SecretLine {
        Layout.fillWidth: true
        secret: file.deviceKey.passphrase
    }
    BodyText {
        Layout.fillWidth: true
        visible: text !== ""
        text: file.steps
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
    CaptionText {
        Layout.fillWidth: true
        visible: file.compatible
        text: qsTr("The file uses an older encryption that this device can read. Delete it once it is imported.")
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
}
