// Names and values of one thing, under each other. facts: {name, value, mono}; empty values are left out.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

Column {
    id: list

    property var facts: []
    property real nameWidth: 112 * Theme.textScale

    spacing: Theme.s2

    Repeater {
        model: list.facts.filter(each => each.value !== "" && each.value !== undefined)

        delegate: RowLayout {
            id: fact

            required property var modelData

            width: list.width
            spacing: Theme.s2
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData.name + ": " + modelData.value

            CaptionText {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
                Layout.preferredWidth: list.nameWidth
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                text: fact.modelData.name
                Accessible.ignored: true
            }
            BodyText {
                Layout.fillWidth: true
                text: fact.modelData.value
                font.family: fact.modelData.mono ? Theme.mono : Application.font.family
                font.pixelSize: fact.modelData.mono ? Theme.caption : Theme.body
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                Accessible.ignored: true
            }
        }
    }
}
