// One message of the queue, opened: its tries on a line, why it waits in plain words, what the other server said, what helps.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Item {
    id: details

    required property var record
    required property var reason
    required property bool held
    required property QueueActions actions
    required property real lead
    readonly property var ids: [record.id]
    readonly property var attempts: story.result.attempts ?? []
    readonly property int passed: 1 + Math.min(4, attempts.length)
    readonly property int givenUpAfter: 5 * 24 * 3600 * 1000

    // The last four tries: more would not be told apart.
    function points(): var {
        const all = [{ "kind": "in", "time": Words.clock(record.queuedAt), "words": qsTr("received") }]
        for (const each of attempts.slice(-4))
            all.push({ "kind": each.outcome === "delivered" ? "ok" : "fail", "time": Words.clock(each.at), "words": each.status || (each.code > 0 ? String(each.code) : qsTr("no answer")) })
        if (held)
            all.push({ "kind": "plan", "time": qsTr("on hold"), "words": qsTr("until released") })
        else
            all.push({ "kind": "next", "time": Words.until(record.nextAttempt, Words.now), "words": qsTr("next try") })
        all.push({ "kind": "end", "time": Words.when(new Date(record.queuedAt.getTime() + givenUpAfter)), "words": qsTr("we tell the sender") })
        return all
    }

    implicitHeight: all.implicitHeight + 20

    ApiCall {
        id: story

        method: "queue.show"
        Component.onCompleted: if (Daemon.can("queue.show")) start({ "id": details.record.id })
    }
    ColumnLayout {
        id: all

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: details.lead
        anchors.rightMargin: 44
        spacing: 14

        AttemptsLine {
            Layout.fillWidth: true
            Layout.topMargin: 6
            points: details.points()
            passed: details.passed
        }
        Rectangle {
            Layout.fillWidth: true
            visible: details.reason.advice !== "" || words.text !== ""
            implicitHeight: why.implicitHeight + 28
            radius: 10
            color: Theme.sunken
            border.width: 1
            border.color: Theme.divider

            ColumnLayout {
                id: why

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: 16
                anchors.verticalCenter: parent.verticalCenter
                spacing: 6

                BodyText {
                    Layout.fillWidth: true
                    text: details.reason.brief
                    font.weight: Font.DemiBold
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                }
                BodyText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: details.reason.advice
                    color: Theme.textMuted
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                }
                Divider {
                    visible: words.text !== ""
                    Layout.fillWidth: true
                    Layout.topMargin: 4
                }
                RowLayout {
                    visible: words.text !== ""
                    Layout.fillWidth: true

                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 2

                        CaptionText {
                            text: qsTr("What was said")
                        }
                        BodyText {
                            id: words

                            Layout.fillWidth: true
                            text: Reasons.reply(details.record.lastError ?? "")
                            font.family: Theme.mono
                            font.pixelSize: Theme.caption
                            wrapMode: Text.Wrap
                            elide: Text.ElideNone
                        }
                    }
                    ActionButton {
                        kind: "quiet"
                        small: true
                        iconName: "copy"
                        text: qsTr("Copy")
                        onClicked: {
                            Words.copy(details.record.lastError)
                            Accessible.announce(qsTr("Copied"))
                        }
                    }
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s2

            ActionButton {
                objectName: "retry"
                visible: !details.held
                kind: "primary"
                iconName: "refresh"
                text: qsTr("Try now")
                onClicked: details.actions.retry(details.ids)
            }
            ActionButton {
                objectName: "release"
                visible: details.held
                kind: "primary"
                iconName: "play"
                text: qsTr("Release")
                onClicked: details.actions.release(details.ids)
            }
            ActionButton {
                objectName: "hold"
                visible: !details.held
                iconName: "pause"
                text: qsTr("Hold")
                onClicked: details.actions.hold(details.ids)
            }
            ActionButton {
                objectName: "fail"
                visible: Daemon.can("queue.fail")
                iconName: "reply"
                text: qsTr("Tell the sender now…")
                onClicked: details.actions.fail(details.ids)
            }
            ActionButton {
                objectName: "fullTrace"
                visible: !!details.record.key
                kind: "quiet"
                iconName: "trace"
                text: qsTr("Full trace")
                onClicked: details.actions.traceAsked(details.record.key)
            }
            ActionButton {
                objectName: "drop"
                kind: "danger"
                iconName: "trash"
                text: qsTr("Drop…")
                onClicked: details.actions.drop(details.ids)
            }
        }
    }
}
