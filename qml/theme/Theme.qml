// Design tokens: colours for light and dark, type, spacing, radii. Every colour, size and space of the window is one of
// these. Follows the system's colour scheme unless told; type grows with the application's font.
pragma Singleton
import QtQuick
import Postroom.Daemon

QtObject {
    property int scheme: ({ "light": Qt.Light, "dark": Qt.Dark })[Preferences.theme] ?? Qt.Unknown // Unknown: as the system
    readonly property bool dark: (scheme === Qt.Unknown ? Application.styleHints.colorScheme : scheme) === Qt.Dark
    property real textScale: Math.min(2, Math.max(1, Application.font.pointSize / 10))
    property bool reducedMotion: Preferences.reducedMotion

    readonly property color window: dark ? "#14171C" : "#F6F7F9"
    readonly property color surface: dark ? "#1C2027" : "#FFFFFF"
    readonly property color sunken: dark ? "#0F1216" : "#ECEFF3"
    readonly property color text: dark ? "#EDF0F4" : "#14181F"
    readonly property color textMuted: dark ? "#A5AFBD" : "#545E6C"
    readonly property color accent: dark ? "#6CB2FF" : "#0B5CAD"
    readonly property color accentText: dark ? "#06213F" : "#FFFFFF"
    readonly property color ok: dark ? "#5CCB8F" : "#17774A"
    readonly property color warn: dark ? "#F0B84A" : "#8A5A00"
    readonly property color error: dark ? "#FF8A80" : "#B3261E"
    readonly property color controlBorder: dark ? "#6F7A89" : "#7F8997"
    readonly property color divider: dark ? "#2E343D" : "#D5DAE1"
    readonly property color scrim: dark ? "#99000000" : "#7314181F"

    readonly property color received: dark ? "#6CB2FF" : "#3B8EDE"
    readonly property color sent: dark ? "#F0B84A" : "#C2571A"
    readonly property color held: dark ? "#F7D6FA" : "#5A1E78"
    readonly property color failed: dark ? "#E0453D" : "#5C0A12"
    readonly property color junk: dark ? "#6F7A89" : "#5F6B7A"

    readonly property color selected: over(accent, dark ? 0.14 : 0.08)
    readonly property color hover: over(text, 0.05)

    // A token laid over the surface.
    function over(colour: color, alpha: real): color {
        return Qt.tint(surface, Qt.alpha(colour, alpha))
    }

    readonly property string mono: "Noto Sans Mono"
    readonly property int caption: Math.round(12 * textScale)
    readonly property int body: Math.round(14 * textScale)
    readonly property int section: Math.round(16 * textScale)
    readonly property int title: Math.round(20 * textScale)
    readonly property int statusSize: Math.round(24 * textScale)

    readonly property int s1: 4
    readonly property int s2: 8
    readonly property int s3: 12
    readonly property int s4: 16
    readonly property int s5: 24
    readonly property int s6: 32
    readonly property int radiusControl: 8
    readonly property int radiusCard: 12
    readonly property int row: Math.round(36 * textScale)
    readonly property int motion: reducedMotion ? 0 : 120
}
