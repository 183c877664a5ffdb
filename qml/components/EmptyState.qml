// What an empty list says: what it is for, and the next thing to do.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Column {
    id: empty

    property string iconName
    property string title
    property string sentence
    property alias action: slot.data

    spacing: Theme.s3
    width: Math.min(parent?.width ?? 400, 420 * Theme.textScale)

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 64
        height: 64
        radius: 32
        color: Theme.selected

        Icon {
            anchors.centerIn: parent
            name: empty.iconName
            size: 28
            color: Theme.accent
        }
    }
    BodyText {
        width: parent.width
        text: empty.title
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
    }
    BodyText {
        width: parent.width
        text: empty.sentence
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
    Item {
        id: slot

        anchors.horizontalCenter: parent.horizontalCenter
        width: childrenRect.width
        height: childrenRect.height
    }
}
