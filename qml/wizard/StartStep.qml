// The first step: what this server is, and the way in.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    signal next

    first: true
    title: qsTr("Your server is running and waits to be set up")
    sentence: qsTr("It takes mail for nobody yet.")
    nextText: qsTr("Set it up")
    onGoAsked: next()

    InfoWell {
        Layout.fillWidth: true
        glyph: "ok"
        title: qsTr("Postroom %1 answers").arg(Daemon.serverVersion)
        text: Words.runningFor(Daemon.status.uptimeSeconds ?? 0)
    }
    InfoWell {
        Layout.fillWidth: true
        visible: Daemon.status.local ?? false
        lit: true
        glyph: "warn"
        title: qsTr("This is a playground")
        text: qsTr("Nothing leaves this computer and no DNS is needed, so any domain will do. It is a tour: at its end a test message arrives, as in a real one.")
    }
}
