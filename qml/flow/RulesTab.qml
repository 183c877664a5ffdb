// The rules that keep mail back, as sentences; a new one is made beside a preview of what it would do.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

FocusScope {
    id: tab

    required property RecordQuery rules
    required property UndoBar undoBar

    function sentence(rule: var): string {
        const parts = []
        if (rule.account)
            parts.push(qsTr("of %1").arg(rule.account))
        if (rule.sender)
            parts.push(qsTr("from %1").arg(rule.sender))
        if (rule.senderDomain)
            parts.push(qsTr("from anyone at %1").arg(rule.senderDomain))
        if (rule.recipient)
            parts.push(qsTr("to %1").arg(rule.recipient))
        if (rule.recipientDomain)
            parts.push(qsTr("to anyone at %1").arg(rule.recipientDomain))
        if (rule.minBytes > 0)
            parts.push(qsTr("of %1 or more").arg(Words.bytes(rule.minBytes)))
        return parts.length === 0 ? qsTr("Holds all outgoing mail") : qsTr("Holds mail %1").arg(parts.join(", "))
    }
    function remove(rule: var): void {
        removal.rule = rule
        removal.start({ "id": rule.id, "release": true })
    }
    function show(id: real): void {
    }

    ApiCall {
        id: removal

        property var rule

        method: "holdRules.remove"
        onDone: {
            tab.rules.refresh()
            tab.undoBar.tell(qsTr("The rule is removed; what it held goes out."), () => again.put(removal.rule))
        }
        onFailed: tab.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: again

        function put(rule: var): void {
            const params = { "note": rule.note }
            for (const name of ["everything", "account", "sender", "senderDomain", "recipient", "recipientDomain", "minBytes"])
                params[name] = rule[name]
            if (rule.endsAt && rule.endsAt.getTime() > Date.now())
                params.lasts = Math.round((rule.endsAt.getTime() - Date.now()) / 1000)
            start(params)
        }

        method: "holdRules.add"
        onDone: tab.rules.refresh()
        onFailed: tab.undoBar.warn(errorText, errorHint)
    }
    RecordView {
        id: shown

        source: tab.rules
        sortField: "createdAt"
        descending: true
    }
    Card {
        width: parent.width
        height: Math.min(parent.height, top.height + table.needs + 9)
        visible: !editor.visible && shown.count > 0
        pad: 0

        RowLayout {
            id: top

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: 16
            anchors.rightMargin: 12
            height: Math.round(56 * Theme.textScale)

            BodyText {
                Layout.fillWidth: true
                text: qsTr("All that a rule names must fit. It holds what waits already and what is new.")
                color: Theme.textMuted
            }
            ActionButton {
                objectName: "addRule"
                kind: "primary"
                iconName: "plus"
                text: qsTr("Add a rule")
                onClicked: editor.begin()
            }
        }
        Divider {
            anchors.top: top.bottom
            width: parent.width
        }
        DataTable {
            id: table

            anchors.top: top.bottom
            anchors.topMargin: 1
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            width: parent.width
            focus: true
            view: shown
            name: qsTr("Hold rules")
            rowHeight: Math.round(60 * Theme.textScale)
            onRemovalAsked: if (current) tab.remove(current)

            delegate: TableRow {
                id: line

                title: tab.sentence(record) + (record.note ? ", " + record.note : "")

                RowLayout {
                    anchors.fill: parent
                    spacing: 12

                    StatusGlyph {
                        kind: "hold"
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 2

                        BodyText {
                            Layout.fillWidth: true
                            text: line.record.note || tab.sentence(line.record)
                            font.weight: Font.DemiBold
                        }
                        CaptionText {
                            Layout.fillWidth: true
                            text: [line.record.note ? tab.sentence(line.record) : "",
                                   line.record.endsAt && line.record.endsAt.getTime() > 0 ? qsTr("ends %1").arg(Words.when(line.record.endsAt)) : qsTr("until it is removed"),
                                   qsTr("holds %n message(s) now", "", line.record.holds)].filter(each => each).join(" · ")
                        }
                    }
                    ActionButton {
                        objectName: "removeRule-" + line.record.id
                        small: true
                        text: qsTr("Remove and release")
                        onClicked: tab.remove(line.record)
                    }
                }
            }
        }
    }
    EmptyState {
        objectName: "noRules"
        anchors.centerIn: parent
        visible: !editor.visible && shown.count === 0 && tab.rules.loaded
        iconName: "pause"
        title: qsTr("No rule holds mail")
        sentence: qsTr("A rule keeps outgoing mail back until you look at it: all of one person, all to one address, or what is very large.")
        action: ActionButton {
            objectName: "addRule"
            kind: "primary"
            iconName: "plus"
            text: qsTr("Add a rule")
            onClicked: editor.begin()
        }
    }
    RuleEditor {
        id: editor

        anchors.fill: parent
        visible: false
        onClosed: editor.visible = false
        onSaved: count => {
            tab.rules.refresh()
            tab.undoBar.tell(count > 0 ? qsTr("The rule is saved and holds %n message(s).", "", count) : qsTr("The rule is saved."), null)
        }
    }
}
