// Settings: how the window looks, what the monitor does, the server as a whole, its ports, who changed what, about.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Page {
    id: page

    required property UndoBar undoBar

    function perform(intent: string, argument: string): void {
    }

    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Settings")
        sentence: qsTr("This window, and the server as a whole.")
    }
    Flickable {
        id: scroller

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.topMargin: 16
        anchors.bottom: parent.bottom
        contentHeight: all.implicitHeight + 96
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: SlimScrollBar {
        }

        ColumnLayout {
            id: all

            x: scroller.LayoutMirroring.enabled ? scroller.width - width - 24 : 24
            width: Math.min(scroller.width - 48, 820 * Theme.textScale)
            spacing: Theme.s4

            WindowSettings {
                Layout.fillWidth: true
            }
            NotificationSettings {
                Layout.fillWidth: true
            }
            ServerSettings {
                Layout.fillWidth: true
                visible: Daemon.mayChange && Daemon.can("settings.apply")
                undoBar: page.undoBar
            }
            PortSettings {
                Layout.fillWidth: true
                visible: Daemon.mayChange && Daemon.can("settings.apply")
                undoBar: page.undoBar
            }
            ChangesCard {
                Layout.fillWidth: true
                visible: Daemon.mayChange && Daemon.can("settings.history")
                undoBar: page.undoBar
            }
            AboutCard {
                Layout.fillWidth: true
            }
        }
    }
}
