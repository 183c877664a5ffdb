// The tries of one message from left to right: square received, diamond failed, ring to come, arrow the sender is told. Filled
// is past, hollow is future; the dark line ends at now. points: {kind, time, words}.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Item {
    id: attempts

    property var points: []
    property int passed: 0 // so many of them are past
    readonly property real label: Math.min(110 * Theme.textScale, pitch - 6) // room for the words of a point between others
    readonly property real pitch: points.length > 1 ? (width - 12) / (points.length - 1) : 0

    implicitHeight: Math.round(62 * Theme.textScale)
    LayoutMirroring.enabled: false // time runs in one direction here, its labels read themselves
    LayoutMirroring.childrenInherit: true
    Accessible.role: Accessible.List
    Accessible.name: points.map(each => each.time + " " + each.words).join(", ")

    Rectangle {
        x: 6
        y: 9
        height: 2
        width: attempts.width - 12
        color: Theme.divider
    }
    Rectangle {
        x: 6
        y: 9
        height: 2
        width: Math.max(0, attempts.passed - 0.5) * attempts.pitch
        color: Theme.textMuted
    }
    Repeater {
        model: attempts.points

        delegate: Item {
            id: point

            required property int index
            required property var modelData
            readonly property string kind: modelData.kind
            readonly property bool first: index === 0
            readonly property bool last: index === attempts.points.length - 1

            x: 6 + index * attempts.pitch
            y: 10

            Rectangle {
                visible: point.kind !== "end"
                x: -width / 2
                y: -height / 2
                width: point.kind === "next" ? 14 : 10
                height: width
                radius: point.kind === "in" ? 2 : point.kind === "fail" ? 0 : width / 2
                rotation: point.kind === "fail" ? 45 : 0
                antialiasing: true
                color: point.kind === "in" ? Theme.received : point.kind === "fail" ? Theme.failed : point.kind === "ok" ? Theme.ok : Theme.surface
                border.width: point.kind === "next" || point.kind === "plan" ? 2 : 0
                border.color: point.kind === "next" ? Theme.accent : Theme.controlBorder
            }
            Rectangle {
                visible: point.kind === "end"
                x: -10
                y: -10
                width: 20
                height: 20
                color: Theme.surface

                Icon {
                    anchors.centerIn: parent
                    name: "reply"
                    size: 16
                    stroke: 1.8
                }
            }
            Column {
                y: 14
                x: point.first ? -6 : point.last ? 6 - width : -width / 2
                width: point.first || point.last ? Math.max(40, attempts.pitch - attempts.label / 2 - 4) : attempts.label

                CaptionText {
                    width: parent.width
                    horizontalAlignment: point.first ? Text.AlignLeft : point.last ? Text.AlignRight : Text.AlignHCenter
                    text: point.modelData.time
                    tabular: true
                    color: point.kind === "next" ? Theme.accent : Theme.text
                    font.weight: Font.Medium
                }
                CaptionText {
                    width: parent.width
                    horizontalAlignment: point.first ? Text.AlignLeft : point.last ? Text.AlignRight : Text.AlignHCenter
                    text: point.modelData.words
                }
            }
        }
    }
}
