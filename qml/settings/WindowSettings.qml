// How the window looks, in which language, and whether the monitor runs.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    implicitHeight: all.implicitHeight + 68
    title: qsTr("This window")

    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s4

        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Appearance")
            help: qsTr("Light, dark, or as the system says.")

            Choice {
                objectName: "theme"
                name: qsTr("Appearance")
                value: Preferences.theme
                model: [{ "value": "", "text": qsTr("As the system") }, { "value": "light", "text": qsTr("Light") }, { "value": "dark", "text": qsTr("Dark") }]
                onChosen: value => Preferences.theme = value
            }
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Language")
            help: qsTr("Takes effect at once.")

            Choice {
                objectName: "language"
                name: qsTr("Language")
                value: Preferences.language
                model: [{ "value": "", "text": qsTr("As the system") }, { "value": "en", "text": "English" }, { "value": "de", "text": "Deutsch" }]
                onChosen: value => Preferences.language = value
            }
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Less motion")
            help: qsTr("Bars and marks stand still.")

            Toggle {
                objectName: "reducedMotion"
                text: qsTr("Less motion")
                checked: Preferences.reducedMotion
                onClicked: Preferences.reducedMotion = checked
            }
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Monitor")
            help: Preferences.hasTray ? qsTr("An icon in the panel shows the state of the server, from when you sign in.")
                                      : qsTr("This desktop has no place for an icon. The monitor tells what matters by notifications.")

            Toggle {
                objectName: "monitor"
                text: qsTr("Monitor")
                checked: Preferences.monitor
                onClicked: Preferences.monitor = checked
            }
        }
    }
}
