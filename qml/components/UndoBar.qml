// Says what was just done, at the bottom left, with a way back for 30 s. Ctrl+Z does the same.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: bar

    property string text
    property string detail
    property bool bad: false
    property var undo: null // function that takes it back; null = only told
    property alias lifetime: life.interval
    readonly property bool open: text !== ""

    function tell(words: string, back: var): void {
        text = words
        detail = ""
        bad = false
        undo = back ?? null
        life.restart()
        Accessible.announce(words)
    }
    function warn(words: string, hint: string): void {
        text = words
        detail = hint
        bad = true
        undo = null
        life.restart()
        Accessible.announce(words, Accessible.Assertive)
    }
    function close(): void {
        text = ""
        undo = null
    }
    function takeBack(): void {
        const back = undo
        close()
        if (back)
            back()
    }

    visible: open
    width: Math.min(parent.width - 48, row.implicitWidth + 28)
    height: Math.max(Math.round(48 * Theme.textScale), words.height + 20)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: bad ? Theme.error : Theme.controlBorder
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Timer {
        id: life

        interval: 30000
        running: bar.open && !pointer.hovered
        onTriggered: bar.close()
    }
    HoverHandler {
        id: pointer
    }
    Shortcut {
        sequences: [StandardKey.Undo]
        enabled: bar.undo !== null
        onActivated: bar.takeBack()
    }
    Row {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s3

        StatusGlyph {
            kind: bar.bad ? "error" : "ok"
            anchors.verticalCenter: parent.verticalCenter
        }
        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            BodyText {
                text: bar.text
                font.weight: Font.Medium
            }
            CaptionText {
                visible: text !== ""
                text: bar.detail
            }
        }
        ActionButton {
            objectName: "undo"
            visible: bar.undo !== null
            kind: "quiet"
            text: qsTr("Undo")
            anchors.verticalCenter: parent.verticalCenter
            onClicked: bar.takeBack()
        }
        ActionButton {
            kind: "quiet"
            iconName: "x"
            Accessible.name: qsTr("Close message")
            anchors.verticalCenter: parent.verticalCenter
            onClicked: bar.close()
        }
    }
}
