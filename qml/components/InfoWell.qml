// A sunken box with a glyph, a headline and words: what is waited for, what to know.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

Rectangle {
    id: well

    default property alias trailing: slot.data
    property string glyph // of StatusGlyph; "" = none; "busy" = a turning ring
    property string title
    property string text
    property bool lit: false // accent ground

    implicitHeight: row.implicitHeight + 28
    radius: 10
    color: lit ? Theme.selected : Theme.sunken
    border.width: 1
    border.color: lit ? Theme.over(Theme.accent, 0.28) : Theme.divider
    Accessible.role: Accessible.StaticText
    Accessible.name: title + (text !== "" ? ". " + text : "")

    GridLayout {
        id: row

        readonly property bool narrow: width < 380 * Theme.textScale
        readonly property int lead: well.glyph === "" ? 1 : 2

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 16
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        columns: narrow ? lead : lead + 1
        columnSpacing: Theme.s3
        rowSpacing: Theme.s3

        WaitRing {
            visible: well.glyph === "busy"
        }
        StatusGlyph {
            visible: well.glyph !== "" && well.glyph !== "busy"
            kind: well.glyph
            size: 20
            cut: well.color
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            BodyText {
                Layout.fillWidth: true
                text: well.title
                font.weight: Font.DemiBold
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                Accessible.ignored: true
            }
            CaptionText {
                Layout.fillWidth: true
                visible: text !== ""
                text: well.text
                color: Theme.text
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                Accessible.ignored: true
            }
        }
        Row {
            id: slot

            Layout.columnSpan: row.narrow ? row.lead : 1
            Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
            visible: children.length > 0
            spacing: Theme.s2
        }
    }
}
