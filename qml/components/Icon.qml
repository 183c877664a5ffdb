// Line icon on a 24 grid, one stroke width at every size. Decorative: whoever shows it alone gives the name.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: icon

    property string name
    property color color: Theme.textMuted
    property real size: 18
    property real stroke: 1.5
    readonly property var paths: ({
        overview: "M4 11L12 4L20 11M6 9.5V20H18V9.5",
        people: "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 1 0 0 7zM3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M16 4.2a3.5 3.5 0 0 1 0 6.6M18 14.5c2 1 3 3 3 5.5",
        person: "M12 11.5a4 4 0 1 0 0-8a4 4 0 1 0 0 8zM4.5 20.5c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
        plus: "M12 5v14M5 12h14",
        check: "M5 12.5L10 17.5L19.5 7",
        x: "M6 6l12 12M18 6L6 18",
        more: "M5 12h.01M12 12h.01M19 12h.01",
        copy: "M9 9h11v11H9zM5.5 15H4V4h11v1.5",
        clock: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 7.5V12l3 2",
        search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.5 15.5L20.5 20.5",
        inbox: "M4 13L6.5 5h11L20 13v6H4zM4 13h4.5l1.5 2.5h4l1.5-2.5H20",
        refresh: "M19.5 11a7.8 7.8 0 1 0-1.8 6M20 5v6h-6",
        key: "M8 11.2a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8zM11.2 12.4L19.5 4M16 7.5l3 3",
        edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z",
        trash: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13",
        server: "M4 4h16v7H4zM4 13h16v7H4zM7.5 7.5h1M7.5 16.5h1",
        mail: "M3.5 5.5h17v13h-17zM4 6.5l8 6.5l8-6.5",
        eye: "M2.5 12c2.5-4.5 5.8-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5s-7-2-9.5-6.5zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
        globe: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM3 12h18M12 3c3 3 3.8 6 3.8 9s-.8 6-3.8 9c-3-3-3.8-6-3.8-9s.8-6 3.8-9z",
        send: "M3.5 11L20.5 3.5L14 20.5L11 13.5z",
        printer: "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6h-10z",
        aliases: "M3 12h5M8 12c5 0 4-6.5 9-6.5h4M8 12c5 0 4 6.5 9 6.5h4M8 12h13",
        flow: "M4 8h14M14 4l4 4l-4 4M20 16H6M10 12l-4 4l4 4",
        trace: "M6 3.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM6 8.5v5a4 4 0 0 0 4 4h5.5M18 15a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
        shield: "M12 3l8 3v6c0 5-3.5 8-8 9c-4.5-1-8-4-8-9V6z",
        archive: "M4 5h16v4.5H4zM5.5 9.5V20h13V9.5M10 13.5h4",
        settings: "M4 7h8.5M17.5 7H20M15 4.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM4 17h2.5M11.5 17H20M9 14.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
        phone: "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15a1.5 1.5 0 0 1-1.5 1.5h-8a1.5 1.5 0 0 1-1.5-1.5v-15a1.5 1.5 0 0 1 1.5-1.5zM11 18h2",
        tablet: "M6 3h12a1.5 1.5 0 0 1 1.5 1.5v15a1.5 1.5 0 0 1-1.5 1.5h-12a1.5 1.5 0 0 1-1.5-1.5v-15a1.5 1.5 0 0 1 1.5-1.5zM10.5 18h3",
        laptop: "M5.5 5h13a1 1 0 0 1 1 1v9.5h-15v-9.5a1 1 0 0 1 1-1zM2.5 19h19",
        desktop: "M4 4h16v12h-16zM12 16v4M8 20h8",
        app: "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
        down: "M6 9.5l6 6l6-6",
        right: "M9.5 6l6 6l-6 6",
        left: "M14.5 6l-6 6l6 6",
        arrow: "M4 12h15M13 6l6 6l-6 6",
        pause: "M8.5 5v14M15.5 5v14",
        play: "M7 4.5l12 7.5l-12 7.5z",
        download: "M12 4v11M7 10.5l5 5l5-5M4.5 20h15",
        reply: "M10 5L4 11l6 6M4 11h9c4 0 7 2 7 8",
        lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3M20 14v6h-6",
        expand: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
        relay: "M4 12h5M15 12h5M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z",
        info: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 11v5.5M12 7.8v.1",
        file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
        bell: "M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20h4",
        cloud: "M7 18.5h10a4 4 0 0 0 .6-8a6 6 0 0 0-11.4 1.2A3.5 3.5 0 0 0 7 18.5z",
        warn: "M12 4L21 19.5H3zM12 10v4.5M12 16.8v.1"
    })

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    PathItem {
        anchors.fill: parent
        line: icon.paths[icon.name] ?? ""
        ink: icon.color
        stroke: icon.name === "more" ? 2.4 : icon.stroke
    }
}
