// There is no server to show: why, where it was looked for, what helps, and a button. It goes on trying by itself.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Column {
    id: away

    spacing: Theme.s4
    width: Math.min(parent.width - 48, 520 * Theme.textScale)

    StatusGlyph {
        anchors.horizontalCenter: parent.horizontalCenter
        kind: "error"
        size: 48
        cut: Theme.window
    }
    BodyText {
        width: parent.width
        text: qsTr("The server can't be reached")
        font.pixelSize: Theme.statusSize
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    BodyText {
        width: parent.width
        text: qsTr("It may be stopped, or you may not be allowed to manage it. This window connects by itself as soon as the server answers.")
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
    }
    Card {
        width: parent.width
        height: facts.implicitHeight + 40

        Column {
            id: facts

            width: parent.width
            spacing: Theme.s2

            CaptionText {
                text: qsTr("What was tried")
                font.weight: Font.Medium
            }
            Repeater {
                model: Daemon.paths

                delegate: BodyText {
                    required property string modelData

                    width: facts.width
                    text: modelData
                    font.family: Theme.mono
                    font.pixelSize: Theme.caption
                    elide: Text.ElideMiddle
                }
            }
            CaptionText {
                width: parent.width
                visible: Daemon.reason !== ""
                text: Daemon.reason
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
        }
    }
    ActionButton {
        objectName: "tryAgain"
        anchors.horizontalCenter: parent.horizontalCenter
        kind: "primary"
        iconName: "refresh"
        text: qsTr("Try again")
        onClicked: Daemon.retryNow()
    }
}
