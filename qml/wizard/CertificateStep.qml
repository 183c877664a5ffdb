// The certificate the server shows, and what that means for mail apps; asks nothing.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    readonly property var certificate: (Daemon.status.certificates ?? [])[0] ?? null
    readonly property bool own: certificate?.own ?? true
    signal next

    title: own ? qsTr("The server has made its own certificate") : qsTr("Your certificate is in use")
    sentence: own ? qsTr("Mail is encrypted with it from the first moment. Other servers accept it; mail apps ask once whether to trust it.")
                  : qsTr("Mail apps and other servers trust it without asking.")
    nextText: qsTr("Next")
    onGoAsked: next()
    Component.onCompleted: forceActiveFocus()

    Card {
        Layout.fillWidth: true
        visible: step.certificate !== null
        implicitHeight: facts.implicitHeight + 40

        FactList {
            id: facts

            width: parent.width
            facts: step.certificate === null ? [] : [{ "name": qsTr("For"), "value": step.certificate.hosts.join(", "), "mono": true },
                                                     { "name": qsTr("Until"), "value": Words.when(step.certificate.until) },
                                                     { "name": qsTr("Renewed"), "value": step.own ? qsTr("by the server itself") : qsTr("by you: put a new file in its place") }]
        }
    }
    InfoWell {
        objectName: "ownCertificate"
        Layout.fillWidth: true
        visible: step.own
        glyph: "wait"
        title: qsTr("One that everybody trusts")
        text: qsTr("Get one from a public authority for the server’s name and name its files in the settings; the server takes it up without a restart.")
    }
}
