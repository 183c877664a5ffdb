// The mail that waits, or that is on hold: a row for each, what can be done to those ticked, the opened one explained.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

FocusScope {
    id: tab

    required property bool held
    required property bool slim
    required property string text
    required property QueueActions actions

    function show(id: real): void {
        const row = shown.rowOf("id", id)
        table.currentIndex = Math.max(0, row)
        table.list.positionViewAtIndex(table.currentIndex, ListView.Contain)
        table.openKey = id
        table.list.forceActiveFocus()
    }
    // What is ticked, else the current row.
    function chosen(): var {
        const ids = shown.selected("id")
        return ids.length > 0 ? ids : table.current ? [table.current.id] : []
    }
    function handle(event: var): void {
        if (event.modifiers !== Qt.NoModifier || chosen().length === 0)
            return
        event.accepted = true
        if (event.key === Qt.Key_T)
            actions.retry(chosen())
        else if (event.key === Qt.Key_H)
            held ? actions.release(chosen()) : actions.hold(chosen())
        else
            event.accepted = false
    }

    RecordView {
        id: shown

        source: Daemon.queue
        sortField: "nextAttempt"
        only: ({ "state": tab.held ? ["held"] : ["waiting", "sending"] })
        text: tab.text
        textFields: ["sender", "recipient", "subject"]
    }
    Card {
        width: parent.width
        height: Math.min(parent.height, bar.height + table.needs + 8)
        visible: shown.count > 0
        pad: 0

        QueueBar {
            id: bar

            width: parent.width
            view: shown
            held: tab.held
            actions: tab.actions
        }
        DataTable {
            id: table

            objectName: "queueTable"
            anchors.top: bar.bottom
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            width: parent.width
            focus: true
            view: shown
            name: tab.held ? qsTr("Mail on hold") : qsTr("Waiting mail")
            columns: []
            selectable: true
            folds: true
            rowHeight: Math.round(60 * Theme.textScale)
            onRemovalAsked: tab.actions.drop(tab.chosen())
            onKeyed: event => tab.handle(event)

            delegate: TableRow {
                id: line

                readonly property var reason: Reasons.of(record)

                title: qsTr("%1 to %2: %3").arg(record.subject || qsTr("No subject")).arg(record.recipient).arg(reason.brief)

                details: Component {
                    MessageDetails {
                        record: line.record
                        reason: line.reason
                        held: tab.held
                        actions: tab.actions
                        lead: table.lead
                    }
                }

                RowLayout {
                    anchors.fill: parent
                    spacing: 12

                    StatusGlyph {
                        kind: tab.held ? "hold" : line.record.state === "sending" ? "wait" : line.reason.needsYou ? "error" : line.record.attempts > 2 ? "warn" : "wait"
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        Layout.preferredWidth: 300
                        spacing: 2

                        BodyText {
                            Layout.fillWidth: true
                            text: line.record.subject || qsTr("No subject")
                            font.weight: Font.DemiBold
                        }
                        CaptionText {
                            Layout.fillWidth: true
                            text: tab.slim ? line.reason.brief : (line.record.sender || qsTr("A report")) + " → " + line.record.recipient
                            elide: Text.ElideMiddle
                        }
                    }
                    ColumnLayout {
                        visible: !tab.slim
                        Layout.fillWidth: true
                        Layout.preferredWidth: 300
                        spacing: 2

                        BodyText {
                            Layout.fillWidth: true
                            text: line.reason.brief
                        }
                        CaptionText {
                            Layout.fillWidth: true
                            text: qsTr("%1 · %2").arg(qsTr("%n try/tries", "", line.record.attempts)).arg(Words.bytes(line.record.sizeBytes))
                        }
                    }
                    ColumnLayout {
                        Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
                        spacing: 2

                        BodyText {
                            Layout.alignment: Qt.AlignRight
                            text: tab.held ? qsTr("on hold") : line.record.state === "sending" ? qsTr("now") : Words.until(line.record.nextAttempt, Words.now)
                            font.weight: Font.Medium
                            tabular: true
                        }
                        CaptionText {
                            Layout.alignment: Qt.AlignRight
                            text: tab.held ? Words.ago(line.record.queuedAt, Words.now) : line.record.state === "sending" ? qsTr("being sent") : qsTr("next try")
                        }
                    }
                }
            }
        }
    }
    EmptyState {
        objectName: "emptyQueue"
        anchors.centerIn: parent
        visible: shown.count === 0
        iconName: tab.text !== "" ? "search" : "flow"
        title: tab.text !== "" ? qsTr("Nothing matches “%1”").arg(tab.text) : tab.held ? qsTr("Nothing is on hold") : qsTr("Nothing waits")
        sentence: tab.text !== "" ? qsTr("Senders, recipients and subjects were looked at.")
                                  : tab.held ? qsTr("Mail that a rule or you keep back is shown here.") : qsTr("What people send goes out at once. What another server cannot take yet is shown here.")
    }
}
