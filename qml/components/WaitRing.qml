// Something is awaited: an open ring that turns; with reduced motion it stands still.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Postroom

Item {
    id: ring

    property real size: 26

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeWidth: 3
            strokeColor: Theme.over(Theme.accent, 0.25)
            fillColor: "transparent"

            PathAngleArc {
                centerX: ring.size / 2
                centerY: ring.size / 2
                radiusX: ring.size / 2 - 2
                radiusY: ring.size / 2 - 2
                sweepAngle: 360
            }
        }
        ShapePath {
            strokeWidth: 3
            strokeColor: Theme.accent
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                id: arc

                centerX: ring.size / 2
                centerY: ring.size / 2
                radiusX: ring.size / 2 - 2
                radiusY: ring.size / 2 - 2
                startAngle: -90
                sweepAngle: 110
            }
        }
    }
    Timer {
        interval: 100
        repeat: true
        running: ring.visible && !Theme.reducedMotion
        onTriggered: arc.startAngle = (arc.startAngle + 30) % 360
    }
}
