// The server's own state at the foot of the rail.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Row {
    id: server

    property real wordsWidth: 160

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
            width: server.wordsWidth
            color: Theme.text
            text: Daemon.state === Daemon.Unreachable ? qsTr("Not connected") : Daemon.hasData ? Words.runningFor(Daemon.status.uptimeSeconds) : qsTr("Connecting…")
        }
        CaptionText {
            width: server.wordsWidth
            visible: Daemon.serverVersion !== ""
            text: qsTr("Version %1").arg(Daemon.serverVersion)
        }
    }
}
