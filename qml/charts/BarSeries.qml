// Stacked bars: bars as {label, values: [n, …]}, series as {label, ink}. Arrow keys walk the bars and read them.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Item {
    id: chart

    property string name
    property string summary
    property list<var> bars
    property list<var> series
    property int at: -1
    readonly property real most: Math.max(1, ...bars.map(bar => bar.values.reduce((sum, each) => sum + each, 0)))
    readonly property real floor: height - Math.round(22 * Theme.textScale)
    readonly property real pitch: bars.length > 0 ? width / bars.length : 0

    function describe(bar: var): string {
        return bar.label + ": " + series.map((each, i) => bar.values[i] + " " + each.label).join(", ")
    }
    function walk(step: int): void {
        if (bars.length === 0)
            return
        at = at < 0 ? bars.length - 1 : Math.max(0, Math.min(bars.length - 1, at + step))
        Accessible.announce(describe(bars[at]))
    }

    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: name
    Accessible.description: at >= 0 && at < bars.length ? describe(bars[at]) : summary
    Accessible.focusable: true
    Keys.onLeftPressed: walk(-1)
    Keys.onRightPressed: walk(1)
    onActiveFocusChanged: if (!activeFocus) at = -1

    FocusRing {
        shown: chart.activeFocus
    }
    Divider {
        y: chart.floor
        width: parent.width
    }
    Repeater {
        model: chart.bars.length

        delegate: Item {
            id: bar

            required property int index
            readonly property var now: chart.bars[index]

            x: index * chart.pitch
            width: chart.pitch
            height: chart.height

            Rectangle {
                visible: bar.index === chart.at
                height: chart.floor
                width: parent.width
                radius: 4
                color: Theme.hover
            }
            Column {
                anchors.horizontalCenter: parent.horizontalCenter
                y: chart.floor - height
                width: Math.min(36, bar.width - 8)
                spacing: 1

                Repeater {
                    model: chart.series.length

                    delegate: Rectangle {
                        required property int index
                        readonly property real amount: bar.now?.values[index] ?? 0

                        visible: amount > 0
                        width: parent.width
                        height: Math.max(2, amount / chart.most * (chart.floor - 8))
                        radius: 2
                        color: chart.series[index].ink
                    }
                }
            }
            CaptionText {
                anchors.horizontalCenter: parent.horizontalCenter
                y: chart.floor + 5
                text: bar.now?.label ?? ""
            }
        }
    }
}
