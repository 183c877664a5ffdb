// The kinds of devices people have. usesKey: whether its mail app can sign in with a key; form: the encryption of the key file
// that it reads.
import QtQuick
import Postroom.Daemon

QtObject {
    readonly property var kinds: [
        { "name": "thunderbird", "text": qsTr("Thunderbird"), "detail": qsTr("Linux, Windows, Mac"), "icon": "laptop", "usesKey": true, "form": DeviceKey.Modern },
        { "name": "android", "text": qsTr("Android"), "detail": qsTr("Thunderbird, K-9"), "icon": "phone", "usesKey": true, "form": DeviceKey.Compatible },
        { "name": "iphone", "text": qsTr("iPhone or iPad"), "detail": qsTr("the Mail that is built in"), "icon": "phone", "usesKey": false, "form": DeviceKey.Compatible },
        { "name": "mac", "text": qsTr("Mac"), "detail": qsTr("the Mail that is built in"), "icon": "desktop", "usesKey": true, "form": DeviceKey.Compatible },
        { "name": "outlook", "text": qsTr("Outlook"), "detail": qsTr("Windows, Mac, phone"), "icon": "app", "usesKey": false, "form": DeviceKey.Modern },
        { "name": "other", "text": qsTr("Something else"), "detail": qsTr("scanner, printer, server"), "icon": "printer", "usesKey": false, "form": DeviceKey.Modern }
    ]
}
