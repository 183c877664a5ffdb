// The window.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Postroom

ApplicationWindow {
    id: window

    property alias page: app.page

    width: 1200
    height: 780
    minimumWidth: 480
    minimumHeight: 400
    visible: true
    title: qsTr("Postroom")
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
