// Button. kind: primary (one per view), secondary, quiet (words only), danger. With an icon alone, `Accessible.name` says
// what it does.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.Button {
    id: button

    property string kind: "secondary"
    property string iconName
    property bool small: false
    readonly property bool bare: kind === "quiet"
    readonly property color ink: !enabled ? Theme.textMuted : kind === "primary" ? Theme.accentText
                                 : kind === "danger" ? Theme.error : bare && text !== "" ? Theme.accent : Theme.text

    implicitHeight: small ? Math.round(28 * Theme.textScale) : Theme.row
    implicitWidth: text === "" ? implicitHeight : content.implicitWidth + (bare ? 16 : small ? 20 : 28)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.kind === "primary" ? (button.enabled ? Qt.darker(Theme.accent, button.down ? 1.15 : button.hovered ? 1.06 : 1) : Theme.divider)
               : button.down ? Theme.over(Theme.text, 0.1) : button.hovered ? Theme.hover : button.bare ? "transparent" : Theme.surface
        border.width: button.kind === "primary" || button.bare ? 0 : 1
        border.color: !button.enabled ? Theme.divider : button.kind === "danger" ? Theme.error : Theme.controlBorder

        FocusRing {
            shown: button.visualFocus
        }
    }
    contentItem: Item {
        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.s2

            Icon {
                visible: button.iconName !== ""
                name: button.iconName
                color: button.ink
                size: button.small ? 14 : button.text === "" ? 20 : 16
                stroke: 1.6
                anchors.verticalCenter: parent.verticalCenter
            }
            BodyText {
                visible: text !== ""
                text: button.text
                color: button.ink
                font.pixelSize: button.small ? Theme.caption : Theme.body
                font.weight: button.kind === "primary" ? Font.DemiBold : Font.Medium
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
