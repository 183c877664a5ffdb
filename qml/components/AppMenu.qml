// Context menu.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.Menu {
    id: menu

    implicitWidth: 236 * Theme.textScale
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    padding: 6
    overlap: 1

    background: Rectangle {
        radius: 10
        color: Theme.surface
        border.width: 1
        border.color: Theme.controlBorder
    }
    contentItem: ListView {
        implicitHeight: contentHeight
        model: menu.contentModel
        currentIndex: menu.currentIndex
        interactive: false
    }
}
