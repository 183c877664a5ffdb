// Mail flow: what waits and why, what is on hold, the rules that hold, what was sent or failed, who gets nothing any more.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Page {
    id: page

    required property UndoBar undoBar
    property string tab: "waiting"
    readonly property bool slim: width < 800 * Theme.textScale
    readonly property var tabs: {
        const all = [{ "name": "waiting", "text": qsTr("Waiting"), "count": waiting.count },
                     { "name": "held", "text": qsTr("Held"), "count": held.count }]
        if (Daemon.can("holdRules.list"))
            all.push({ "name": "rules", "text": qsTr("Rules"), "count": rules.count })
        if (Daemon.can("queue.history"))
            all.push({ "name": "sent", "text": qsTr("Sent & failed"), "count": 0 })
        if (Daemon.can("suppressions.list"))
            all.push({ "name": "suppressed", "text": qsTr("Suppressed"), "count": suppressed.count })
        return all
    }
    signal asked(name: string, intent: string, argument: string)

    function perform(intent: string, argument: string): void {
        if (intent === "hold")
            holdAll.open()
        else if (intent === "tab")
            tab = argument
        else if (intent === "open")
            openMessage(Number(argument))
    }
    function openMessage(id: real): void {
        tab = Daemon.queue.find("id", id).state === "held" ? "held" : "waiting"
        Qt.callLater(() => content.item?.show(id))
    }

    RecordView {
        id: waiting

        source: Daemon.queue
        sortField: "nextAttempt"
        only: ({ "state": ["waiting", "sending"] })
    }
    RecordView {
        id: needy

        source: Daemon.queue
        only: ({ "state": ["waiting"] })
        except: ({ "reason": Reasons.patient() })
    }
    RecordView {
        id: held

        source: Daemon.queue
        only: ({ "state": ["held"] })
    }
    RecordQuery {
        id: rules

        method: "holdRules.list"
        topic: "queue"
    }
    RecordQuery {
        id: suppressed

        method: "suppressions.list"
        topic: "queue"
    }
    QueueActions {
        id: actions

        undoBar: page.undoBar
        onTraceAsked: key => page.asked("trace", "find", key)
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Mail flow")
        sentence: waiting.count === 0 ? qsTr("Nothing waits.")
                                      : needy.count > 0 ? qsTr("%1 %2").arg(qsTr("%Ln message(s) wait(s).", "", waiting.count)).arg(qsTr("%n need(s) you.", "", needy.count))
                                                          : qsTr("%Ln message(s) wait(s).", "", waiting.count)
        actions: [
            SearchField {
                id: filter

                objectName: "filter"
                visible: page.tab !== "rules" && !page.slim
                width: 220 * Theme.textScale
                placeholderText: qsTr("Filter mail")
                below: content
            },
            HoldAllButton {
                id: holdAll

                visible: Daemon.can("holdRules.add")
                rules: rules
                undoBar: page.undoBar
            }
        ]
    }
    PageTabs {
        id: strip

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: 10
        model: page.tabs
        current: page.tab
        onChosen: name => page.tab = name
    }
    Loader {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: strip.bottom
        anchors.bottom: parent.bottom
        anchors.margins: 24
        anchors.topMargin: 16
        focus: true
        sourceComponent: ({ "waiting": queueTab, "held": queueTab, "rules": rulesTab, "sent": sentTab, "suppressed": suppressedTab })[page.tab]
    }
    Component {
        id: queueTab

        QueueTab {
            held: page.tab === "held"
            slim: page.slim
            text: filter.text
            actions: actions
        }
    }
    Component {
        id: rulesTab

        RulesTab {
            rules: rules
            undoBar: page.undoBar
        }
    }
    Component {
        id: sentTab

        SentTab {
            text: filter.text
            slim: page.slim
            actions: actions
        }
    }
    Component {
        id: suppressedTab

        SuppressedTab {
            entries: suppressed
            text: filter.text
            undoBar: page.undoBar
        }
    }
}
