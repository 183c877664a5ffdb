// One alias: a fan from the address to its people, its policies, what can be done.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property var alias
    property bool closable: false
    property var nameOf: address => address
    readonly property var members: alias.members ?? []
    readonly property var policies: {
        const all = []
        if (alias.post !== undefined)
            all.push({ "name": qsTr("Who may write"), "value": ({ "anyone": qsTr("Anyone"), "members": qsTr("Its people only"), "senders": qsTr("Those named") })[alias.post] ?? alias.post })
        if (alias.senders?.length > 0)
            all.push({ "name": qsTr("Named"), "value": alias.senders.join(", ") })
        if (alias.listMembers !== undefined)
            all.push({ "name": qsTr("Know each other"), "value": alias.listMembers ? qsTr("Yes") : qsTr("No") })
        if (alias.allowFrom !== undefined)
            all.push({ "name": qsTr("May write as it"), "value": alias.allowFrom ? qsTr("Yes") : qsTr("No") })
        return all
    }
    signal closed
    signal editAsked
    signal removeAsked
    signal testAsked

    Flickable {
        anchors.fill: parent
        contentHeight: all.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        ColumnLayout {
            id: all

            width: parent.width
            spacing: Theme.s4

            RowLayout {
                Layout.fillWidth: true

                BodyText {
                    Layout.fillWidth: true
                    text: card.alias.address ?? ""
                    font.pixelSize: Theme.section
                    font.weight: Font.DemiBold
                    elide: Text.ElideMiddle
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                ActionButton {
                    visible: card.closable
                    kind: "quiet"
                    iconName: "x"
                    Accessible.name: qsTr("Close")
                    onClicked: card.closed()
                }
            }
            Item {
                id: fan

                readonly property real pitch: Math.round(34 * Theme.textScale)
                readonly property int some: Math.min(6, card.members.length)

                Layout.fillWidth: true
                implicitHeight: Math.max(pitch, some * pitch)
                LayoutMirroring.enabled: false
                LayoutMirroring.childrenInherit: true
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("Leads to %1").arg(Words.listed(card.members.map(each => card.nameOf(each))))

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "mail"
                    size: 24
                    color: Theme.accent
                }
                Repeater {
                    model: fan.some

                    delegate: Item {
                        id: ray

                        required property int index
                        readonly property real middle: (index + 0.5) * fan.pitch

                        Shape {
                            ShapePath {
                                strokeWidth: 1.5
                                strokeColor: Theme.controlBorder
                                fillColor: "transparent"
                                startX: 32
                                startY: fan.height / 2

                                PathCubic {
                                    x: 84
                                    y: ray.middle
                                    control1X: 58
                                    control1Y: fan.height / 2
                                    control2X: 58
                                    control2Y: ray.middle
                                }
                            }
                        }
                        Row {
                            x: 90
                            y: ray.middle - height / 2
                            spacing: 8

                            Avatar {
                                name: label.text
                                size: 24
                                font.pixelSize: Theme.caption
                            }
                            BodyText {
                                id: label

                                width: Math.max(0, fan.width - 130)
                                text: card.nameOf(card.members[ray.index] ?? "")
                                anchors.verticalCenter: parent.verticalCenter
                            }
                        }
                    }
                }
            }
            CaptionText {
                visible: card.members.length > 6
                text: qsTr("and %n more", "", card.members.length - 6)
            }
            Divider {
                visible: card.policies.length > 0
                Layout.fillWidth: true
            }
            FactList {
                Layout.fillWidth: true
                facts: card.policies
                nameWidth: 120 * Theme.textScale
            }
            Divider {
                Layout.fillWidth: true
            }
            ActionButton {
                objectName: "testAlias"
                visible: Daemon.can("aliases.test")
                Layout.fillWidth: true
                iconName: "send"
                text: qsTr("Test this address")
                onClicked: card.testAsked()
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s2

                ActionButton {
                    objectName: "editAlias"
                    Layout.fillWidth: true
                    iconName: "edit"
                    text: qsTr("Change")
                    onClicked: card.editAsked()
                }
                ActionButton {
                    objectName: "removeAlias"
                    Layout.fillWidth: true
                    kind: "danger"
                    iconName: "trash"
                    text: qsTr("Remove")
                    onClicked: card.removeAsked()
                }
            }
        }
    }
}
