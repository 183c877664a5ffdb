// The table twin of a chart: a row for each point, also what a screen reader reads; it can be copied as CSV.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

ListView {
    id: table

    property string name
    property list<var> columns // {title, text: point => …}

    function copy(): void {
        const quoted = text => '"' + String(text).replace(/"/g, '""') + '"'
        const lines = [columns.map(each => quoted(each.title)).join(",")]
        for (const point of model)
            lines.push(columns.map(each => quoted(each.text(point))).join(","))
        Words.copy(lines.join("\n"))
        Accessible.announce(qsTr("Copied"))
    }

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    Accessible.role: Accessible.Table
    Accessible.name: name
    Keys.onPressed: event => {
        if (event.matches(StandardKey.Copy))
            copy()
    }
    T.ScrollBar.vertical: SlimScrollBar {
    }

    header: Row {
        height: Math.round(26 * Theme.textScale)

        Repeater {
            model: table.columns

            delegate: CaptionText {
                required property var modelData

                width: table.width / table.columns.length
                text: modelData.title
                font.weight: Font.Medium
            }
        }
    }
    delegate: Item {
        id: row

        required property int index
        readonly property var point: table.model[index]

        width: table.width
        height: Math.round(24 * Theme.textScale)
        Accessible.role: Accessible.Row
        Accessible.name: table.columns.map(each => each.title + " " + each.text(point)).join(", ")

        Row {
            anchors.verticalCenter: parent.verticalCenter

            Repeater {
                model: table.columns

                delegate: CaptionText {
                    required property var modelData

                    width: table.width / table.columns.length
                    text: modelData.text(row.point)
                    color: Theme.text
                    tabular: true
                    Accessible.ignored: true
                }
            }
        }
        Divider {
            width: parent.width
            anchors.bottom: parent.bottom
            opacity: 0.6
        }
    }
}
