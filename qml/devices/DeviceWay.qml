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
    readonly property string secret: password.result.generatedPassword ?? ""
    readonly property string code: kind.name === "android" ? MailSettings.thunderbirdCode(server, account, whose, secret)
                                                           : MailSettings.deltaChatLink(server, account, secret)
    signal passwordAsked(yes: bool)
    signal made(id: string)

    function forget(): void {
        key.forget()
        register.reset()
        password.reset()
        deviceId = ""
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
                objectName: way.withKey ? "makeKey" : "makePassword"
                visible: !way.ready
                kind: "primary"
                iconName: !way.withKey ? "lock" : way.byLink ? "qr" : "download"
                enabled: !register.busy && !password.busy
                text: !way.withKey ? qsTr("Make an app password") : way.byLink ? qsTr("Show the codes") : qsTr("Save the key file")
                onClicked: way.withKey ? way.makeKey() : way.makePassword()
            }
            KeyFile {
                objectName: "keyFile"
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

                objectName: "enrolCodes"
                Layout.fillWidth: true
                visible: way.byLink && way.ready
                deviceKey: key
                account: way.code
            }
            SecretLine {
                Layout.fillWidth: true
                visible: !way.withKey && way.ready
                secret: way.secret
            }
            ProfileWell {
                Layout.fillWidth: true
                visible: way.apple && !way.withKey && way.ready
                server: way.server
                account: way.account
                person: way.person
                secret: way.secret
            }
            AccountFacts {
                Layout.fillWidth: true
                visible: way.ready && way.kind.name !== "thunderbird" && !way.byLink
                kind: way.kind.name
                account: way.account
                server: way.server
                code: way.code
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
