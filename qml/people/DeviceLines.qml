// A person's devices, the last used first, as many as fit; where there is room, the way to another one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Item {
    id: lines

    required property var devices
    required property string whose
    readonly property int rowHeight: Math.round(30 * Theme.textScale)
    readonly property int fits: Math.max(1, Math.floor(height / rowHeight))
    signal addAsked
    signal showAsked(id: string)

    Column {
        width: parent.width

        Repeater {
            model: lines.devices.slice(0, lines.fits)

            delegate: T.AbstractButton {
                id: line

                required property var modelData
                readonly property bool used: modelData.lastUsedAt.getTime() > 0

                width: lines.width
                height: lines.rowHeight
                text: modelData.name
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: text + ", " + when.text
                Keys.onReturnPressed: click()
                onClicked: lines.showAsked(modelData.id)

                background: Rectangle {
                    radius: 6
                    color: line.hovered ? Theme.hover : "transparent"

                    FocusRing {
                        shown: line.visualFocus
                        gap: -2
                    }
                }
                contentItem: Item {
                    Icon {
                        anchors.left: parent.left
                        anchors.verticalCenter: parent.verticalCenter
                        name: line.modelData.kind === "key" ? "key" : "lock"
                        size: 16
                    }
                    BodyText {
                        anchors.left: parent.left
                        anchors.leftMargin: 28
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - 28 - when.width - 8
                        text: line.text
                    }
                    CaptionText {
                        id: when

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: line.used ? Words.ago(line.modelData.lastUsedAt, Words.now) : qsTr("never used")
                    }
                }
            }
        }
        Item {
            visible: lines.devices.length < lines.fits
            width: parent.width
            height: lines.rowHeight

            ActionButton {
                anchors.left: parent.left
                anchors.leftMargin: -8
                kind: "quiet"
                small: true
                iconName: "plus"
                text: qsTr("Add a device")
                Accessible.name: qsTr("Add a device for %1").arg(lines.whose)
                onClicked: lines.addAsked()
            }
        }
    }
}
