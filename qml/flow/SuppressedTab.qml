// Addresses that get no mail any more because it came back for good.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

FocusScope {
    id: tab

    required property RecordQuery entries
    required property string text
    required property UndoBar undoBar

    function show(id: real): void {
    }
    function remove(entry: var): void {
        removal.entry = entry
        removal.start({ "account": entry.account, "address": entry.address })
    }

    ApiCall {
        id: removal

        property var entry

        method: "suppressions.remove"
        onDone: {
            tab.entries.refresh()
            tab.undoBar.tell(qsTr("%1 gets mail again.").arg(entry.address),
                             () => again.start({ "account": removal.entry.account, "address": removal.entry.address, "reason": removal.entry.reason }))
        }
        onFailed: tab.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: again

        method: "suppressions.add"
        onDone: tab.entries.refresh()
        onFailed: tab.undoBar.warn(errorText, errorHint)
    }
    RecordView {
        id: shown

        source: tab.entries
        sortField: "createdAt"
        descending: true
        text: tab.text
        textFields: ["address", "account"]
    }
    Card {
        width: parent.width
        height: Math.min(parent.height, table.needs + 8)
        visible: shown.count > 0
        pad: 0

        DataTable {
            id: table

            objectName: "suppressedTable"
            anchors.fill: parent
            anchors.bottomMargin: 8
            focus: true
            view: shown
            name: qsTr("Suppressed addresses")
            folds: true
            rowHeight: Math.round(44 * Theme.textScale)
            columns: [{ "title": qsTr("Address"), "field": "address", "weight": 3 }, { "title": qsTr("Whose mail"), "field": "account", "weight": 3 },
                      { "title": qsTr("Since"), "field": "createdAt", "weight": 2, "text": each => Words.ago(each.createdAt, Words.now) }]
            onRemovalAsked: if (current) tab.remove(current)

            delegate: TableRow {
                id: line

                details: Component {
                    Item {
                        implicitHeight: told.implicitHeight + 24

                        InfoWell {
                            id: told

                            anchors.left: parent.left
                            anchors.right: parent.right
                            anchors.margins: 16
                            glyph: "warn"
                            title: line.record.manual ? qsTr("Added by hand") : qsTr("Mail to this address came back for good")
                            text: line.record.reason

                            ActionButton {
                                objectName: "unsuppress"
                                small: true
                                text: qsTr("Send mail again")
                                onClicked: tab.remove(line.record)
                            }
                        }
                    }
                }
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: shown.count === 0 && tab.entries.loaded
        iconName: "check"
        title: tab.text !== "" ? qsTr("Nothing matches “%1”").arg(tab.text) : qsTr("Nobody is suppressed")
        sentence: qsTr("When mail to an address comes back for good, it is listed here and nothing more is sent there.")
    }
}
