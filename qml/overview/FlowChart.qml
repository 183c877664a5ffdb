// The hours of a day as stacked bars over an axis. Arrow keys walk the hours and read them.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: chart

    required property list<var> flow
    required property var series // {field, label, ink}
    property string name
    property string summary
    property int hour: -1 // the one the arrow keys are at
    property int pointed: -1 // the one under the pointer
    readonly property int shown: hour >= 0 ? hour : pointed
    readonly property bool empty: flow.every(at => sumOf(at) === 0)
    readonly property var nothing: ({ "at": new Date(0), "received": 0, "sent": 0, "junk": 0, "failed": 0 })
    readonly property int most: niceTop(flow.reduce((top, at) => Math.max(top, sumOf(at)), 0))
    readonly property real axis: Math.round(34 * Theme.textScale)
    readonly property real floor: height - Math.round(20 * Theme.textScale)
    readonly property real pitch: hours.count > 0 ? (width - axis) / hours.count : 0

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
        Accessible.announce(describe(flow[hour]))
    }

    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: chart.name
    Accessible.description: chart.hour >= 0 && chart.flow.length > chart.hour ? chart.describe(chart.flow[chart.hour]) : chart.summary
    Accessible.focusable: true
    Keys.onLeftPressed: chart.walk(-1)
    Keys.onRightPressed: chart.walk(1)
    onActiveFocusChanged: if (!activeFocus) chart.hour = -1

    FocusRing {
        shown: chart.activeFocus
    }
    BodyText {
        visible: chart.empty
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
                text: Words.number(chart.most * (2 - line.index) / 2)
                tabular: true
            }
        }
    }
    Repeater {
        id: hours

        model: chart.flow.length // a number, so that the bars stay when their values change

        delegate: Item {
            id: bar

            required property int index
            readonly property var now: chart.flow[index] ?? chart.nothing
            readonly property bool lit: index === chart.shown

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
                    model: chart.series.slice().reverse()

                    delegate: Rectangle {
                        required property var modelData
                        readonly property int amount: bar.now[modelData.field]

                        visible: amount > 0
                        width: stack.width
                        height: Math.max(2, amount / chart.most * (chart.floor - 3))
                        radius: 2
                        color: modelData.ink
                    }
                }
            }
            HoverHandler {
                onHoveredChanged: chart.pointed = hovered ? bar.index : chart.pointed === bar.index ? -1 : chart.pointed
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
        visible: chart.shown >= 0 && chart.shown < chart.flow.length
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
            text: parent.visible ? chart.describe(chart.flow[chart.shown]) : ""
        }
    }
}
