// The right pane of a step: a title, the content, back and next at the bottom. Enter is next.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

FocusScope {
    id: step

    default property alias form: body.data
    property string title
    property string sentence
    property string nextText: qsTr("Next")
    property bool mayGo: true
    property bool first: false
    property alias extra: more.data
    signal back
    signal goAsked

    function go(): void {
        if (mayGo)
            goAsked()
    }

    Keys.onReturnPressed: go()

    Flickable {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: bar.top
        anchors.bottomMargin: 16
        contentHeight: all.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        ColumnLayout {
            id: all

            width: parent.width - 4
            spacing: Theme.s4

            BodyText {
                Layout.fillWidth: true
                text: step.title
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            BodyText {
                Layout.fillWidth: true
                visible: text !== ""
                text: step.sentence
                color: Theme.textMuted
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
            ColumnLayout {
                id: body

                Layout.fillWidth: true
                spacing: Theme.s4
            }
        }
    }
    RowLayout {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        spacing: Theme.s2

        ActionButton {
            objectName: "back"
            visible: !step.first
            text: qsTr("Back")
            onClicked: step.back()
        }
        Row {
            id: more

            spacing: Theme.s2
        }
        Item {
            Layout.fillWidth: true
        }
        ActionButton {
            objectName: "next"
            kind: "primary"
            enabled: step.mayGo
            text: step.nextText
            onClicked: step.go()
        }
    }
}
