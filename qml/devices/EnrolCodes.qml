// A phone gets its key and its account by scanning: first the link to its key file, which works once and for ten minutes, then
// the code of the account. Never both at once: a camera may take the wrong one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

ColumnLayout {
    id: codes

    required property DeviceKey deviceKey
    required property string account // code of the account, for the mail app
    property bool second: false
    readonly property string link: enrol.result.url ?? ""
    readonly property real remaining: enrol.result.expiresAt ? Math.max(0, (enrol.result.expiresAt.getTime() - clock.now) / 1000) : 0
    readonly property bool over: link !== "" && remaining <= 0

    function begin(): void {
        second = false
        enrol.start({ "file": deviceKey.fileAsBase64() })
    }

    spacing: 12

    ApiCall {
        id: enrol

        method: "devices.enrol"
    }
    Timer {
        id: clock

        property real now: Date.now()

        interval: 1000
        repeat: true
        running: codes.visible && codes.link !== ""
        onTriggered: now = Date.now()
    }
    CaptionText {
        text: codes.second ? qsTr("Code 2 of 2: the account") : qsTr("Code 1 of 2: the key")
        font.weight: Font.Medium
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s4

        QrView {
            objectName: codes.second ? "accountCode" : "keyCode"
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: 200
            Layout.preferredHeight: 200
            text: codes.second ? codes.account : codes.over ? "" : codes.link
            Accessible.role: Accessible.Graphic
            Accessible.name: codes.second ? qsTr("Code with the account, for Thunderbird on Android") : qsTr("Code with the link to the key file")
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.s3

            NumberedStep {
                Layout.fillWidth: true
                number: 1
                text: codes.second ? qsTr("In Thunderbird on the phone, add an account by scanning.") : qsTr("Open the camera of the phone and point it at the code.")
            }
            NumberedStep {
                Layout.fillWidth: true
                number: 2
                text: codes.second ? qsTr("Choose the key when it asks for a certificate.") : qsTr("Tap the link. When the phone asks for a passphrase, type the one below.")
            }
        }
    }
    SecretLine {
        Layout.fillWidth: true
        visible: !codes.second
        secret: codes.deviceKey.passphrase
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        CaptionText {
            Layout.fillWidth: true
            visible: !codes.second && codes.link !== ""
            text: codes.over ? qsTr("The code ran out.") : qsTr("The code works once and runs out in %1.").arg(Words.countdown(codes.remaining))
        }
        ActionButton {
            objectName: "newCode"
            visible: !codes.second
            kind: "quiet"
            small: true
            text: qsTr("New code")
            onClicked: codes.begin()
        }
        ActionButton {
            objectName: "otherCode"
            small: true
            text: codes.second ? qsTr("Back to the key") : qsTr("Next code: the account")
            onClicked: codes.second = !codes.second
        }
    }
    CopyField {
        Layout.fillWidth: true
        visible: !codes.second && codes.link !== "" && !codes.over
        name: qsTr("Link")
        value: codes.link
    }
    ProblemLine {
        Layout.fillWidth: true
        call: enrol
    }
}
