// The server as a whole, as a form of its own schema.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property UndoBar undoBar

    implicitHeight: rows.implicitHeight + 68
    title: qsTr("Server")

    SettingsForm {
        id: settings

        section: "server"
        onSaved: revision => card.undoBar.tell(qsTr("The settings are saved."), () => undo.start({ "revision": revision }))
    }
    ApiCall {
        id: undo

        method: "settings.undo"
        onDone: settings.load()
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    FormRows {
        id: rows

        width: parent.width
        form: settings
    }
}
