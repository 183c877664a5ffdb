// The keys of the whole window: Ctrl+1…0 for the pages, Ctrl+K, F6 between rail and page, N for a new person.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom.Daemon

Item {
    id: keys

    required property var pages
    property bool usable: false // there is a server, and its values are fresh
    property bool free: true // nothing lies over the page
    signal pageAsked(name: string, intent: string)
    signal paletteAsked
    signal paneAsked

    Instantiator {
        model: keys.pages

        delegate: Shortcut {
            required property int index
            required property var modelData

            sequence: "Ctrl+" + (index + 1) % 10
            onActivated: keys.pageAsked(modelData.name, "")
        }
    }
    Shortcut {
        sequence: "Ctrl+K"
        enabled: keys.usable
        onActivated: keys.paletteAsked()
    }
    Shortcut {
        sequence: "N"
        enabled: keys.usable && keys.free && Daemon.mayChange
        onActivated: keys.pageAsked("people", "add")
    }
    Shortcut {
        sequence: "F6"
        onActivated: keys.paneAsked()
    }
}
