// The way a device gets in: a key file with its passphrase, or an app password; then waiting until it has signed in.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Item {
    id: way

    required property string account
    required property string whose
    required property string person // the name mail is sent under
    required property var kind
    required property bool withKey
    required property bool canKey
    required property string deviceName
    property string deviceId
    readonly property bool ready: deviceId !== ""
    readonly property bool connected: {
        devices.revision
        return ready && (devices.find("id", deviceId).lastUsedAt?.getTime() ?? 0) > 0
    }
    readonly property bool byLink: withKey && kind.name === "android" && Daemon.can("devices.enrol")
    readonly property var server: MailSettings.serverOf(Daemon.status)
    readonly property bool apple: kind.name === "iphone" || kind.name === "mac"
    property string profile // where Apple's profile was saved
    readonly property string code: kind.name === "android" ? MailSettings.thunderbirdCode(server, account, whose, password.result.generatedPassword ?? "")
                                                           : MailSettings.deltaChatLink(server, account, password.result.generatedPassword ?? "")
    signal passwordAsked(yes: bool)
    signal made(id: string)

    function forget(): void {
        key.forget()
        register.reset()
        password.reset()
        deviceId = ""
        profile = ""
    }
    function saveProfile(): void {
        profile = MailSettings.saveAppleProfile(MailSettings.appleProfile(server, account, person, password.result.generatedPassword ?? ""), account)
    }
    function makeKey(): void {
        if (key.make(deviceName, kind.form))
            register.start({ "address": account, "certificate": key.certificate, "name": deviceName })
    }
    function makePassword(): void {
        password.start({ "account": account, "name": deviceName })
    }
    function begun(id: string): void {
        deviceId = id
        devices.refresh()
        made(id)
    }

    DeviceKey {
        id: key
    }
    ApiCall {
        id: register

        method: "tlspubkey.add"
        onDone: result => {
            way.begun(result.key.id)
            if (way.byLink)
                codes.begin()
            else
                key.save()
        }
    }
    ApiCall {
        id: password

        method: "appPasswords.add"
        onDone: result => way.begun(result.device.id)
    }
    RecordQuery {
        id: devices

        method: "devices.list"
        params: ({ "account": way.account })
        topic: "devices"
        active: way.ready
    }
    onConnectedChanged: if (connected) Accessible.announce(qsTr("Connected"))
    Flickable {
        anchors.fill: parent
        anchors.margins: 22
        contentHeight: all.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        ColumnLayout {
            id: all

            width: parent.width - 12
            spacing: 14

            BodyText {
                Layout.fillWidth: true
                text: way.byLink ? qsTr("Scan two codes with the phone") : way.withKey ? qsTr("Save the key and open it in %1").arg(way.kind.text) : qsTr("A password for this device alone")
                font.pixelSize: Theme.section
                font.weight: Font.DemiBold
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            BodyText {
                Layout.fillWidth: true
                text: way.withKey ? qsTr("The file holds %1’s key for this one device. Nobody can open it without the passphrase.").arg(way.whose)
                                  : qsTr("The mail app signs in with it instead of %1’s own password.").arg(way.whose)
                color: Theme.textMuted
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
            ActionButton {
                objectName: "makeKey"
                visible: way.withKey && !way.ready
                kind: "primary"
                iconName: way.byLink ? "qr" : "download"
                enabled: !register.busy
                text: way.byLink ? qsTr("Show the codes") : qsTr("Save the key file")
                onClicked: way.makeKey()
            }
            ActionButton {
                objectName: "makePassword"
                visible: !way.withKey && !way.ready
                kind: "primary"
                iconName: "lock"
                enabled: !password.busy
                text: qsTr("Make an app password")
                onClicked: way.makePassword()
            }
            KeyFile {
                Layout.fillWidth: true
                visible: way.withKey && way.ready && !way.byLink
                deviceKey: key
                steps: ({ "thunderbird": qsTr("In Thunderbird: Settings › Privacy & Security › Manage Certificates › Import"),
                          "android": qsTr("Copy the file to the phone and open it there. The mail app then offers it as client certificate."),
                          "mac": qsTr("Open the file on the Mac; Keychain Access asks for the passphrase.") })[way.kind.name] ?? ""
                compatible: way.kind.form === DeviceKey.Compatible
            }
            EnrolCodes {
                id: codes

                Layout.fillWidth: true
                visible: way.byLink && way.ready
                deviceKey: key
                account: way.code
            }
            SecretLine {
                Layout.fillWidth: true
                visible: !way.withKey && way.ready
                secret: password.result.generatedPassword ?? ""
            }
            InfoWell {
                Layout.fillWidth: true
                visible: way.apple && !way.withKey && way.ready
                glyph: way.profile !== "" ? "ok" : ""
                title: way.profile !== "" ? way.profile.split("/").pop() : qsTr("Or as a profile")
                text: way.profile !== "" ? qsTr("Saved to %1. Open it on the device and install it, then delete the file: the password is in it.").arg(way.profile.split("/").slice(0, -1).join("/"))
                                         : qsTr("A file that adds the account by itself: nothing to type on the device.")

                ActionButton {
                    objectName: "saveProfile"
                    small: true
                    text: way.profile !== "" ? qsTr("Save again") : qsTr("Save the profile")
                    onClicked: way.saveProfile()
                }
            }
            GridLayout {
                visible: way.ready && way.kind.name !== "thunderbird" && !way.byLink
                Layout.fillWidth: true
                columns: way.width < 420 * Theme.textScale || !code.visible ? 1 : 2
                columnSpacing: Theme.s4
                rowSpacing: Theme.s3

                QrView {
                    id: code

                    objectName: "qrCode"
                    visible: way.ready && (way.kind.name === "android" || way.kind.name === "other")
                    Layout.preferredWidth: 200
                    Layout.preferredHeight: 200
                    text: visible ? way.code : ""
                    Accessible.role: Accessible.Graphic
                    Accessible.name: way.kind.name === "android" ? qsTr("Code with the account, for Thunderbird on Android") : qsTr("Code with the account, for Delta Chat")
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    spacing: Theme.s2

                    CaptionText {
                        Layout.fillWidth: true
                        visible: code.visible
                        text: way.kind.name === "android" ? qsTr("Thunderbird on Android scans this when it adds an account. Or type:") : qsTr("Delta Chat scans this when it adds an account. For anything else, type:")
                        color: Theme.text
                        wrapMode: Text.WordWrap
                        elide: Text.ElideNone
                    }
                    FactList {
                        Layout.fillWidth: true
                        nameWidth: 70 * Theme.textScale
                        facts: [{ "name": qsTr("User"), "value": way.account, "mono": true }, { "name": qsTr("Reading"), "value": qsTr("%1, port %2, TLS").arg(way.server.host).arg(way.server.imapPort), "mono": true },
                                { "name": qsTr("Sending"), "value": qsTr("%1, port %2, TLS").arg(way.server.host).arg(way.server.submissionPort), "mono": true }]
                    }
                }
            }
            ProblemLine {
                Layout.fillWidth: true
                call: way.withKey ? register : password
            }
            BodyText {
                Layout.fillWidth: true
                visible: key.problem !== ""
                text: key.problem
                color: Theme.error
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }
            InfoWell {
                objectName: way.connected ? "deviceConnected" : "deviceWaiting"
                Layout.fillWidth: true
                visible: way.ready
                lit: true
                glyph: way.connected ? "ok" : "busy"
                title: way.connected ? qsTr("Connected") : qsTr("Waiting for %1…").arg(way.deviceName)
                text: way.connected ? qsTr("From %1 %2").arg(devices.find("id", way.deviceId).lastUsedFrom ?? "").arg(devices.find("id", way.deviceId).lastUsedBy ?? "")
                                    : qsTr("This turns green when it signs in. You may close the window.")
            }
            ActionButton {
                objectName: "otherWay"
                visible: !way.ready && way.canKey
                kind: "quiet"
                iconName: way.withKey ? "lock" : "key"
                text: way.withKey ? qsTr("Use an app password instead") : qsTr("Use a key instead")
                onClicked: way.passwordAsked(way.withKey)
            }
        }
    }
}
