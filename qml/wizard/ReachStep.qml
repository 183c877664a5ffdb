// The ports that the server has opened; asks nothing. A router or firewall in between is outside of what the server can see.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    readonly property bool local: Daemon.status.local ?? false
    readonly property var closed: (Daemon.status.listeners ?? []).filter(each => !each.open)
    signal next

    first: true
    title: closed.length > 0 ? qsTr("%n port(s) could not be opened", "", closed.length) : qsTr("The server’s ports are open")
    sentence: local ? qsTr("In a playground they are for this computer alone.") : qsTr("If there is a router or a firewall, let it pass these to this computer.")
    nextText: qsTr("Next")
    onGoAsked: next()
    Component.onCompleted: forceActiveFocus()

    Repeater {
        model: step.closed

        delegate: InfoWell {
            required property var modelData

            Layout.fillWidth: true
            glyph: "error"
            title: qsTr("Port %1 is not open").arg(modelData.port)
            text: modelData.problem
        }
    }
    PortsCard {
        objectName: "reachPorts"
        Layout.fillWidth: true
        title: ""
        implicitHeight: rows + 40
    }
}
