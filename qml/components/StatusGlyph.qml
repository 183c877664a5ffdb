// A state by outline and mark, so that it reads in one colour: ok circle-tick, warn triangle-!, error octagon-x,
// hold square-pause, unknown diamond-?, wait ring with hands, never dashed ring, idle ring with bar, off ring with slash.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: glyph

    property string kind: "ok"
    property real size: 18
    property color cut: Theme.surface
    readonly property bool ring: ["wait", "never", "idle", "off"].includes(kind)
    readonly property color ink: ({ "ok": Theme.ok, "warn": Theme.warn, "error": Theme.error, "hold": Theme.held,
                                    "unknown": Theme.warn })[kind] || Theme.textMuted
    readonly property real ratio: size / 18
    readonly property var bodies: ({
        "ok": "M9 1a8 8 0 1 0 0 16a8 8 0 1 0 0-16z",
        "warn": "M9 1.6L17.2 16.2H0.8z",
        "hold": "M2 2h14v14h-14z",
        "error": "M5.6 1h6.8l4.6 4.6v6.8l-4.6 4.6h-6.8l-4.6-4.6v-6.8z",
        "unknown": "M9 0.4L17.6 9L9 17.6L0.4 9z",
        "ring": "M9 1.8a7.2 7.2 0 1 0 0 14.4a7.2 7.2 0 1 0 0-14.4z"
    })
    readonly property var marks: ({
        "ok": "M5.3 9.2L8 11.9L12.8 6.6",
        "warn": "M9 6.8V10.6M9 13.3V13.4",
        "hold": "M7 6v6M11 6v6",
        "error": "M6.3 6.3L11.7 11.7M11.7 6.3L6.3 11.7",
        "unknown": "M7 7.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.2M9 12.7v.1",
        "wait": "M9 5V9.2L11.8 10.8",
        "idle": "M5.6 9h6.8",
        "off": "M4 14L14 4"
    })

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    PathItem {
        anchors.fill: parent
        grid: 18
        body: glyph.ring ? "" : glyph.bodies[glyph.kind] ?? ""
        fill: glyph.ink
        line: glyph.ring ? glyph.bodies.ring : glyph.marks[glyph.kind] ?? ""
        ink: glyph.ring ? glyph.ink : glyph.cut
        stroke: glyph.ring ? 1.6 : 1.9 * Math.max(0.8, glyph.ratio)
        dashed: glyph.kind === "never"
    }
    PathItem {
        visible: glyph.ring
        anchors.fill: parent
        grid: 18
        line: glyph.marks[glyph.kind] ?? ""
        ink: glyph.ink
        stroke: 1.6
    }
}
