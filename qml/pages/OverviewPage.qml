// Overview: one sentence of truth, what needs you, then the day in numbers.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Page {
    id: page

    property bool narrow: false
    readonly property int gap: Theme.s4
    readonly property bool oneColumn: width < 700 * Theme.textScale
    readonly property real usable: scroller.width - 48
    readonly property real third: (usable - 2 * gap) / 3
    readonly property real upper: Math.round(272 * Theme.textScale)
    readonly property real lower: Math.max(Math.round(300 * Theme.textScale), oneColumn ? 0 : height - 48 - cards.y - upper - gap)
    signal asked(name: string, intent: string, argument: string)

    function perform(intent: string, argument: string): void {
    }

    Flickable {
        id: scroller

        anchors.fill: parent
        contentHeight: all.height + 48
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: SlimScrollBar {
        }

        Column {
            id: all

            anchors.left: parent.left
            anchors.leftMargin: 24
            y: 24
            width: page.usable
            spacing: page.gap

            Item {
                width: parent.width
                height: Math.max(words.implicitHeight, add.height)

                StatusGlyph {
                    anchors.left: parent.left
                    kind: Daemon.health.severity
                    size: 32
                    y: 8
                    cut: Theme.window
                }
                Column {
                    id: words

                    anchors.left: parent.left
                    anchors.leftMargin: 48
                    width: parent.width - 48 - (add.visible ? add.width + 16 : 0)
                    spacing: 2

                    BodyText {
                        objectName: "sentence"
                        width: parent.width
                        text: Daemon.health.sentence
                        font.pixelSize: Theme.statusSize
                        font.weight: Font.DemiBold
                        wrapMode: Text.WordWrap
                        elide: Text.ElideNone
                        Accessible.role: Accessible.Heading
                        Accessible.name: text
                    }
                    BodyText {
                        width: parent.width
                        text: Daemon.health.detail
                        color: Theme.textMuted
                    }
                }
                ActionButton {
                    id: add

                    objectName: "addPerson"
                    visible: Daemon.mayChange
                    anchors.right: parent.right
                    y: 8
                    kind: "primary"
                    iconName: "plus"
                    text: qsTr("Add a person")
                    onClicked: page.asked("people", "add", "")
                }
            }
            Repeater {
                model: Daemon.health.needs

                delegate: NeedsCard {
                    required property var modelData

                    width: page.usable
                    need: modelData
                    onAsked: (action, argument) => action === "security" ? page.asked("security", "", "") : page.asked("people", action, argument)
                }
            }
            Flow {
                id: cards

                width: parent.width
                spacing: page.gap

                FlowCard {
                    objectName: "flow"
                    width: page.oneColumn ? page.usable : Math.floor(page.third * 2 + page.gap)
                    height: page.upper
                    flow: Daemon.status.flow ?? []
                }
                PortsCard {
                    objectName: "ports"
                    width: page.oneColumn ? page.usable : Math.floor(page.third)
                    height: page.upper
                }
                WaitingCard {
                    objectName: "waiting"
                    visible: Daemon.mayChange
                    width: page.oneColumn ? page.usable : Math.floor(page.third * 1.2)
                    height: page.lower
                    onOpened: id => page.asked("flow", "open", id)
                    onAllAsked: page.asked("flow", "tab", "waiting")
                }
                TlsCard {
                    objectName: "encryption"
                    visible: supported
                    compact: true
                    width: page.oneColumn ? page.usable : Math.floor(page.third * 0.8)
                    height: page.lower
                }
                FactsCard {
                    objectName: "connected"
                    visible: !Daemon.can("tls.handshakes")
                    width: page.oneColumn ? page.usable : Math.floor(page.third * 0.8)
                    height: page.lower
                    title: qsTr("Connected now")
                    facts: {
                        const now = Daemon.status.connections
                        return now ? [{ "name": qsTr("People reading"), "value": Words.number(now.imap) },
                                      { "name": qsTr("People sending"), "value": Words.number(now.submission) },
                                      { "name": qsTr("Mail servers"), "value": Words.number(now.smtp) },
                                      { "name": qsTr("Web requests"), "value": Words.number(now.http) },
                                      { "name": qsTr("Control apps"), "value": Words.number(now.control) }] : []
                    }
                }
                StorageCard {
                    objectName: "storage"
                    visible: Daemon.mayChange
                    width: page.oneColumn ? page.usable : Math.floor(page.third)
                    height: page.lower
                }
            }
        }
    }
}
