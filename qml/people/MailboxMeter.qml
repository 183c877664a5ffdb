// How full a mailbox is, and in one line what is to be known of it.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: storage

    required property string whose
    required property double usedBytes
    required property double quotaBytes
    required property double messageCount
    required property date lastSignIn
    readonly property real share: quotaBytes > 0 ? usedBytes / quotaBytes : 0
    readonly property bool full: share >= 1
    readonly property string used: amount.text

    implicitHeight: Math.round(60 * Theme.textScale)

    BodyText {
        anchors.left: parent.left
        text: qsTr("Mailbox")
        font.weight: Font.Medium
    }
    CaptionText {
        id: amount

        anchors.right: parent.right
        y: 2
        text: Words.usageOf(storage.usedBytes, storage.quotaBytes)
        color: Theme.text
        tabular: true
    }
    Meter {
        y: Math.round(25 * Theme.textScale)
        width: parent.width
        value: storage.share
        name: qsTr("Mailbox of %1").arg(storage.whose)
    }
    Row {
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        spacing: 6

        StatusGlyph {
            visible: storage.share >= 0.8
            kind: storage.full ? "error" : "warn"
            size: 13
            anchors.verticalCenter: parent.verticalCenter
        }
        CaptionText {
            readonly property string room: Words.bytes(Math.max(0, storage.quotaBytes - storage.usedBytes))

            width: Math.min(implicitWidth, storage.width - 24)
            text: storage.full ? qsTr("Full: new mail is turned away")
                  : storage.share >= 0.8 ? qsTr("Nearly full: %1 left").arg(room)
                  : storage.lastSignIn.getTime() > 0 ? qsTr("Last sign-in %1").arg(Words.ago(storage.lastSignIn, Words.now))
                  : storage.messageCount > 0 ? qsTr("%n message(s)", "", storage.messageCount) : qsTr("No mail yet")
            color: storage.full ? Theme.error : storage.share >= 0.8 ? Theme.warn : Theme.textMuted
            font.weight: storage.share >= 0.8 ? Font.Medium : Font.Normal
        }
    }
}
