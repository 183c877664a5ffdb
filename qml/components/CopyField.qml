// A value that is meant to be copied: in mono, with a button that copies it and says so. Ctrl+C with the focus on it, too.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Rectangle {
    id: field

    property string value
    property string name
    property bool copied: false

    function copy(): void {
        Words.copy(value)
        copied = true
        Accessible.announce(qsTr("Copied"))
    }

    implicitHeight: Theme.row
    implicitWidth: 240
    radius: Theme.radiusControl
    color: Theme.sunken
    border.width: 1
    border.color: Theme.divider
    onValueChanged: copied = false
    Accessible.role: Accessible.StaticText
    Accessible.name: name + ": " + value

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 10
        anchors.rightMargin: 2
        spacing: 4

        BodyText {
            Layout.fillWidth: true
            text: field.value
            font.family: Theme.mono
            font.pixelSize: Theme.caption
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }
        ActionButton {
            kind: "quiet"
            iconName: field.copied ? "check" : "copy"
            Accessible.name: qsTr("Copy %1").arg(field.name)
            onClicked: field.copy()
            Keys.onPressed: event => {
                if (event.matches(StandardKey.Copy))
                    field.copy()
            }
        }
    }
}
