// A person: name, addresses, how full the mailbox is, when they last signed in, and a menu of what can be done.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

FocusScope {
    id: person

    required property int index
    required property string name
    required property string address
    required property string role
    required property double usedBytes
    required property double quotaBytes
    required property double messageCount
    required property date lastSignIn
    required property var record
    readonly property string title: name !== "" ? name : address
    property var otherAddresses: [] // aliases that reach this person
    property var devices: null // their devices, the last used first; null: the server has none
    signal deviceAsked
    signal deviceShown(id: string)
    signal passwordAsked
    signal editAsked
    signal removeAsked

    objectName: "person-" + address
    activeFocusOnTab: true
    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + address + ", " + storage.used
    Accessible.focusable: true
    Accessible.onPressAction: menu.popup(more, 0, more.height)
    Keys.onReturnPressed: menu.popup(more, 0, more.height)
    Keys.onMenuPressed: menu.popup(more, 0, more.height)
    Keys.onDeletePressed: removeAsked()

    Card {
        anchors.fill: parent

        FocusRing {
            anchors.margins: -24
            radius: Theme.radiusCard + 4
            shown: person.activeFocus && !more.activeFocus
        }
        Avatar {
            id: face

            anchors.left: parent.left
            name: person.title
        }
        BodyText {
            anchors.left: parent.left
            anchors.leftMargin: 52
            width: parent.width - 52 - more.width
            text: person.title
            font.pixelSize: Theme.section
            font.weight: Font.DemiBold
        }
        CaptionText {
            anchors.left: parent.left
            anchors.leftMargin: 52
            y: Math.round(23 * Theme.textScale)
            width: parent.width - 52 - more.width
            text: person.address
        }
        ActionButton {
            id: more

            objectName: "more-" + person.address
            anchors.right: parent.right
            anchors.rightMargin: -8
            y: -8
            kind: "quiet"
            iconName: "more"
            Accessible.name: qsTr("More for %1").arg(person.title)
            onClicked: menu.popup(more, 0, more.height)
        }
        Flow {
            id: tags

            y: Math.round(56 * Theme.textScale)
            width: parent.width
            height: Math.round(24 * Theme.textScale)
            clip: true
            spacing: 6

            Tag {
                visible: person.role === "postmaster"
                text: qsTr("postmaster")
            }
            Repeater {
                model: person.otherAddresses.slice(0, 2)

                delegate: Tag {
                    required property string modelData

                    text: modelData.split("@")[0] + "@"
                }
            }
            Tag {
                visible: person.otherAddresses.length > 2
                text: "+" + (person.otherAddresses.length - 2)
            }
        }
        Divider {
            id: line

            width: parent.width
            anchors.top: tags.bottom
            anchors.topMargin: Theme.s3
        }
        DeviceLines {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: line.bottom
            anchors.topMargin: 10
            anchors.bottom: storage.top
            anchors.bottomMargin: 10
            visible: person.devices !== null
            devices: person.devices ?? []
            whose: person.title
            onAddAsked: person.deviceAsked()
            onShowAsked: id => person.deviceShown(id)
        }
        MailboxMeter {
            id: storage

            width: parent.width
            anchors.bottom: parent.bottom
            whose: person.title
            usedBytes: person.usedBytes
            quotaBytes: person.quotaBytes
            messageCount: person.messageCount
            lastSignIn: person.lastSignIn
        }
    }
    AppMenu {
        id: menu

        AppMenuItem {
            objectName: "menuDevice"
            visible: Daemon.can("devices.list")
            height: visible ? implicitHeight : 0
            iconName: "phone"
            text: qsTr("Add a device…")
            onTriggered: person.deviceAsked()
        }
        AppMenuItem {
            objectName: "menuPassword"
            iconName: "key"
            text: qsTr("Set a password…")
            onTriggered: person.passwordAsked()
        }
        AppMenuItem {
            objectName: "menuEdit"
            iconName: "edit"
            text: qsTr("Name and storage…")
            onTriggered: person.editAsked()
        }
        AppMenuItem {
            objectName: "menuRemove"
            iconName: "trash"
            danger: true
            text: qsTr("Remove")
            onTriggered: person.removeAsked()
        }
    }
}
