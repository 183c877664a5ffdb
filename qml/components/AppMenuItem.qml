// A line of AppMenu.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.MenuItem {
    id: item

    property string iconName
    property bool danger: false
    readonly property color ink: danger ? Theme.error : Theme.text

    implicitHeight: Theme.row
    implicitWidth: 220
    Accessible.name: text

    background: Rectangle {
        radius: 6
        color: item.highlighted ? Theme.selected : "transparent"
    }
    contentItem: Item {
        Icon {
            anchors.left: parent.left
            anchors.leftMargin: 6
            name: item.iconName
            color: item.ink
            anchors.verticalCenter: parent.verticalCenter
        }
        BodyText {
            anchors.left: parent.left
            anchors.leftMargin: 36
            width: parent.width - 36
            text: item.text
            color: item.ink
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
