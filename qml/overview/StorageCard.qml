// The fullest mailboxes.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Card {
    id: card

    readonly property int rowHeight: Math.round(43 * Theme.textScale)
    readonly property int fits: Math.max(1, Math.floor(list.height / rowHeight))
    signal opened(address: string)

    title: qsTr("Storage")
    trailing: BodyText {
        text: qsTr("%1 in all").arg(Words.bytes(Daemon.status.storageBytes))
        color: Theme.textMuted
    }

    RecordView {
        id: mailboxes

        source: Daemon.accounts
        sortField: "usedBytes"
        descending: true
        except: ({ "state": "removed" })
    }
    BodyText {
        visible: mailboxes.count === 0
        text: qsTr("Nobody has a mailbox yet.")
        color: Theme.textMuted
    }
    Column {
        id: list

        anchors.fill: parent
        clip: true
        Accessible.role: Accessible.List
        Accessible.name: card.title

        Repeater {
            model: mailboxes

            delegate: Item {
                id: row

                required property int index
                required property string name
                required property string address
                required property double usedBytes
                required property double quotaBytes
                readonly property real share: quotaBytes > 0 ? usedBytes / quotaBytes : 0

                visible: index < card.fits
                width: list.width
                height: visible ? card.rowHeight : 0
                Accessible.role: Accessible.ListItem
                Accessible.name: who.text + ": " + used.text

                BodyText {
                    id: who

                    anchors.left: parent.left
                    width: Math.min(implicitWidth, parent.width - used.width - 32)
                    text: row.name !== "" ? row.name : row.address
                }
                StatusGlyph {
                    visible: row.share >= 0.8
                    anchors.left: parent.left
                    anchors.leftMargin: who.width + 8
                    y: 2
                    size: 14
                    kind: row.share >= 1 ? "error" : "warn"
                }
                CaptionText {
                    id: used

                    anchors.right: parent.right
                    y: 1
                    text: Words.usageOf(row.usedBytes, row.quotaBytes)
                    tabular: true
                }
                Meter {
                    y: Math.round(22 * Theme.textScale)
                    width: parent.width
                    value: row.share
                    name: who.text
                }
            }
        }
    }
}
