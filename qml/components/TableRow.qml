// A row of a DataTable: its tick, its content (or the table's columns), and, when it is open, details below it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

FocusScope {
    id: row

    required property int index
    required property var record
    required property bool selected
    default property alias content: slot.data
    property Component details: null
    property string title: (table?.columns ?? []).map(each => each.text ? each.text(record) : String(record[each.field] ?? "")).join(", ")
    readonly property var table: ListView.view?.table ?? null // a DataTable; by its type they would need each other
    readonly property bool open: table !== null && table.openKey !== undefined && table.openKey === record[table.keyField]
    readonly property bool unfolded: open && (table?.folds ?? false)

    objectName: "row-" + record[table?.keyField ?? "id"]
    width: ListView.view?.width ?? 0
    height: (table?.rowHeight ?? Theme.row) + (below.item ? (below.item as Item).implicitHeight : 0)
    Accessible.role: Accessible.Row
    Accessible.name: title
    Accessible.focusable: true
    Accessible.selected: selected
    Accessible.selectable: table?.selectable ?? false
    Accessible.onPressAction: table?.clickRow(index, Qt.NoModifier)
    ListView.onPooled: visible = false // kept for another record; nobody is to meet it
    ListView.onReused: visible = true

    Rectangle {
        anchors.fill: parent
        color: row.selected || row.open ? Theme.selected : pointer.hovered ? Theme.hover : "transparent"
        visible: !row.unfolded
    }
    Rectangle {
        visible: row.open
        anchors.left: parent.left
        width: 3
        height: parent.height
        color: Theme.accent
    }
    Rectangle {
        visible: row.activeFocus && row.ListView.isCurrentItem
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 2
        y: 2
        height: (row.table?.rowHeight ?? 0) - 4
        radius: 6
        color: "transparent"
        border.width: 2
        border.color: Theme.accent
    }
    HoverHandler {
        id: pointer
    }
    TapHandler {
        onTapped: (point, button) => {
            if (point.position.y < (row.table?.rowHeight ?? 0))
                row.table.clickRow(row.index, point.modifiers)
        }
    }
    TickBox {
        visible: row.table?.selectable ?? false
        anchors.left: parent.left
        anchors.leftMargin: 16
        y: Math.round(((row.table?.rowHeight ?? 0) - height) / 2)
        objectName: "tick-" + row.record[row.table?.keyField ?? "id"]
        checkable: false
        checked: row.selected
        focusPolicy: Qt.ClickFocus
        Accessible.name: qsTr("Select %1").arg(row.title)
        onClicked: row.table.view.select(row.index, !row.selected)
    }
    Item {
        id: slot

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: row.table?.lead ?? 16
        anchors.rightMargin: row.table?.tail ?? 16
        height: row.table?.rowHeight ?? 0
    }
    RowLayout {
        visible: slot.children.length === 0
        anchors.fill: slot
        spacing: Theme.s3

        Repeater {
            model: slot.children.length === 0 ? row.table?.columns ?? [] : []

            delegate: BodyText {
                required property var modelData
                required property int index

                Layout.fillWidth: true
                Layout.preferredWidth: (modelData.weight ?? 1) * 100
                Layout.minimumWidth: 0
                text: modelData.text ? modelData.text(row.record) : String(row.record[modelData.field] ?? "")
                color: modelData.ink ? modelData.ink(row.record) : index === 0 ? Theme.text : Theme.textMuted
                font.weight: index === 0 ? Font.Medium : Font.Normal
                font.pixelSize: index === 0 ? Theme.body : Theme.caption
                font.family: modelData.mono ? Theme.mono : Application.font.family
                horizontalAlignment: modelData.end ? Text.AlignRight : Text.AlignLeft
                tabular: modelData.end ?? false
                Accessible.ignored: true
            }
        }
    }
    Icon {
        visible: row.table?.folds ?? false
        anchors.right: parent.right
        anchors.rightMargin: 18
        y: Math.round(((row.table?.rowHeight ?? 0) - height) / 2)
        name: row.unfolded ? "down" : row.LayoutMirroring.enabled ? "left" : "right"
        size: 16
    }
    Loader {
        id: below

        y: row.table?.rowHeight ?? 0
        anchors.left: parent.left
        anchors.right: parent.right
        active: row.unfolded && row.details !== null
        sourceComponent: row.details
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
