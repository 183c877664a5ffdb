// Numbered instruction, with room for a control under the sentence.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

RowLayout {
    id: step

    default property alias content: extra.data
    property int number: 1
    property string text

    spacing: Theme.s3

    Rectangle {
        Layout.alignment: Qt.AlignTop
        implicitWidth: 24
        implicitHeight: 24
        radius: 12
        color: Theme.selected

        CaptionText {
            anchors.centerIn: parent
            text: step.number
            color: Theme.accent
            font.weight: Font.DemiBold
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.topMargin: 2
        spacing: Theme.s2

        BodyText {
            Layout.fillWidth: true
            text: step.text
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
        Item {
            id: extra

            Layout.fillWidth: true
            implicitHeight: childrenRect.height
            visible: children.length > 0
        }
    }
}
