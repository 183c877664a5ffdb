// A card: surface, hairline, radius 12, no shadow. A title and something at its end, then the content.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: card

    default property alias content: box.data
    property string title
    property Item trailing: null
    property int pad: 20
    readonly property int head: title === "" ? pad : 48 * Theme.textScale

    color: Theme.surface
    radius: Theme.radiusCard
    border.width: 1
    border.color: Theme.divider
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    onTrailingChanged: if (trailing) trailing.parent = corner

    BodyText {
        id: heading

        anchors.left: parent.left
        anchors.leftMargin: card.pad
        y: 16
        width: card.width - 2 * card.pad - corner.width - Theme.s2
        visible: text !== ""
        text: card.title
        font.pixelSize: Theme.section
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Item {
        id: corner

        anchors.right: parent.right
        anchors.rightMargin: card.pad
        anchors.verticalCenter: heading.verticalCenter
        width: childrenRect.width
        height: childrenRect.height
    }
    Item {
        id: box

        anchors.fill: parent
        anchors.margins: card.pad
        anchors.topMargin: card.head
    }
}
