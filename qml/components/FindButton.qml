// Opens the palette; in a collapsed rail an icon alone.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

T.AbstractButton {
    id: find

    property bool collapsed: false

    height: Theme.row
    text: qsTr("Find anything")
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: click()

    background: Rectangle {
        radius: Theme.radiusControl
        color: find.collapsed ? (find.hovered ? Theme.hover : "transparent") : Theme.surface
        border.width: find.collapsed ? 0 : 1
        border.color: Theme.divider

        FocusRing {
            shown: find.visualFocus
            gap: -2
        }
    }
    contentItem: RowLayout {
        spacing: Theme.s2

        Icon {
            Layout.leftMargin: 11
            name: "search"
        }
        BodyText {
            visible: !find.collapsed
            Layout.fillWidth: true
            text: find.text
            color: Theme.textMuted
        }
        CaptionText {
            visible: !find.collapsed
            Layout.rightMargin: 10
            text: qsTr("Ctrl K")
        }
    }
}
