// A table for many rows: sorts by its headings, selects by keyboard and mouse, opens one row, makes only the rows that are
// seen. Rows are TableRow; without content of their own they show the columns.
//   DataTable { view: shown; name: qsTr("Waiting mail"); columns: [{title, field, weight, text: record => …, end: true}]
//               onOpened: record => … }
// Keys: arrows, Home, End, Page; with Shift they select; Space ticks, Ctrl+A all, Enter opens, Del asks for removal.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

FocusScope {
    id: table

    property RecordView view
    property var columns: []
    property string name
    property string keyField: "id"
    property var openKey: undefined // the row that shows its details, by its key
    property bool selectable: false
    property bool folds: false // a row opens below itself
    property bool follows: false // the current row is the open one
    property bool headed: columns.length > 0
    property real rowHeight: Theme.row
    property Component delegate: TableRow {
    }
    property alias list: rows
    property alias currentIndex: rows.currentIndex
    property int revision: 0 // counts what changed in the view
    readonly property var current: {
        revision
        return view && currentIndex >= 0 && currentIndex < view.count ? view.at(currentIndex) : null
    }
    readonly property real lead: 16 + (selectable ? 34 : 0)
    readonly property real tail: folds ? 44 : 16
    property int anchor: -1 // where a range began
    readonly property real needs: header.height + rows.contentHeight // to show every row
    signal opened(record: var)
    signal removalAsked
    signal menuAsked(item: Item)
    signal keyed(event: var) // a letter that the page may know

    function toggleOpen(record: var): void {
        if (follows) {
            opened(record)
            return
        }
        openKey = openKey === record[keyField] ? undefined : record[keyField]
        opened(record)
    }
    function moveTo(row: int, extend: bool): void {
        if (!view || view.count === 0)
            return
        const to = Math.max(0, Math.min(view.count - 1, row))
        if (extend && selectable) {
            if (anchor < 0)
                anchor = Math.max(0, currentIndex)
            view.selectNone()
            view.selectRange(anchor, to)
        } else {
            anchor = to
        }
        rows.currentIndex = to
    }
    function clickRow(row: int, modifiers: int): void {
        rows.forceActiveFocus(Qt.MouseFocusReason)
        if (modifiers & Qt.ControlModifier && selectable)
            view.select(row, !view.isSelected(row))
        moveTo(row, !!(modifiers & Qt.ShiftModifier))
        if (!(modifiers & (Qt.ShiftModifier | Qt.ControlModifier)))
            toggleOpen(view.at(row))
    }
    function handle(event: var): void {
        const page = Math.max(1, Math.floor(rows.height / rowHeight) - 1)
        const shift = !!(event.modifiers & Qt.ShiftModifier)
        event.accepted = true
        if (event.key === Qt.Key_Down)
            moveTo(currentIndex + 1, shift)
        else if (event.key === Qt.Key_Up)
            moveTo(currentIndex - 1, shift)
        else if (event.key === Qt.Key_PageDown)
            moveTo(currentIndex + page, shift)
        else if (event.key === Qt.Key_PageUp)
            moveTo(currentIndex - page, shift)
        else if (event.key === Qt.Key_Home)
            moveTo(0, shift)
        else if (event.key === Qt.Key_End)
            moveTo(view.count - 1, shift)
        else if (event.matches(StandardKey.SelectAll) && selectable)
            view.selectAll()
        else if (event.key === Qt.Key_Space && selectable)
            view.select(currentIndex, !view.isSelected(currentIndex))
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && current)
            toggleOpen(current)
        else if (event.key === Qt.Key_Right && folds && current && openKey !== current[keyField])
            toggleOpen(current)
        else if (event.key === Qt.Key_Left && folds && openKey !== undefined)
            openKey = undefined
        else if (event.key === Qt.Key_Escape && selectable && view.selectedCount > 0)
            view.selectNone()
        else if (event.key === Qt.Key_Delete)
            removalAsked()
        else if (event.key === Qt.Key_Menu)
            menuAsked(rows.currentItem)
        else {
            event.accepted = false
            keyed(event)
        }
    }

    Connections {
        target: table.view

        function onRowsInserted(): void {
            ++table.revision
        }
        function onRowsRemoved(): void {
            ++table.revision
        }
        function onLayoutChanged(): void {
            ++table.revision
        }
        function onDataChanged(): void {
            ++table.revision
        }
        function onModelReset(): void {
            ++table.revision
        }
    }
    TableHeader {
        id: header

        visible: table.headed
        width: parent.width
        height: visible ? Math.round(40 * Theme.textScale) : 0
        table: table
    }
    ListView {
        id: rows

        readonly property DataTable table: table

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        clip: true
        model: table.view
        delegate: table.delegate
        reuseItems: true
        cacheBuffer: 400
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        currentIndex: 0
        highlightMoveDuration: 0
        Accessible.role: Accessible.Table
        Accessible.name: table.name
        Keys.onPressed: event => table.handle(event)
        T.ScrollBar.vertical: SlimScrollBar {
        }
    }
}
