// Find anything (Ctrl+K): pages, what can be done, people, aliases and domains, by any part of the name. Enter does it.
// entries: {title, detail, icon, action}.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

T.Popup {
    id: palette

    property var source: () => [] // asked when it opens
    property var entries: []
    readonly property var shown: matching(field.text)

    // Every word must be somewhere; what begins with the text comes first.
    function matching(text: string): var {
        const words = text.toLowerCase().split(/\s+/).filter(each => each !== "")
        const fits = each => words.every(word => (each.title + " " + each.detail).toLowerCase().includes(word))
        const rank = each => each.title.toLowerCase().startsWith(words[0] ?? "") ? 0 : 1
        return entries.filter(fits).sort((a, b) => rank(a) - rank(b)).slice(0, 12)
    }
    function run(index: int): void {
        const entry = shown[index]
        close()
        entry?.action()
    }

    objectName: "palette"
    parent: T.Overlay.overlay
    x: Math.round(((parent?.width ?? 0) - width) / 2)
    y: Math.round((parent?.height ?? 0) * 0.12)
    width: Math.min((parent?.width ?? 600) - 32, 560 * Theme.textScale)
    implicitHeight: contentItem.implicitHeight + 2 * padding
    padding: 12
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        entries = source()
        field.clear()
        list.currentIndex = 0
    }
    onOpened: field.forceActiveFocus()

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: 14
        color: Theme.surface
        border.width: 1
        border.color: Theme.controlBorder
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Find anything")
    }
    contentItem: ColumnLayout {
        objectName: "palette-form"
        LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
        LayoutMirroring.childrenInherit: true
        spacing: Theme.s2

        TextEntry {
            id: field

            objectName: "paletteText"
            Layout.fillWidth: true
            iconName: "search"
            placeholderText: qsTr("Pages, people, addresses, what to do")
            Accessible.name: qsTr("Find anything")
            onTextChanged: list.currentIndex = 0
            onAccepted: palette.run(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list

            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, (palette.parent?.height ?? 600) * 0.6)
            clip: true
            model: palette.shown.length
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Results")
            onCurrentIndexChanged: Accessible.announce(palette.shown[currentIndex]?.title ?? "")

            delegate: T.ItemDelegate {
                id: line

                required property int index
                readonly property var entry: palette.shown[index] ?? { "title": "", "detail": "", "icon": "" }

                width: ListView.view.width
                height: Math.round(44 * Theme.textScale)
                focusPolicy: Qt.NoFocus
                text: entry.title
                Accessible.role: Accessible.ListItem
                Accessible.name: entry.title + ", " + entry.detail
                Accessible.onPressAction: click()
                onClicked: palette.run(index)
                onHoveredChanged: if (hovered) ListView.view.currentIndex = index

                background: Rectangle {
                    radius: 8
                    color: line.ListView.isCurrentItem ? Theme.selected : "transparent"
                }
                contentItem: RowLayout {
                    spacing: Theme.s3

                    Icon {
                        Layout.leftMargin: 10
                        name: line.entry.icon
                        color: line.ListView.isCurrentItem ? Theme.accent : Theme.textMuted
                    }
                    BodyText {
                        Layout.fillWidth: true
                        text: line.entry.title
                    }
                    CaptionText {
                        Layout.rightMargin: 10
                        Layout.maximumWidth: 220 * Theme.textScale
                        text: line.entry.detail
                    }
                }
            }
        }
        BodyText {
            visible: palette.shown.length === 0
            Layout.fillWidth: true
            Layout.margins: 12
            text: qsTr("Nothing has this name.")
            color: Theme.textMuted
        }
    }
}
