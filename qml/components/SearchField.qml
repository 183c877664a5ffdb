// Filter of a list. Ctrl+F goes to it, Esc empties it, Down leaves it for the list.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

TextEntry {
    id: field

    property Item below: null // where Down goes

    iconName: "search"
    keyHint: qsTr("Ctrl F")
    Keys.onEscapePressed: event => {
        event.accepted = text !== ""
        clear()
    }
    Keys.onDownPressed: below?.forceActiveFocus(Qt.TabFocusReason)

    Shortcut {
        sequences: [StandardKey.Find]
        enabled: field.visible && field.enabled
        onActivated: field.forceActiveFocus(Qt.ShortcutFocusReason)
    }
}
