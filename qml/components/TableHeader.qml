// The headings of a DataTable: a click sorts, another turns it round; the tick takes all rows.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom

Item {
    id: header

    required property var table

    TickBox {
        id: all

        visible: header.table.selectable
        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        checkable: false
        checked: header.table.view && header.table.view.selectedCount > 0 && header.table.view.selectedCount === header.table.view.count
        partial: header.table.view && header.table.view.selectedCount > 0 && !checked
        Accessible.name: qsTr("Select all")
        onClicked: checked ? header.table.view.selectNone() : header.table.view.selectAll()
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: header.table.lead
        anchors.rightMargin: header.table.tail
        spacing: Theme.s3

        Repeater {
            model: header.table.columns

            delegate: T.AbstractButton {
                id: heading

                required property var modelData
                readonly property bool sorts: !!modelData.field && modelData.sorts !== false
                readonly property bool on: sorts && header.table.view?.sortField === modelData.field

                Layout.fillWidth: true
                Layout.preferredWidth: (modelData.weight ?? 1) * 100
                Layout.minimumWidth: 0
                Layout.fillHeight: true
                enabled: sorts
                text: modelData.title
                focusPolicy: sorts ? Qt.StrongFocus : Qt.NoFocus
                Accessible.role: sorts ? Accessible.Button : Accessible.ColumnHeader
                Accessible.name: on ? (header.table.view.descending ? qsTr("%1, sorted downwards").arg(text) : qsTr("%1, sorted upwards").arg(text)) : text
                Keys.onReturnPressed: click()
                onClicked: {
                    const view = header.table.view
                    if (on)
                        view.descending = !view.descending
                    else
                        view.sortField = modelData.field
                }

                contentItem: RowLayout {
                    spacing: 4

                    CaptionText {
                        Layout.fillWidth: !heading.on
                        Layout.maximumWidth: heading.width - (heading.on ? 18 : 0)
                        text: heading.text
                        font.weight: Font.Medium
                        color: heading.on || heading.hovered ? Theme.text : Theme.textMuted
                        horizontalAlignment: heading.modelData.end ? Text.AlignRight : Text.AlignLeft
                    }
                    Icon {
                        visible: heading.on
                        name: "down"
                        size: 12
                        rotation: header.table.view?.descending ? 0 : 180
                    }
                    Item {
                        visible: heading.on
                        Layout.fillWidth: true
                    }
                }
                background: Item {
                    FocusRing {
                        shown: heading.visualFocus
                        gap: -4
                    }
                }
            }
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
