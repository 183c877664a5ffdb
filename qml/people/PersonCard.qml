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
    readonly property real share: quotaBytes > 0 ? usedBytes / quotaBytes : 0
    readonly property bool full: share >= 1
    property var otherAddresses: [] // aliases that reach this person
    signal deviceAsked
    signal passwordAsked
    signal editAsked
    signal removeAsked

    objectName: "person-" + address
    activeFocusOnTab: true
    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + address + ", " + used.text
    Accessible.focusable: true
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
            width: parent.width
            anchors.bottom: storage.top
            anchors.bottomMargin: Theme.s3
        }
        Item {
            id: storage

            width: parent.width
            height: Math.round(60 * Theme.textScale)
            anchors.bottom: parent.bottom

            BodyText {
                anchors.left: parent.left
                text: qsTr("Mailbox")
                font.weight: Font.Medium
            }
            CaptionText {
                id: used

                anchors.right: parent.right
                y: 2
                text: Words.usageOf(person.usedBytes, person.quotaBytes)
                color: Theme.text
                tabular: true
            }
            Meter {
                y: Math.round(25 * Theme.textScale)
                width: parent.width
                value: person.share
                name: qsTr("Mailbox of %1").arg(person.title)
            }
            Row {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                spacing: 6

                StatusGlyph {
                    visible: person.share >= 0.8
                    kind: person.full ? "error" : "warn"
                    size: 13
                    anchors.verticalCenter: parent.verticalCenter
                }
                CaptionText {
                    readonly property string room: Words.bytes(Math.max(0, person.quotaBytes - person.usedBytes))

                    width: Math.min(implicitWidth, storage.width - 24)
                    text: person.full ? qsTr("Full: new mail is turned away")
                          : person.share >= 0.8 ? qsTr("Nearly full: %1 left").arg(room)
                          : person.lastSignIn.getTime() > 0 ? qsTr("Last sign-in %1").arg(Words.ago(person.lastSignIn, Words.now))
                          : person.messageCount > 0 ? qsTr("%n message(s)", "", person.messageCount) : qsTr("No mail yet")
                    color: person.full ? Theme.error : person.share >= 0.8 ? Theme.warn : Theme.textMuted
                    font.weight: person.share >= 0.8 ? Font.Medium : Font.Normal
                }
            }
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
