// Which pages there are, as far as the server has their methods and the caller may use them; and what Ctrl+K finds.
import QtQuick
import Postroom.Daemon

QtObject {
    id: shown

    readonly property RecordQuery seen: RecordQuery { // keys that belong to nobody yet
        method: "seenKeys.list"
        topic: "devices"
        active: Daemon.mayChange
    }
    readonly property var pages: {
        const all = [{ "name": "overview", "title": qsTr("Overview"), "icon": "overview" }]
        if (!Daemon.mayChange)
            return all
        all.push({ "name": "people", "title": qsTr("People"), "icon": "people" })
        all.push({ "name": "aliases", "title": qsTr("Aliases"), "icon": "aliases" })
        if (Daemon.can("devices.list"))
            all.push({ "name": "devices", "title": qsTr("Devices & keys"), "icon": "key" })
        all.push({ "name": "flow", "title": qsTr("Mail flow"), "icon": "flow" })
        if (Daemon.can("trace.find"))
            all.push({ "name": "trace", "title": qsTr("Trace a message"), "icon": "trace" })
        if (Daemon.can("signIns.list"))
            all.push({ "name": "security", "title": qsTr("Security"), "icon": "shield" })
        all.push({ "name": "settings", "title": qsTr("Settings"), "icon": "settings" })
        return all
    }
    signal goAsked(name: string, intent: string, argument: string)

    // What Ctrl+K finds: pages, what can be done, and everybody by name.
    function anything(): list<var> {
        const found = pages.map(each => ({ "title": each.title, "detail": qsTr("Page"), "icon": each.icon, "action": () => goAsked(each.name, "", "") }))
        const act = (title, icon, page, intent, argument) => {
            if (pages.some(each => each.name === page))
                found.push({ "title": title, "detail": qsTr("Action"), "icon": icon, "action": () => goAsked(page, intent, argument) })
        }
        act(qsTr("Add a person"), "plus", "people", "add", "")
        act(qsTr("Add an alias"), "plus", "aliases", "add", "")
        act(qsTr("Add a device"), "plus", "devices", "add", "")
        if (Daemon.can("holdRules.add"))
            act(qsTr("Hold all mail"), "pause", "flow", "hold", "")
        if (Daemon.mayChange) {
            for (let row = 0; row < Daemon.accounts.count; ++row) {
                const person = Daemon.accounts.at(row)
                if (person.state !== "removed")
                    found.push({ "title": person.name || person.address, "detail": person.address, "icon": "person", "action": () => goAsked("people", "show", person.address) })
            }
            for (let row = 0; row < Daemon.aliases.count; ++row) {
                const alias = Daemon.aliases.at(row)
                found.push({ "title": alias.address, "detail": qsTr("Alias"), "icon": "aliases", "action": () => goAsked("aliases", "open", alias.address) })
            }
        }
        return found
    }
}
