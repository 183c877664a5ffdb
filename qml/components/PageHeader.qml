// Title and one sentence that answers the usual question; what the page can do at the right.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Item {
    id: header

    property string title
    property string sentence
    property alias actions: slot.data

    implicitHeight: Math.max(words.implicitHeight, slot.implicitHeight)

    Column {
        id: words

        anchors.left: parent.left
        width: parent.width - slot.width - Theme.s4
        spacing: 2

        BodyText {
            width: parent.width
            text: header.title
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        BodyText {
            visible: text !== ""
            width: parent.width
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            text: header.sentence
            color: Theme.textMuted
        }
    }
    Row {
        id: slot

        anchors.right: parent.right
        spacing: Theme.s2
    }
}
