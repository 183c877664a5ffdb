// The window.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Postroom
import Postroom.Daemon

ApplicationWindow {
    id: window

    property alias page: app.page

    function go(page: string, intent: string, argument: string): void {
        app.go(page, intent, argument)
    }

    width: 1200
    height: 780
    minimumWidth: 480
    minimumHeight: 400
    visible: true
    title: Daemon.status.hostname ? qsTr("Postroom, %1").arg(Daemon.status.hostname) : qsTr("Postroom")
    color: Theme.window

    App {
        id: app

        anchors.fill: parent
    }
    Shortcut {
        sequences: [StandardKey.Quit]
        onActivated: window.close()
    }
}
