// Devices & keys: every key and app password of everyone, keys that were seen, and the selected one explained.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Page {
    id: page

    required property UndoBar undoBar
    readonly property bool slim: width < 820 * Theme.textScale
    readonly property var current: devices.revision < 0 || table.openKey === undefined ? null : devices.find("id", table.openKey)

    function perform(intent: string, argument: string): void {
        if (intent === "add")
            add.openFor(argument.split(" ")[0], argument.split(" ")[1] ?? "") // "ADDRESS KIND"
        else if (intent === "open")
            table.openKey = argument
    }
    function whose(address: string): string {
        return Daemon.accounts.find("address", address).name || address
    }
    function showAll(): void {
        filter.clear()
        chips.current = "all"
    }
    function revoke(device: var): void {
        const back = device.kind === "key" ? qsTr("You can undo it for 30 seconds.") : qsTr("An app password cannot be brought back; a new one can be made.")
        ask.about(qsTr("Revoke %1?").arg(device.name), qsTr("Its sessions end at once. Mail stays.") + " " + back, qsTr("Revoke"), () => revocation.begin(device))
    }

    RecordQuery {
        id: devices

        method: "devices.list"
        topic: "devices"
    }
    RecordQuery {
        id: seen

        method: "seenKeys.list"
        topic: "devices"
    }
    RecordView {
        id: shown

        source: devices
        sortField: "lastUsedAt"
        descending: true
        text: filter.text
        textFields: ["name", "account", "lastUsedBy"]
        only: chips.only
    }
    Revocation {
        id: revocation

        undoBar: page.undoBar
        onChanged: devices.refresh()
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Devices & keys")
        sentence: qsTr("Each device has its own key or app password. Revoke one, the others go on.")
        actions: [
            SearchField {
                id: filter

                objectName: "filter"
                visible: devices.count > 0 && !page.slim
                width: 220 * Theme.textScale
                placeholderText: qsTr("Filter devices")
                below: table.list
            },
            ActionButton {
                objectName: "addDevice"
                visible: devices.count > 0
                kind: "primary"
                iconName: "plus"
                text: qsTr("Add a device")
                onClicked: add.openFor("", "")
            }
        ]
    }
    Column {
        id: top

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: 14
        spacing: 10

        SeenKeysCard {
            objectName: "seenKeys"
            width: parent.width
            seen: seen
            undoBar: page.undoBar
            onAdopted: devices.refresh()
        }
        DeviceChips {
            id: chips

            width: parent.width
            visible: devices.count > 0
            devices: devices
        }
    }
    Card {
        id: listCard

        readonly property real room: page.height - y - 24

        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.top: top.bottom
        anchors.topMargin: 14
        height: page.current === null ? Math.min(room, table.needs + 8) : room
        width: page.slim || page.current === null ? parent.width - 48 : Math.round((parent.width - 48) * 0.66)
        visible: shown.count > 0
        pad: 0

        DeviceTable {
            id: table

            objectName: "deviceTable"
            anchors.fill: parent
            anchors.bottomMargin: 8
            focus: true
            view: shown
            slim: page.slim
            whose: page.whose
            glyphOf: chips.glyphOf
            onRemovalAsked: if (current) page.revoke(current)
            onRevokeAsked: device => page.revoke(device)
        }
    }
    DeviceDetails {
        anchors.left: page.slim ? listCard.left : listCard.right
        anchors.leftMargin: page.slim ? 0 : 16
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.top: listCard.top
        anchors.bottom: listCard.bottom
        visible: page.current !== null && page.current.id !== undefined && shown.count > 0
        device: page.current ?? ({})
        glyph: page.current?.id ? chips.glyphOf(page.current) : "ok"
        whose: page.current?.id ? page.whose(page.current.account) : ""
        undoBar: page.undoBar
        onClosed: table.openKey = undefined
        onRevokeAsked: page.revoke(page.current)
    }
    EmptyState {
        objectName: "noDevices"
        anchors.centerIn: parent
        visible: devices.count === 0 && devices.loaded
        iconName: "key"
        title: qsTr("No device yet")
        sentence: qsTr("A key or an app password for each device: when one is lost, only that one is revoked.")
        action: ActionButton {
            objectName: "addDevice"
            kind: "primary"
            iconName: "plus"
            text: qsTr("Add a device")
            onClicked: add.openFor("", "")
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: devices.count > 0 && shown.count === 0
        iconName: "search"
        title: qsTr("No device like this")
        action: ActionButton {
            text: qsTr("Show all")
            onClicked: page.showAll()
        }
    }
    ConfirmSheet {
        id: ask
    }
    AddDeviceDialog {
        id: add

        onAdded: id => {
            devices.refresh()
            table.openKey = id
        }
    }
}
