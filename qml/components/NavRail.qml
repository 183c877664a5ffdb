// The pages at the left: names at 1000 and more, icons below. The server's own state is at the bottom.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Rectangle {
    id: rail

    property var pages: [] // {name, title, icon}
    property string current
    property bool collapsed: false
    readonly property string house: Daemon.domains.count > 0 ? Daemon.domains.at(0).name : ""
    signal chosen(name: string)

    function take(): void {
        const row = Math.max(0, pages.findIndex(page => page.name === current))
        list.itemAt(row)?.forceActiveFocus(Qt.TabFocusReason)
    }

    implicitWidth: collapsed ? 56 : Math.round(220 * Theme.textScale)
    color: Theme.sunken
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Column {
        visible: !rail.collapsed
        x: 24
        y: 24
        width: parent.width - 40
        spacing: 2

        BodyText {
            width: parent.width
            text: rail.house || Daemon.status.hostname || qsTr("Postroom")
            font.pixelSize: Theme.section
            font.weight: Font.DemiBold
        }
        CaptionText {
            width: parent.width
            text: !Daemon.hasData ? qsTr("Mail server") : Daemon.status.local ? qsTr("Playground on this computer") : rail.house !== "" ? Daemon.status.hostname : qsTr("Your mail server")
        }
    }
    Column {
        x: rail.collapsed ? 8 : 12
        y: rail.collapsed ? 12 : Math.round(88 * Theme.textScale)
        spacing: 2

        Repeater {
            id: list

            model: rail.pages

            delegate: T.AbstractButton {
                id: entry

                required property int index
                required property var modelData
                readonly property bool on: modelData.name === rail.current

                objectName: "rail-" + modelData.name
                width: rail.width - (rail.collapsed ? 16 : 24)
                height: Theme.row
                text: modelData.title
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selected: on
                Keys.onReturnPressed: click()
                Keys.onUpPressed: list.itemAt(index - 1)?.forceActiveFocus(Qt.TabFocusReason)
                Keys.onDownPressed: list.itemAt(index + 1)?.forceActiveFocus(Qt.TabFocusReason)
                onClicked: rail.chosen(modelData.name)

                background: Rectangle {
                    radius: Theme.radiusControl
                    color: entry.on ? Theme.surface : entry.hovered ? Theme.hover : "transparent"
                    border.width: entry.on ? 1 : 0
                    border.color: Theme.divider

                    Rectangle {
                        visible: entry.on
                        x: 4
                        width: 3
                        height: parent.height / 2
                        radius: 1.5
                        color: Theme.accent
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    FocusRing {
                        shown: entry.visualFocus
                        gap: -2
                    }
                }
                contentItem: Item {
                    Icon {
                        x: rail.collapsed ? 11 : 15
                        name: entry.modelData.icon
                        color: entry.on ? Theme.accent : Theme.textMuted
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    BodyText {
                        visible: !rail.collapsed
                        x: 43
                        width: parent.width - x - 8
                        text: entry.text
                        font.weight: entry.on ? Font.DemiBold : Font.Normal
                        anchors.verticalCenter: parent.verticalCenter
                    }
                }
            }
        }
    }
    Row {
        visible: !rail.collapsed
        x: 24
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        spacing: Theme.s2

        StatusGlyph {
            y: 2
            size: 14
            cut: Theme.sunken
            kind: Daemon.state === Daemon.Connected ? "ok" : Daemon.state === Daemon.Connecting ? "wait" : "error"
        }
        Column {
            spacing: 4

            CaptionText {
                width: rail.width - 62
                color: Theme.text
                text: Daemon.state === Daemon.Unreachable ? qsTr("Not connected") : Daemon.hasData ? Words.runningFor(Daemon.status.uptimeSeconds) : qsTr("Connecting…")
            }
            CaptionText {
                width: rail.width - 62
                visible: Daemon.serverVersion !== ""
                text: qsTr("Version %1").arg(Daemon.serverVersion)
            }
        }
    }
}
