// The life of one message: how it ended, each step, its numbers.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

ColumnLayout {
    id: story

    property var record: null
    property var steps: []
    property var ending: null
    property var asText: () => ""
    property bool closable: false
    signal closed

    spacing: Theme.s4

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s3

        StatusGlyph {
            kind: story.ending?.glyph ?? "ok"
            size: 26
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            BodyText {
                objectName: "traceEnding"
                Layout.fillWidth: true
                text: story.ending?.text ?? ""
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                maximumLineCount: 3
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            CaptionText {
                Layout.fillWidth: true
                text: qsTr("“%1” from %2 to %3").arg(story.record?.subject || qsTr("No subject")).arg(story.record?.sender || qsTr("this server")).arg(story.record?.recipients ?? "")
                wrapMode: Text.Wrap
                maximumLineCount: 2
            }
        }
        ActionButton {
            objectName: "closeTrace"
            Layout.alignment: Qt.AlignTop
            visible: story.closable
            kind: "quiet"
            iconName: "x"
            Accessible.name: qsTr("Close")
            onClicked: story.closed()
        }
        ActionButton {
            objectName: "copyTrace"
            Layout.alignment: Qt.AlignTop
            kind: "quiet"
            iconName: "copy"
            Accessible.name: qsTr("Copy the trace")
            onClicked: {
                Words.copy(story.asText())
                Accessible.announce(qsTr("Copied"))
            }
        }
    }
    Divider {
        Layout.fillWidth: true
    }
    Flickable {
        Layout.fillWidth: true
        Layout.fillHeight: true
        contentHeight: line.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        Timeline {
            id: line

            objectName: "traceTimeline"
            width: parent.width
            steps: story.steps
        }
    }
    Divider {
        Layout.fillWidth: true
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.s4

        CaptionText {
            text: qsTr("log %1").arg(story.record?.key ?? "")
            font.family: Theme.mono
        }
        CaptionText {
            visible: !!story.record?.messageId
            text: qsTr("Message-ID %1").arg(story.record?.messageId ?? "")
            font.family: Theme.mono
        }
    }
}
