// What can be done to the ticked messages; what does not fit goes into "more".
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Item {
    id: bar

    required property RecordView view
    required property bool held
    required property QueueActions actions
    readonly property bool some: view.selectedCount > 0
    readonly property bool brief: width < 760 * Theme.textScale
    readonly property var ids: () => view.selected("id")

    implicitHeight: Math.round(48 * Theme.textScale)
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("What to do with the selected mail")

    Rectangle {
        anchors.fill: parent
        anchors.margins: 1
        topLeftRadius: Theme.radiusCard - 1
        topRightRadius: Theme.radiusCard - 1
        color: bar.some ? Theme.selected : "transparent"
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 16
        anchors.rightMargin: 12
        spacing: Theme.s2

        TickBox {
            objectName: "selectAll"
            checkable: false
            checked: bar.some && bar.view.selectedCount === bar.view.count
            partial: bar.some && !checked
            Accessible.name: qsTr("Select all")
            onClicked: checked ? bar.view.selectNone() : bar.view.selectAll()
        }
        BodyText {
            Layout.leftMargin: 6
            Layout.rightMargin: 8
            Layout.fillWidth: !bar.some
            text: bar.some ? qsTr("%n selected", "", bar.view.selectedCount) : qsTr("%Ln message(s)", "", bar.view.count)
            font.weight: Font.DemiBold
        }
        ActionButton {
            objectName: "bulkRetry"
            visible: bar.some && !bar.held
            small: true
            iconName: "refresh"
            text: qsTr("Try now")
            onClicked: bar.actions.retry(bar.ids())
        }
        ActionButton {
            objectName: "bulkHold"
            visible: bar.some
            small: true
            iconName: bar.held ? "play" : "pause"
            text: bar.held ? qsTr("Release") : qsTr("Hold")
            onClicked: bar.held ? bar.actions.release(bar.ids()) : bar.actions.hold(bar.ids())
        }
        ActionButton {
            objectName: "bulkFail"
            visible: bar.some && !bar.brief && Daemon.can("queue.fail")
            small: true
            iconName: "reply"
            text: qsTr("Tell the sender")
            onClicked: bar.actions.fail(bar.ids())
        }
        ActionButton {
            objectName: "bulkTls"
            visible: bar.some && !bar.brief && Daemon.can("queue.requireTls")
            small: true
            iconName: "lock"
            text: qsTr("Require TLS")
            onClicked: bar.actions.requireTls(bar.ids())
        }
        ActionButton {
            objectName: "bulkDrop"
            visible: bar.some && !bar.brief
            small: true
            kind: "danger"
            iconName: "trash"
            text: qsTr("Drop")
            onClicked: bar.actions.drop(bar.ids())
        }
        ActionButton {
            id: more

            objectName: "bulkMore"
            visible: bar.some && bar.brief
            small: true
            iconName: "more"
            Accessible.name: qsTr("More")
            onClicked: menu.popup(more, 0, more.height)
        }
        Item {
            visible: bar.some
            Layout.fillWidth: true
        }
        ActionButton {
            visible: bar.some
            kind: "quiet"
            small: true
            text: qsTr("Clear")
            onClicked: bar.view.selectNone()
        }
    }
    AppMenu {
        id: menu

        AppMenuItem {
            iconName: "reply"
            text: qsTr("Tell the sender")
            enabled: Daemon.can("queue.fail")
            onTriggered: bar.actions.fail(bar.ids())
        }
        AppMenuItem {
            iconName: "lock"
            text: qsTr("Require TLS")
            enabled: Daemon.can("queue.requireTls")
            onTriggered: bar.actions.requireTls(bar.ids())
        }
        AppMenuItem {
            iconName: "trash"
            danger: true
            text: qsTr("Drop")
            onTriggered: bar.actions.drop(bar.ids())
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
