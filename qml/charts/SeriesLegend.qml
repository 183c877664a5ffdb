// What the colours and marks of a chart mean, with totals. model: {label, ink, mark (radius), turned, total}.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Flow {
    id: legend

    property list<var> model

    spacing: 18

    Repeater {
        model: legend.model

        delegate: Row {
            id: key

            required property var modelData

            spacing: 7

            Rectangle {
                width: 11
                height: 11
                radius: key.modelData.mark
                rotation: key.modelData.turned ? 45 : 0
                scale: key.modelData.turned ? 0.8 : 1
                antialiasing: true
                color: key.modelData.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            CaptionText {
                text: key.modelData.label
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
