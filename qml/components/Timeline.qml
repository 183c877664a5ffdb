// What happened, from top to bottom: time, a mark on a line, a title and words under it. steps: {time, title, text, kind, icon,
// tags, now}; kind ok, warn, error, hold or plain.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

Column {
    id: line

    property var steps: []
    property real timeWidth: 74 * Theme.textScale

    function inkOf(kind: string): color {
        return ({ "ok": Theme.ok, "warn": Theme.warn, "error": Theme.error, "hold": Theme.held })[kind] ?? Theme.textMuted
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("What happened")

    Repeater {
        model: line.steps

        delegate: RowLayout {
            id: step

            required property int index
            required property var modelData
            readonly property color ink: line.inkOf(modelData.kind)

            width: line.width
            spacing: Theme.s4
            Accessible.role: Accessible.ListItem
            Accessible.name: [modelData.time, modelData.title, modelData.text].filter(each => each).join(", ")

            BodyText {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 5
                Layout.preferredWidth: line.timeWidth
                horizontalAlignment: Text.AlignRight
                text: step.modelData.time
                font.pixelSize: Theme.caption
                color: Theme.textMuted
                tabular: true
                Accessible.ignored: true
            }
            Item {
                Layout.preferredWidth: 28
                Layout.fillHeight: true

                Rectangle {
                    visible: step.index < line.steps.length - 1
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: 28
                    width: 2
                    height: Math.max(0, parent.height - 28)
                    color: Theme.divider
                }
                Rectangle {
                    readonly property bool filled: step.modelData.now === true

                    width: 28
                    height: 28
                    radius: 14
                    color: filled ? step.ink : Theme.surface
                    border.width: 2
                    border.color: step.ink

                    Icon {
                        anchors.centerIn: parent
                        name: step.modelData.icon
                        size: 16
                        color: parent.filled ? Theme.surface : step.ink
                    }
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 4
                Layout.bottomMargin: 20
                spacing: 4

                BodyText {
                    Layout.fillWidth: true
                    text: step.modelData.title
                    font.weight: Font.DemiBold
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                    Accessible.ignored: true
                }
                BodyText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: step.modelData.text ?? ""
                    color: Theme.textMuted
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    Accessible.ignored: true
                }
                Flow {
                    Layout.fillWidth: true
                    visible: (step.modelData.tags ?? []).length > 0
                    spacing: 6

                    Repeater {
                        model: step.modelData.tags ?? []

                        delegate: Tag {
                            required property string modelData

                            text: modelData
                        }
                    }
                }
            }
        }
    }
}
