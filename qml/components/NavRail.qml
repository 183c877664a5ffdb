// The pages at the left: names at 1000 and more, icons below. The server's own state is at the bottom.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Rectangle {
    id: rail

    property var pages: [] // {name, title, icon, count, worry}
    property string current
    property bool collapsed: false
    readonly property string house: Daemon.domains.count > 0 ? Daemon.domains.at(0).name : ""
    signal chosen(name: string)
    signal findAsked

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
        anchors.left: parent.left
        anchors.leftMargin: 24
        y: 20
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
    T.AbstractButton {
        id: find

        objectName: "find"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: rail.collapsed ? 8 : 12
        y: rail.collapsed ? 12 : Math.round(78 * Theme.textScale)
        height: Theme.row
        enabled: Daemon.hasData
        text: qsTr("Find anything")
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: text
        Keys.onReturnPressed: click()
        onClicked: rail.findAsked()

        background: Rectangle {
            radius: Theme.radiusControl
            color: rail.collapsed ? (find.hovered ? Theme.hover : "transparent") : Theme.surface
            border.width: rail.collapsed ? 0 : 1
            border.color: Theme.divider

            FocusRing {
                shown: find.visualFocus
                gap: -2
            }
        }
        contentItem: RowLayout {
            spacing: Theme.s2

            Icon {
                Layout.leftMargin: 11
                name: "search"
            }
            BodyText {
                visible: !rail.collapsed
                Layout.fillWidth: true
                text: find.text
                color: Theme.textMuted
            }
            CaptionText {
                visible: !rail.collapsed
                Layout.rightMargin: 10
                text: qsTr("Ctrl K")
            }
        }
    }
    Column {
        anchors.left: parent.left
        anchors.leftMargin: rail.collapsed ? 8 : 12
        anchors.top: find.bottom
        anchors.topMargin: 12
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
                        anchors.left: parent.left
                        anchors.leftMargin: 4
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
                        anchors.left: parent.left
                        anchors.leftMargin: rail.collapsed ? 11 : 15
                        name: entry.modelData.icon
                        color: entry.on ? Theme.accent : Theme.textMuted
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    BodyText {
                        visible: !rail.collapsed
                        anchors.left: parent.left
                        anchors.leftMargin: 43
                        width: parent.width - 51
                        text: entry.text
                        font.weight: entry.on ? Font.DemiBold : Font.Normal
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    CountBadge {
                        visible: count > 0
                        anchors.right: parent.right
                        anchors.rightMargin: rail.collapsed ? 0 : 10
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.verticalCenterOffset: rail.collapsed ? -9 : 0
                        count: entry.modelData.name === "flow" ? Daemon.queue.count : 0
                    }
                }
            }
        }
    }
    Row {
        visible: !rail.collapsed
        anchors.left: parent.left
        anchors.leftMargin: 24
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
