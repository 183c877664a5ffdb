// What has left the queue: sent, failed, dropped, suppressed; each with why.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

FocusScope {
    id: tab

    required property string text
    required property bool slim
    required property QueueActions actions
    property string outcome
    property int limit: 200
    readonly property int most: 10000 // the server lists no more at a time
    readonly property var glyphs: ({ "delivered": "ok", "failed": "error", "dropped": "off", "suppressed": "warn" })
    readonly property var names: ({ "delivered": qsTr("Sent"), "failed": qsTr("Failed"), "dropped": qsTr("Dropped"), "suppressed": qsTr("Not sent: suppressed") })

    function show(id: real): void {
    }
    function countOf(name: string): int {
        let all = 0
        for (let row = 0; row < history.count; ++row)
            all += name === "" || history.at(row).outcome === name ? 1 : 0
        return all
    }

    RecordQuery {
        id: history

        method: "queue.history"
        params: ({ "limit": tab.limit })
        topic: "queue"
    }
    RecordView {
        id: shown

        source: history
        sortField: "endedAt"
        descending: true
        only: tab.outcome === "" ? ({}) : ({ "outcome": [tab.outcome] })
        text: tab.text
        textFields: ["sender", "recipient", "subject"]
    }
    FilterChips {
        id: chips

        width: parent.width
        name: qsTr("What became of it")
        current: tab.outcome
        model: {
            history.revision
            return [{ "name": "", "text": qsTr("All"), "count": tab.countOf("") }, { "name": "delivered", "text": tab.names.delivered, "count": tab.countOf("delivered") },
                    { "name": "failed", "text": tab.names.failed, "count": tab.countOf("failed") }, { "name": "dropped", "text": tab.names.dropped, "count": tab.countOf("dropped") }]
        }
        onChosen: name => tab.outcome = name
    }
    Card {
        anchors.top: chips.bottom
        anchors.topMargin: 12
        width: parent.width
        height: Math.min(parent.height - y, table.needs + table.anchors.bottomMargin)
        visible: shown.count > 0
        pad: 0

        DataTable {
            id: table

            objectName: "sentTable"
            anchors.fill: parent
            anchors.bottomMargin: more.visible ? more.height + 8 : 8
            focus: true
            view: shown
            name: qsTr("Mail that was sent or failed")
            folds: true
            rowHeight: Math.round(44 * Theme.textScale)
            columns: {
                const all = [{ "title": qsTr("Subject"), "field": "subject", "weight": 3, "text": each => each.subject || qsTr("No subject") },
                             { "title": qsTr("To"), "field": "recipient", "weight": 3 },
                             { "title": qsTr("What became of it"), "field": "outcome", "weight": 2, "text": each => tab.names[each.outcome],
                               "ink": each => each.outcome === "failed" ? Theme.error : each.outcome === "delivered" ? Theme.ok : Theme.textMuted },
                             { "title": qsTr("When"), "field": "endedAt", "weight": 2, "text": each => Words.ago(each.endedAt, Words.now) }]
                return tab.slim ? [all[0], all[2]] : all
            }

            delegate: TableRow {
                id: line

                details: Component {
                    Item {
                        implicitHeight: told.implicitHeight + 28

                        ColumnLayout {
                            id: told

                            anchors.left: parent.left
                            anchors.right: parent.right
                            anchors.margins: 16
                            y: 8
                            spacing: 10

                            InfoWell {
                                Layout.fillWidth: true
                                glyph: tab.glyphs[line.record.outcome]
                                title: line.record.outcome === "delivered" ? qsTr("Handed over after %n try/tries", "", line.record.attempts) : Reasons.of(line.record).brief
                                text: line.record.outcome === "delivered" ? line.record.lastText : Reasons.of(line.record).advice
                            }
                            CopyField {
                                Layout.fillWidth: true
                                visible: value !== ""
                                name: qsTr("Their answer")
                                value: line.record.lastText
                            }
                            ActionButton {
                                visible: line.record.key !== ""
                                kind: "quiet"
                                iconName: "trace"
                                text: qsTr("Full trace")
                                onClicked: tab.actions.traceAsked(line.record.key)
                            }
                        }
                    }
                }
            }
        }
        ActionButton {
            id: more

            objectName: "olderMail"
            visible: !!history.rest.next && tab.limit < tab.most
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 6
            kind: "quiet"
            text: qsTr("Show older mail")
            onClicked: tab.limit = Math.min(tab.most, tab.limit * 3)
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: shown.count === 0 && history.loaded
        iconName: "send"
        title: tab.text !== "" || tab.outcome !== "" ? qsTr("Nothing like this was sent") : qsTr("Nothing was sent yet")
        sentence: qsTr("What has left this server is listed here, with what became of it.")
    }
}
