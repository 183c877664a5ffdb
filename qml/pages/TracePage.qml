// Trace a message: one search box, what fits at the left, the life of the chosen one at the right.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Page {
    id: page

    readonly property bool slim: width < 760 * Theme.textScale
    property bool reading: false // narrow: the story has taken the place of the list
    readonly property var current: hits.current?.key ? hits.current : null
    readonly property var story: current ? (current.events ?? []).map(each => step(each)) : []

    function perform(intent: string, argument: string): void {
        box.text = argument
        box.forceActiveFocus()
    }
    function step(event: var): var {
        const words = Reasons.step(event)
        const kind = words.kind === "error" || words.kind === "warn" ? words.kind : words.kind === "pause" ? "hold" : "ok"
        return { "time": Qt.formatTime(new Date(event.at), "HH:mm:ss"), "title": words.title, "text": words.text, "kind": kind,
                 "icon": words.kind === "error" ? "x" : words.kind, "now": false }
    }
    // How it ended, from its last step.
    function ending(record: var): var {
        const last = record.events?.[record.events.length - 1]
        if (last === undefined)
            return { "glyph": "ok", "text": "" }
        const words = Reasons.step(last)
        const glyph = words.kind === "error" ? "error" : words.kind === "warn" ? "warn" : words.kind === "pause" ? "hold" : words.kind === "clock" ? "wait" : "ok"
        return { "glyph": glyph, "text": words.title + (words.text !== "" ? ": " + words.text : "") }
    }
    function asText(): string {
        return [current.subject, current.sender + " → " + current.recipients].concat(story.map(each => [each.time, each.title, each.text].join("  "))).join("\n")
    }

    Component.onCompleted: box.forceActiveFocus()

    RecordQuery {
        id: query

        method: "trace.find"
        params: ({ "query": box.text.trim(), "limit": 50 })
        active: box.text.trim() !== ""
        pause: 250
        topic: "status"
        onAnswered: hits.currentIndex = hits.currentIndex < 0 ? 0 : hits.currentIndex
    }
    RecordView {
        id: shown

        source: query
        sortField: "firstAt"
        descending: true
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Trace a message")
    }
    TextEntry {
        id: box

        objectName: "traceBox"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: 12
        height: Math.round(42 * Theme.textScale)
        iconName: "search"
        placeholderText: qsTr("Address, subject, Message-ID or log number")
        Accessible.name: qsTr("Trace a message")
        Accessible.role: Accessible.EditableText
        onTextChanged: {
            page.reading = false
            if (text.trim() === "")
                query.clear()
        }
        Keys.onDownPressed: hits.list.forceActiveFocus(Qt.TabFocusReason)
        Keys.onEscapePressed: event => {
            event.accepted = text !== ""
            clear()
        }

        CaptionText {
            anchors.right: parent.right
            anchors.rightMargin: 14
            anchors.verticalCenter: parent.verticalCenter
            visible: box.text !== "" && query.loaded
            text: query.busy ? qsTr("searching…") : qsTr("%n found", "", shown.count)
        }
    }
    Shortcut {
        sequences: [StandardKey.Find, "Ctrl+L"]
        onActivated: box.forceActiveFocus(Qt.ShortcutFocusReason)
    }
    CaptionText {
        id: hint

        anchors.left: box.left
        anchors.right: box.right
        anchors.top: box.bottom
        anchors.topMargin: 8
        text: qsTr("Times are local. Traces are kept for 90 days.")
    }
    Card {
        id: found

        anchors.left: box.left
        anchors.top: hint.bottom
        anchors.topMargin: 14
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        width: page.slim ? box.width : Math.round(Math.min(360 * Theme.textScale, box.width * 0.36))
        visible: shown.count > 0 && !(page.slim && page.reading)
        pad: 0

        TraceHits {
            id: hits

            objectName: "traceHits"
            anchors.fill: parent
            anchors.margins: 1
            view: shown
            ending: page.ending
            onOpened: page.reading = true
        }
    }
    Card {
        anchors.left: page.slim ? found.left : found.right
        anchors.leftMargin: page.slim ? 0 : 16
        anchors.right: box.right
        anchors.top: found.top
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        visible: shown.count > 0 && page.current !== null && (page.reading || !page.slim)

        TraceStory {
            anchors.fill: parent
            record: page.current
            steps: page.story
            ending: page.current ? page.ending(page.current) : null
            asText: () => page.asText()
            closable: page.slim
            onClosed: page.reading = false
        }
    }
    EmptyState {
        objectName: "traceEmpty"
        anchors.centerIn: parent
        visible: shown.count === 0 && !query.busy
        iconName: "trace"
        title: box.text.trim() === "" ? qsTr("What happened to a message?") : qsTr("No message like this")
        sentence: box.text.trim() === "" ? qsTr("Type who sent it, who should have it, or a word of its subject.")
                                         : qsTr("It never reached this server, or it was longer ago than traces are kept. Ask the sender for the failure notice they got.")
    }
}
