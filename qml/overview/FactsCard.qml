// A few named numbers: who is connected now, which ports are open.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Card {
    id: card

    property var facts: [] // {name, value, glyph}
    readonly property real rows: list.implicitHeight

    Column {
        id: list

        width: parent.width
        spacing: Theme.s3

        Repeater {
            model: card.facts

            delegate: Item {
                id: fact

                required property var modelData
                readonly property bool marked: !!modelData.glyph

                width: list.width
                height: label.implicitHeight
                Accessible.role: Accessible.StaticText
                Accessible.name: modelData.name + ": " + modelData.value

                StatusGlyph {
                    anchors.left: parent.left
                    visible: fact.marked
                    kind: fact.modelData.glyph || "ok"
                    anchors.verticalCenter: parent.verticalCenter
                }
                BodyText {
                    id: label

                    anchors.left: parent.left
                    anchors.leftMargin: fact.marked ? 28 : 0
                    width: parent.width - (fact.marked ? 28 : 0) - number.width - 8
                    text: fact.modelData.name
                }
                BodyText {
                    id: number

                    anchors.right: parent.right
                    text: fact.modelData.value
                    color: Theme.textMuted
                    tabular: true
                }
            }
        }
    }
}
