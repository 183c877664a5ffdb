// Outgoing mail that waits, the next to be tried first, each with the reason in words.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Card {
    id: card

    readonly property int fits: Math.max(1, Math.floor(list.height / list.rowHeight))

    title: qsTr("Waiting to be sent")
    trailing: BodyText {
        text: Daemon.queue.count > 0 ? Words.number(Daemon.queue.count) : ""
        color: Theme.textMuted
    }

    RecordView {
        id: waiting

        source: Daemon.queue
        sortField: "nextAttempt"
    }
    Row {
        visible: waiting.count === 0
        spacing: Theme.s2

        StatusGlyph {
            kind: "ok"
            anchors.verticalCenter: parent.verticalCenter
        }
        BodyText {
            text: qsTr("Nothing waits.")
            color: Theme.textMuted
        }
    }
    Column {
        id: list

        readonly property int rowHeight: Math.round(58 * Theme.textScale)

        anchors.fill: parent
        clip: true
        Accessible.role: Accessible.List
        Accessible.name: card.title

        Repeater {
            model: waiting

            delegate: Item {
                id: row

                required property int index
                required property string subject
                required property string recipient
                required property string lastError
                required property var record
                required property int attempts
                required property date nextAttempt

                visible: index < card.fits
                width: list.width
                height: visible ? list.rowHeight : 0
                Accessible.role: Accessible.ListItem
                Accessible.name: what.text + ". " + why.text + " " + when.text

                Divider {
                    visible: row.index > 0
                    width: parent.width
                }
                StatusGlyph {
                    y: 12
                    size: 17
                    kind: row.record.state === "held" ? "hold" : row.attempts > 3 ? "warn" : "wait"
                }
                BodyText {
                    id: what

                    x: 28
                    y: 9
                    width: parent.width - x
                    text: row.subject === "" ? row.recipient : qsTr("%1 → %2").arg(row.subject).arg(row.recipient)
                    font.weight: Font.Medium
                }
                CaptionText {
                    id: why

                    x: 28
                    y: Math.round(31 * Theme.textScale)
                    width: parent.width - x - when.width - 12
                    text: row.lastError !== "" ? row.lastError : row.record.state === "sending" ? qsTr("Being sent") : qsTr("Not tried yet")
                }
                CaptionText {
                    id: when

                    anchors.right: parent.right
                    y: why.y
                    text: row.record.state === "held" ? qsTr("on hold") : Words.until(row.nextAttempt, Words.now)
                    color: Theme.text
                    font.weight: Font.Medium
                    tabular: true
                }
            }
        }
    }
}
