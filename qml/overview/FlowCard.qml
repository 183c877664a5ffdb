// Mail of the last 24 hours: stacked bars by the hour, or the same as a table. Arrow keys walk the hours and read them.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Card {
    id: card

    property list<var> flow
    property bool asTable: false
    property int hour: -1 // the one the arrow keys are at
    readonly property var series: [
        { "field": "received", "label": qsTr("received"), "ink": Theme.received, "mark": 2 },
        { "field": "sent", "label": qsTr("sent"), "ink": Theme.sent, "mark": 6 },
        { "field": "junk", "label": qsTr("junk"), "ink": Theme.junk, "mark": 2 },
        { "field": "failed", "label": qsTr("failed"), "ink": Theme.failed, "mark": 0 }
    ]
    readonly property var totals: series.map(each => flow.reduce((sum, at) => sum + at[each.field], 0))
    readonly property var nothing: ({ "at": new Date(0), "received": 0, "sent": 0, "junk": 0, "failed": 0 })
    readonly property var shown: series.map((each, i) => ({ "series": each, "total": totals[i] })).filter((each, i) => i < 2 || each.total > 0)
    readonly property int most: niceTop(flow.reduce((top, at) => Math.max(top, sumOf(at)), 0))
    readonly property string summary: qsTr("%1 received, %2 sent, %3 junk, %4 failed in the last 24 hours").arg(totals[0]).arg(totals[1]).arg(totals[2]).arg(totals[3])

    function sumOf(at: var): int {
        return at.received + at.sent + at.junk + at.failed
    }
    // The top of the axis: an even number that the tallest bar does not pass.
    function niceTop(value: int): int {
        for (let size = 1; ; size *= 10) {
            for (const step of [2, 3, 4, 5, 6, 8, 10]) {
                if (value <= step * size && step * size % 2 === 0)
                    return step * size
            }
        }
    }
    function describe(at: var): string {
        return qsTr("%1: %2 received, %3 sent, %4 junk, %5 failed").arg(Words.clock(at.at)).arg(at.received).arg(at.sent).arg(at.junk).arg(at.failed)
    }
    function walk(step: int): void {
        if (flow.length === 0)
            return
        hour = hour < 0 ? flow.length - 1 : Math.min(flow.length - 1, Math.max(0, hour + step))
        chart.Accessible.announce(describe(flow[hour]))
    }

    title: qsTr("Mail, last 24 hours")
    trailing: ActionButton {
        objectName: "flowTable"
        kind: "quiet"
        text: card.asTable ? qsTr("Show as bars") : qsTr("Show as table")
        onClicked: card.asTable = !card.asTable
    }

    Flow {
        id: legend

        width: parent.width
        spacing: 18

        Repeater {
            model: card.shown

            delegate: Row {
                id: key

                required property var modelData

                spacing: 7

                Rectangle {
                    width: 11
                    height: 11
                    radius: key.modelData.series.mark
                    rotation: key.modelData.series.field === "failed" ? 45 : 0
                    scale: key.modelData.series.field === "failed" ? 0.8 : 1
                    antialiasing: true
                    color: key.modelData.series.ink
                    anchors.verticalCenter: parent.verticalCenter
                }
                CaptionText {
                    text: key.modelData.series.label
                    color: Theme.text
                    anchors.verticalCenter: parent.verticalCenter
                }
                CaptionText {
                    text: Words.number(key.modelData.total)
                    color: Theme.text
                    font.weight: Font.DemiBold
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }
    }
    Item {
        id: chart

        readonly property real axis: Math.round(34 * Theme.textScale)
        readonly property real floor: height - Math.round(20 * Theme.textScale)
        readonly property real pitch: hours.count > 0 ? (width - axis) / hours.count : 0

        objectName: "flowChart"
        visible: !card.asTable
        anchors.top: legend.bottom
        anchors.topMargin: 18
        anchors.bottom: parent.bottom
        width: parent.width
        activeFocusOnTab: true
        Accessible.role: Accessible.Chart
        Accessible.name: card.title
        Accessible.description: card.hour >= 0 && card.flow.length > card.hour ? card.describe(card.flow[card.hour]) : card.summary
        Accessible.focusable: true
        Keys.onLeftPressed: card.walk(-1)
        Keys.onRightPressed: card.walk(1)
        onActiveFocusChanged: if (!activeFocus) card.hour = -1

        FocusRing {
            shown: chart.activeFocus
        }
        BodyText {
            visible: card.totals.every(each => each === 0)
            anchors.horizontalCenter: parent.horizontalCenter
            y: chart.floor / 4 - height / 2
            text: qsTr("Nothing has arrived yet")
            color: Theme.textMuted
        }
        Repeater {
            model: 3

            delegate: Item {
                id: line

                required property int index

                y: chart.floor * index / 2
                width: chart.width

                Divider {
                    x: chart.axis
                    width: parent.width - x
                    opacity: line.index === 2 ? 1 : 0.6
                }
                CaptionText {
                    width: chart.axis - 8
                    anchors.verticalCenter: parent.top
                    text: Words.number(card.most * (2 - line.index) / 2)
                    tabular: true
                }
            }
        }
        Repeater {
            id: hours

            model: card.flow.length // a number, so that the bars stay when their values change

            delegate: Item {
                id: bar

                required property int index
                readonly property var now: card.flow[index] ?? card.nothing
                readonly property bool lit: index === card.hour || pointer.hovered

                x: chart.axis + bar.index * chart.pitch
                width: chart.pitch
                height: chart.floor

                Rectangle {
                    visible: bar.lit
                    anchors.fill: parent
                    radius: 4
                    color: Theme.hover
                }
                Column {
                    id: stack

                    anchors.bottom: parent.bottom
                    x: 2
                    width: bar.width - 4
                    spacing: 1

                    Repeater {
                        model: card.series.slice().reverse()

                        delegate: Rectangle {
                            required property var modelData
                            readonly property int amount: bar.now[modelData.field]

                            visible: amount > 0
                            width: stack.width
                            height: Math.max(2, amount / card.most * (chart.floor - 3))
                            radius: 2
                            color: modelData.ink
                        }
                    }
                }
                HoverHandler {
                    id: pointer
                }
                CaptionText {
                    visible: bar.index % 4 === 0
                    y: chart.floor + 6
                    text: Words.clock(bar.now.at)
                    tabular: true
                }
            }
        }
        Rectangle {
            visible: card.hour >= 0
            anchors.right: parent.right
            y: -6
            width: told.implicitWidth + 20
            height: told.implicitHeight + 10
            radius: 6
            color: Theme.surface
            border.width: 1
            border.color: Theme.controlBorder

            CaptionText {
                id: told

                anchors.centerIn: parent
                color: Theme.text
                text: card.hour >= 0 && card.hour < card.flow.length ? card.describe(card.flow[card.hour]) : ""
            }
        }
    }
    ListView {
        visible: card.asTable
        anchors.top: legend.bottom
        anchors.topMargin: 10
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        Accessible.role: Accessible.Table
        Accessible.name: card.title
        model: card.asTable ? card.flow : []

        delegate: Item {
            id: row

            required property var modelData

            width: ListView.view.width
            height: Math.round(24 * Theme.textScale)
            Accessible.role: Accessible.Row
            Accessible.name: card.describe(modelData)

            Row {
                anchors.verticalCenter: parent.verticalCenter

                CaptionText {
                    width: row.width / 5
                    text: Words.clock(row.modelData.at)
                    tabular: true
                }
                Repeater {
                    model: card.series

                    delegate: CaptionText {
                        required property var modelData

                        width: row.width / 5
                        text: qsTr("%1 %2").arg(Words.number(row.modelData[modelData.field])).arg(modelData.label)
                        color: row.modelData[modelData.field] > 0 ? Theme.text : Theme.textMuted
                        tabular: true
                    }
                }
            }
            Divider {
                width: parent.width
                anchors.bottom: parent.bottom
                opacity: 0.6
            }
        }
    }
}
