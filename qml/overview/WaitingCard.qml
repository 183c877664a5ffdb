// Outgoing mail that waits, the next to be tried first, each with the reason in words; a click opens it in Mail flow.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Card {
    id: card

    readonly property int fits: Math.max(1, Math.floor(list.height / list.rowHeight))
    signal opened(id: string)
    signal allAsked

    title: qsTr("Waiting to be sent")
    trailing: ActionButton {
        objectName: "allWaiting"
        visible: Daemon.queue.count > 0
        kind: "quiet"
        text: qsTr("All %1").arg(Words.number(Daemon.queue.count))
        onClicked: card.allAsked()
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
    ListView {
        id: list

        readonly property int rowHeight: Math.round(58 * Theme.textScale)

        anchors.fill: parent
        clip: true
        interactive: false
        model: waiting
        Accessible.role: Accessible.List
        Accessible.name: card.title

        delegate: T.AbstractButton {
            id: row

            required property int index
            required property var record
            readonly property var reason: Reasons.of(record)
            readonly property bool held: record.state === "held"

            objectName: "waiting-" + record.id
            visible: index < card.fits
            enabled: visible
            width: list.width
            height: list.rowHeight
            focusPolicy: Qt.StrongFocus
            text: record.subject === "" ? record.recipient : qsTr("%1 → %2").arg(record.subject).arg(record.recipient)
            Accessible.role: Accessible.ListItem
            Accessible.name: text + ". " + reason.brief + " " + when.text
            Accessible.onPressAction: click()
            Keys.onReturnPressed: click()
            onClicked: card.opened(String(record.id))

            background: Rectangle {
                radius: 6
                color: row.hovered ? Theme.hover : "transparent"

                Divider {
                    visible: row.index > 0
                    width: parent.width
                }
                FocusRing {
                    shown: row.visualFocus
                    gap: -3
                }
            }
            contentItem: RowLayout {
                spacing: 11

                StatusGlyph {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: 12
                    size: 17
                    kind: row.held ? "hold" : row.reason.needsYou ? "error" : row.record.attempts > 3 ? "warn" : "wait"
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    BodyText {
                        Layout.fillWidth: true
                        text: row.text
                        font.weight: Font.Medium
                    }
                    RowLayout {
                        Layout.fillWidth: true

                        CaptionText {
                            Layout.fillWidth: true
                            text: row.record.state === "sending" ? qsTr("Being sent") : row.reason.brief
                        }
                        CaptionText {
                            id: when

                            text: row.held ? qsTr("on hold") : Words.until(row.record.nextAttempt, Words.now)
                            color: Theme.text
                            font.weight: Font.Medium
                            tabular: true
                        }
                    }
                }
            }
        }
    }
}
