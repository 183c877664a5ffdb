// A line over time with an alarm line: values as {at, value}; arrow keys walk the points and read them. `describe` makes the
// sentence of a point.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Postroom
import Postroom.Daemon

Item {
    id: chart

    property string name
    property string summary
    property list<var> points
    property real most: 1 // value at the upper edge
    property real alarm: -1 // value of the dashed line; below 0: none
    property string alarmText
    property var describe: point => String(point.value)
    property var axisText: value => String(value)
    property int at: -1
    readonly property real axis: Math.round(40 * Theme.textScale)
    readonly property real floor: height - Math.round(20 * Theme.textScale)

    function px(index: int): real {
        return axis + (points.length > 1 ? index / (points.length - 1) : 0) * (width - axis - 6)
    }
    function py(value: real): real {
        return floor * (1 - Math.min(1, value / Math.max(most, 1e-9)))
    }
    function walk(step: int): void {
        if (points.length === 0)
            return
        at = at < 0 ? points.length - 1 : Math.max(0, Math.min(points.length - 1, at + step))
        Accessible.announce(describe(points[at]))
    }

    activeFocusOnTab: true
    LayoutMirroring.enabled: false // time runs from left to right
    LayoutMirroring.childrenInherit: true
    Accessible.role: Accessible.Chart
    Accessible.name: name
    Accessible.description: at >= 0 && at < points.length ? describe(points[at]) : summary
    Accessible.focusable: true
    Keys.onLeftPressed: walk(-1)
    Keys.onRightPressed: walk(1)
    onActiveFocusChanged: if (!activeFocus) at = -1

    FocusRing {
        shown: chart.activeFocus
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
            }
            CaptionText {
                width: chart.axis - 8
                anchors.verticalCenter: parent.top
                text: chart.axisText(chart.most * (2 - line.index) / 2)
                tabular: true
            }
        }
    }
    Shape {
        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeWidth: 2
            strokeColor: Theme.received
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin

            PathPolyline {
                path: chart.points.map((point, index) => Qt.point(chart.px(index), chart.py(point.value)))
            }
        }
        ShapePath {
            strokeWidth: chart.alarm >= 0 ? 1.5 : -1
            strokeColor: Theme.error
            strokeStyle: ShapePath.DashLine
            dashPattern: [4, 3]
            startX: chart.axis
            startY: chart.py(chart.alarm)

            PathLine {
                x: chart.width
                y: chart.py(chart.alarm)
            }
        }
    }
    CaptionText {
        visible: chart.alarm >= 0
        x: chart.axis + 4
        y: chart.py(chart.alarm) - height - 1
        text: chart.alarmText
        color: Theme.error
        font.weight: Font.Medium
    }
    Repeater {
        model: chart.points.length

        delegate: CaptionText {
            required property int index
            readonly property int every: Math.max(1, Math.ceil(chart.points.length / Math.max(1, chart.width / 90)))

            visible: index % every === 0 && x + width < chart.width
            x: chart.px(index)
            y: chart.floor + 6
            text: Words.clock(chart.points[index]?.at ?? new Date(0))
            tabular: true
        }
    }
    Rectangle {
        visible: chart.at >= 0 && chart.at < chart.points.length
        x: chart.px(chart.at) - 4
        y: chart.py(chart.points[chart.at]?.value ?? 0) - 4
        width: 8
        height: 8
        radius: 4
        color: Theme.accent
    }
    Rectangle {
        visible: chart.at >= 0 && chart.at < chart.points.length
        anchors.right: parent.right
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
            text: chart.at >= 0 && chart.at < chart.points.length ? chart.describe(chart.points[chart.at]) : ""
        }
    }
}
