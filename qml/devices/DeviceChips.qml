// Which devices are shown: in use, never used, or idle for long.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

FilterChips {
    id: chips

    required property RecordQuery devices
    readonly property real idleAfter: 90 * 24 * 3600 * 1000
    readonly property var only: { // for the view of them
        devices.revision
        if (current === "all")
            return {}
        const ids = []
        for (let row = 0; row < devices.count; ++row) {
            if (stateOf(devices.at(row)) === current)
                ids.push(devices.at(row).id)
        }
        return { "id": ids }
    }

    function stateOf(device: var): string {
        if (!(device.lastUsedAt?.getTime() > 0))
            return "never"
        return Words.now.getTime() - device.lastUsedAt.getTime() > idleAfter ? "idle" : "active"
    }
    function glyphOf(device: var): string {
        return ({ "never": "never", "idle": "idle", "active": "ok" })[stateOf(device)]
    }
    function countOf(name: string): int {
        let all = 0
        for (let row = 0; row < devices.count; ++row)
            all += name === "all" || stateOf(devices.at(row)) === name ? 1 : 0
        return all
    }

    name: qsTr("Which devices")
    current: "all"
    model: {
        devices.revision
        return [{ "name": "all", "text": qsTr("All"), "count": countOf("all") }, { "name": "active", "text": qsTr("Active"), "count": countOf("active") },
                { "name": "never", "text": qsTr("Never used"), "count": countOf("never") }, { "name": "idle", "text": qsTr("Idle over 90 days"), "count": countOf("idle") }]
    }
    onChosen: name => current = name
}
