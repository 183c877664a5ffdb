// The palette: text on its grounds keeps the contrast of WCAG 2.1 in light and dark; the colours of charts stay apart for every
// kind of colour vision (Machado, Oliveira, Fernandes 2009; CIE 1976 distance).
import QtQuick
import QtTest
import Postroom

TestCase {
    name: "Theme"

    function channel(value: real): real {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4)
    }
    function luminance(ink: color): real {
        return 0.2126 * channel(ink.r) + 0.7152 * channel(ink.g) + 0.0722 * channel(ink.b)
    }
    function contrast(a: color, b: color): real {
        const x = luminance(a)
        const y = luminance(b)
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
    }
    function test_contrast_data() {
        const rows = []
        for (const scheme of [Qt.Light, Qt.Dark]) {
            const name = scheme === Qt.Light ? "light " : "dark "
            for (const ground of ["window", "surface", "sunken", "selected"]) {
                for (const ink of ["text", "textMuted", "accent", "ok", "warn", "error"])
                    rows.push({ "tag": name + ink + " on " + ground, scheme, ink, ground, "least": 4.5 })
            }
            rows.push({ "tag": name + "accentText", scheme, "ink": "accentText", "ground": "accent", "least": 4.5 })
            for (const ink of ["controlBorder", "received", "sent", "held", "failed", "junk"])
                rows.push({ "tag": name + ink, scheme, ink, "ground": "surface", "least": 3 })
        }
        return rows
    }
    function test_contrast(data) {
        Theme.scheme = data.scheme
        const found = contrast(Theme[data.ink], Theme[data.ground])
        Theme.scheme = Qt.Unknown
        verify(found >= data.least, found)
    }

    readonly property var visions: ({
        "normal": [1, 0, 0, 0, 1, 0, 0, 0, 1],
        "protan": [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        "deutan": [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        "tritan": [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
    })

    function seen(ink: color, vision: var): var {
        const light = [channel(ink.r), channel(ink.g), channel(ink.b)]
        const [r, g, b] = [0, 3, 6].map(row => Math.min(1, Math.max(0, vision[row] * light[0] + vision[row + 1] * light[1] + vision[row + 2] * light[2])))
        const root = t => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116
        const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
        const y = root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
        const z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }
    function test_chartColoursStayApart_data() {
        const rows = []
        const inks = ["received", "sent", "held", "failed", "junk"]
        for (const scheme of [Qt.Light, Qt.Dark]) {
            for (const vision in visions) {
                for (let i = 0; i < inks.length; ++i) {
                    for (let j = i + 1; j < inks.length; ++j)
                        rows.push({ "tag": [scheme === Qt.Light ? "light" : "dark", vision, inks[i], inks[j]].join(" "), scheme, vision, "a": inks[i], "b": inks[j] })
                }
            }
        }
        return rows
    }
    function test_chartColoursStayApart(data) {
        Theme.scheme = data.scheme
        const a = seen(Theme[data.a], visions[data.vision])
        const b = seen(Theme[data.b], visions[data.vision])
        Theme.scheme = Qt.Unknown
        const apart = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
        verify(apart >= 28, apart)
    }
}
