// The ports of the server, one at a time.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property UndoBar undoBar

    implicitHeight: all.implicitHeight + 68
    title: qsTr("Ports")

    SettingsForm {
        id: settings

        section: "listeners"
        entry: chosen.value ?? ""
        onSaved: revision => card.undoBar.tell(qsTr("The settings are saved."), () => undo.start({ "revision": revision }))
        onLoadedChanged: if (!chosen.value && entries.length > 0) chosen.value = entries[0]
    }
    ApiCall {
        id: undo

        method: "settings.undo"
        onDone: settings.load()
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s4

        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Port to look at")
            help: qsTr("Changes take effect at once; connections stay.")

            Choice {
                id: chosen

                objectName: "listener"
                name: qsTr("Port to look at")
                enabled: !settings.dirty
                model: settings.entries.map(each => ({ "value": each, "text": each }))
                onChosen: value => chosen.value = value
            }
        }
        Divider {
            Layout.fillWidth: true
        }
        FormRows {
            Layout.fillWidth: true
            form: settings
        }
    }
}
