// Where one is in a sequence: done steps have a tick, the current one is filled; names are left out where there is no room.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Row {
    id: stepper

    property var steps: [] // titles
    property int current: 0
    property bool brief: false // numbers only, but for the current one

    spacing: Theme.s2
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Step %1 of %2: %3").arg(current + 1).arg(steps.length).arg(steps[current] ?? "")

    Repeater {
        model: stepper.steps

        delegate: Row {
            id: step

            required property int index
            required property string modelData
            readonly property bool done: index < stepper.current
            readonly property bool now: index === stepper.current

            spacing: Theme.s2

            Rectangle {
                visible: step.index > 0
                width: 14
                height: 1
                color: Theme.controlBorder
                anchors.verticalCenter: parent.verticalCenter
            }
            Rectangle {
                width: 22
                height: 22
                radius: 11
                color: step.done ? Theme.ok : step.now ? Theme.accent : "transparent"
                border.width: step.done || step.now ? 0 : 1.5
                border.color: Theme.controlBorder

                Icon {
                    visible: step.done
                    anchors.centerIn: parent
                    name: "check"
                    size: 13
                    stroke: 2.2
                    color: Theme.surface
                }
                CaptionText {
                    visible: !step.done
                    anchors.centerIn: parent
                    text: step.index + 1
                    color: step.now ? Theme.accentText : Theme.textMuted
                    font.weight: Font.DemiBold
                }
            }
            CaptionText {
                visible: !stepper.brief || step.now
                text: step.modelData
                color: step.now ? Theme.text : Theme.textMuted
                font.weight: step.now ? Font.DemiBold : Font.Medium
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
