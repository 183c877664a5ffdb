// The palette: text on its grounds keeps the contrast of WCAG 2.1 in light and dark.
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
}
