// Add a device: kinds at the left, the one fitting way at the right. It waits until the device has signed in and says so.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

T.Popup {
    id: dialog

    property string account
    property string kind: "thunderbird"
    property bool password: false // an app password instead of a key
    property string deviceId
    readonly property var person: Daemon.accounts.find("address", account)
    readonly property string whose: person.name || account
    readonly property bool slim: width < 640 * Theme.textScale
    readonly property bool keys: Daemon.can("tlspubkey.add")
    readonly property DeviceCatalog catalog: DeviceCatalog {
    }
    readonly property var kinds: catalog.kinds
    readonly property var chosen: kinds.find(each => each.name === kind)
    readonly property bool withKey: keys && chosen.usesKey && !password
    readonly property string deviceName: qsTr("%1 (%2)").arg(whose).arg(chosen.text)
    signal added(id: string)

    // With a kind of which the codes are scanned they are there at once: choosing it was the question.
    function openFor(address: string, kindName: string): void {
        account = address || (Daemon.accounts.at(0).address ?? "")
        password = false
        deviceId = ""
        kind = kindName || "thunderbird"
        open()
        if (kindName !== "" && way.byLink)
            way.makeKey()
    }
    function choose(name: string): void {
        if (deviceId !== "")
            return
        kind = name
        password = false
    }

    objectName: "addDeviceDialog"
    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min((parent?.width ?? 800) - 32, 800 * Theme.textScale)
    height: Math.min((parent?.height ?? 600) - 32, 650 * Theme.textScale)
    padding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    onClosed: way.forget()

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: 16
        color: Theme.surface
        border.width: 1
        border.color: Theme.divider
        Accessible.role: Accessible.Dialog
        Accessible.name: head.text
    }
    contentItem: ColumnLayout {
        objectName: "addDeviceDialog-form"
        LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
        LayoutMirroring.childrenInherit: true
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 14
            Layout.leftMargin: 24

            BodyText {
                id: head

                Layout.fillWidth: true
                text: qsTr("Add a device for %1").arg(dialog.whose)
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Choice {
                objectName: "deviceOwner"
                visible: Daemon.accounts.count > 1 && dialog.deviceId === ""
                name: qsTr("Whose device")
                value: dialog.account
                model: {
                    const all = []
                    for (let row = 0; row < Daemon.accounts.count; ++row) {
                        const each = Daemon.accounts.at(row)
                        if (each.state !== "removed")
                            all.push({ "value": each.address, "text": each.name || each.address })
                    }
                    return all
                }
                onChosen: value => dialog.account = value
            }
            ActionButton {
                kind: "quiet"
                iconName: "x"
                Accessible.name: qsTr("Close")
                onClicked: dialog.close()
            }
        }
        Divider {
            Layout.fillWidth: true
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            Rectangle {
                Layout.preferredWidth: dialog.slim ? 64 : 248 * Theme.textScale
                Layout.fillHeight: true
                color: Theme.sunken

                Flickable {
                    anchors.fill: parent
                    anchors.margins: 12
                    contentHeight: kindList.height
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    T.ScrollBar.vertical: SlimScrollBar {
                    }

                    DeviceKinds {
                        id: kindList

                        width: parent.width
                        brief: dialog.slim
                        kinds: dialog.kinds
                        current: dialog.kind
                        enabled: dialog.deviceId === ""
                        onChosen: name => dialog.choose(name)
                    }
                }
            }
            Rectangle {
                Layout.preferredWidth: 1
                Layout.fillHeight: true
                color: Theme.divider
            }
            DeviceWay {
                id: way

                Layout.fillWidth: true
                Layout.fillHeight: true
                account: dialog.account
                whose: dialog.whose
                person: dialog.person.name ?? ""
                kind: dialog.chosen
                withKey: dialog.withKey
                deviceName: dialog.deviceName
                canKey: dialog.keys && dialog.chosen.usesKey
                onPasswordAsked: yes => dialog.password = yes
                onMade: id => {
                    dialog.deviceId = id
                    dialog.added(id)
                }
            }
        }
        Divider {
            Layout.fillWidth: true
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 13
            Layout.leftMargin: 24
            Layout.rightMargin: 22
            spacing: Theme.s2

            CaptionText {
                Layout.fillWidth: true
                text: qsTr("One key or password for each device; you can revoke each on its own.")
                wrapMode: Text.WordWrap
                maximumLineCount: 2
            }
            ActionButton {
                objectName: "deviceDone"
                kind: dialog.deviceId !== "" ? "primary" : "secondary"
                text: dialog.deviceId !== "" ? qsTr("Done") : qsTr("Cancel")
                onClicked: dialog.close()
            }
        }
    }
}
