// A dialog over the page: a title, one sentence, the content, buttons at the lower right. Esc and the scrim's cross close it;
// Tab stays inside.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom

T.Popup {
    id: dialog

    default property alias form: body.data
    property alias buttons: footer.data
    property string title
    property string sentence

    parent: T.Overlay.overlay
    x: Math.round((parent?.width ?? 0) / 2 - width / 2)
    y: Math.max(16, Math.round((parent?.height ?? 0) * 0.4 - height / 2))
    width: Math.min((parent?.width ?? 480) - 32, 460 * Theme.textScale)
    padding: Theme.s5
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: contentItem.implicitHeight + 2 * padding

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: 16
        color: Theme.surface
        border.width: 1
        border.color: Theme.divider
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
    }
    contentItem: Column {
        objectName: dialog.objectName + "-form"
        LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
        LayoutMirroring.childrenInherit: true
        spacing: Theme.s4

        Column {
            width: parent.width
            spacing: 6

            BodyText {
                width: parent.width
                text: dialog.title
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            BodyText {
                visible: text !== ""
                width: parent.width
                text: dialog.sentence
                color: Theme.textMuted
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
        }
        Column {
            id: body

            width: parent.width
            spacing: Theme.s4
        }
        Row {
            id: footer

            anchors.right: parent.right
            topPadding: Theme.s2
            spacing: Theme.s2
        }
    }
}
