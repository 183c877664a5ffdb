// One thing that needs a person, with the one thing to do about it.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Rectangle {
    id: card

    required property var need
    signal asked(action: string, argument: string)

    implicitHeight: Math.max(64, words.implicitHeight + 24)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: need.severity === "error" ? Theme.error : Theme.warn
    Accessible.role: Accessible.Grouping
    Accessible.name: need.title

    StatusGlyph {
        anchors.left: parent.left
        anchors.leftMargin: 20
        kind: card.need.severity
        size: 20
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: 56
        width: parent.width - 56 - (act.visible ? act.width + 24 : 16)
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        BodyText {
            width: parent.width
            text: card.need.title
            font.weight: Font.DemiBold
        }
        CaptionText {
            width: parent.width
            text: card.need.text
            wrapMode: Text.WordWrap
            maximumLineCount: 2
        }
    }
    ActionButton {
        id: act

        objectName: "need-" + card.need.action
        visible: card.need.action !== ""
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        text: ({ "storage": qsTr("Give more room"), "security": qsTr("Open Security") })[card.need.action] ?? ""
        onClicked: card.asked(card.need.action, card.need.argument)
    }
}
