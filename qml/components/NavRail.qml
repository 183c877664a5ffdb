// The pages at the left: names at 1000 and more, icons below. The server's own state is at the bottom.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Rectangle {
    id: rail

    property var pages: [] // {name, title, icon}
    property string current
    property bool collapsed: false
    property int seenKeys: 0 // that belong to nobody yet
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
    FindButton {
        id: find

        objectName: "find"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: rail.collapsed ? 8 : 12
        y: rail.collapsed ? 12 : Math.round(78 * Theme.textScale)
        enabled: Daemon.hasData
        collapsed: rail.collapsed
        onClicked: rail.findAsked()
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
                Accessible.onPressAction: click()
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
                        width: parent.width - 51 - (badge.visible ? badge.width + 6 : 0)
                        text: entry.text
                        font.weight: entry.on ? Font.DemiBold : Font.Normal
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    CountBadge {
                        id: badge

                        visible: count > 0
                        anchors.right: parent.right
                        anchors.rightMargin: rail.collapsed ? 0 : 10
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.verticalCenterOffset: rail.collapsed ? -9 : 0
                        count: ({ "flow": Daemon.queue.count, "devices": rail.seenKeys })[entry.modelData.name] ?? 0
                    }
                }
            }
        }
    }
    ServerLine {
        visible: !rail.collapsed
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        wordsWidth: rail.width - 62
    }
}
