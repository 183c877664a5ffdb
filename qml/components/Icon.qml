// Line icon on a 24 grid, one stroke width at every size. Decorative: whoever shows it alone gives the name.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Postroom

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
        printer: "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6h-10z"
    })

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeWidth: icon.name === "more" ? 2.4 : icon.stroke
            strokeColor: icon.color
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(icon.size / 24, icon.size / 24)

            PathSvg {
                path: icon.paths[icon.name] || ""
            }
        }
    }
}
