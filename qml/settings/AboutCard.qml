// What this is, which versions meet, and a self-check of the stored data.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    implicitHeight: all.implicitHeight + 68
    title: qsTr("About")

    ApiCall {
        id: verify

        method: "verify.run"
    }
    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s4

        FactList {
            Layout.fillWidth: true
            nameWidth: 140 * Theme.textScale
            facts: [{ "name": qsTr("Server"), "value": Daemon.serverVersion }, { "name": qsTr("This window"), "value": Application.version },
                    { "name": qsTr("Server name"), "value": Daemon.status.hostname ?? "" },
                    { "name": qsTr("Licence"), "value": "GPL-3.0-or-later" }]
        }
        SettingRow {
            Layout.fillWidth: true
            visible: Daemon.mayChange
            label: qsTr("Self-check")
            help: verify.busy ? qsTr("Every message and index is being checked…")
                              : verify.result.ok === undefined ? qsTr("Checks every message and index against each other.")
                              : verify.result.ok ? qsTr("All %n record(s) are in order.", "", verify.result.checked) : qsTr("%n problem(s) found. The server’s log names them.", "", verify.result.problems.length)
            problem: verify.errorText

            ActionButton {
                objectName: "verify"
                enabled: !verify.busy
                text: qsTr("Check now")
                onClicked: verify.start({})
            }
        }
    }
}
