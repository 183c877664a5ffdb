// The ports of the server and what for; those that are not open come first.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

FactsCard {
    id: card

    // One line for each port, whatever addresses it is open at; a closed one first.
    function doors(listeners: var): list<var> {
        const found = new Map()
        for (const each of listeners) {
            const known = found.get(each.port)
            found.set(each.port, { "name": portName(each.kind), "value": String(each.port),
                                   "glyph": each.open && known?.glyph !== "error" ? "ok" : "error" })
        }
        return [...found.values()].sort((a, b) => Number(b.glyph === "error") - Number(a.glyph === "error") || a.value - b.value).slice(0, 7)
    }
    function portName(kind: string): string {
        return ({ "smtp": qsTr("Mail from other servers"), "submission": qsTr("Sending"), "submissions": qsTr("Sending"),
                  "imap": qsTr("Reading"), "imaps": qsTr("Reading"), "http": qsTr("Web"), "https": qsTr("Web"), "metrics": qsTr("Metrics") })[kind] ?? kind
    }

    title: qsTr("Open doors")
    facts: doors(Daemon.status.listeners ?? [])
}
