// Pauses all sending: for 15 minutes, an hour, or until somebody says. While it lasts, the button says until when and releases.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

ActionButton {
    id: button

    required property RecordQuery rules
    required property UndoBar undoBar
    readonly property var rule: {
        rules.revision
        return rules.find("everything", true)
    }
    readonly property bool held: rule.id !== undefined
    readonly property var spans: [{ "seconds": 900, "text": qsTr("15 minutes") }, { "seconds": 3600, "text": qsTr("1 hour") }, { "seconds": 0, "text": qsTr("Until I say") }]

    function open(): void {
        if (!held)
            menu.open()
    }
    function hold(seconds: int): void {
        menu.close()
        call.method = "holdRules.add"
        const params = { "everything": true, "note": "" }
        if (seconds > 0)
            params.lasts = seconds
        call.start(params)
    }
    function release(): void {
        call.method = "holdRules.remove"
        call.start({ "id": rule.id, "release": true })
    }

    objectName: "holdAll"
    iconName: held ? "play" : "pause"
    text: !held ? qsTr("Hold all mail") : rule.endsAt && rule.endsAt.getTime() > 0 ? qsTr("Held until %1 · Release").arg(Words.clock(rule.endsAt)) : qsTr("All mail is held · Release")
    Accessible.role: held ? Accessible.Button : Accessible.ButtonMenu
    onClicked: held ? release() : menu.open()

    ApiCall {
        id: call

        method: "holdRules.add"
        onDone: {
            button.rules.refresh()
            button.undoBar.tell(method === "holdRules.add" ? qsTr("All outgoing mail is held.") : qsTr("Mail flows again."),
                                method === "holdRules.add" ? () => button.release() : null)
        }
        onFailed: button.undoBar.warn(errorText, errorHint)
    }
    T.Popup {
        id: menu

        x: button.width - width
        y: button.height + 4
        width: 316 * Theme.textScale
        implicitHeight: contentItem.implicitHeight + 16
        padding: 8
        focus: true
        onOpened: (list.itemAt(0) as Item).forceActiveFocus(Qt.TabFocusReason)

        background: Rectangle {
            radius: 12
            color: Theme.surface
            border.width: 1
            border.color: Theme.controlBorder
            Accessible.role: Accessible.PopupMenu
            Accessible.name: qsTr("Hold all mail")
        }
        contentItem: ColumnLayout {
            spacing: 2

            ColumnLayout {
                Layout.fillWidth: true
                Layout.margins: 10
                spacing: 4

                BodyText {
                    text: qsTr("Hold all mail")
                    font.pixelSize: Theme.section
                    font.weight: Font.DemiBold
                }
                CaptionText {
                    Layout.fillWidth: true
                    text: qsTr("People can go on writing. Nothing leaves until you release it or the time is up.")
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                }
            }
            Divider {
                Layout.fillWidth: true
                Layout.bottomMargin: 4
            }
            Repeater {
                id: list

                model: button.spans

                delegate: T.ItemDelegate {
                    id: span

                    required property int index
                    required property var modelData

                    objectName: "hold-" + modelData.seconds
                    Layout.fillWidth: true
                    implicitHeight: Math.round(40 * Theme.textScale)
                    text: modelData.text
                    focusPolicy: Qt.StrongFocus
                    Accessible.role: Accessible.MenuItem
                    Accessible.name: text
                    Keys.onReturnPressed: click()
                    Keys.onDownPressed: (list.itemAt(index + 1) as Item)?.forceActiveFocus(Qt.TabFocusReason)
                    Keys.onUpPressed: (list.itemAt(index - 1) as Item)?.forceActiveFocus(Qt.TabFocusReason)
                    onClicked: button.hold(modelData.seconds)

                    background: Rectangle {
                        radius: 8
                        color: span.hovered || span.activeFocus ? Theme.selected : "transparent"
                    }
                    contentItem: RowLayout {
                        spacing: Theme.s3

                        Icon {
                            Layout.leftMargin: 10
                            name: span.modelData.seconds > 0 ? "clock" : "pause"
                        }
                        BodyText {
                            Layout.fillWidth: true
                            text: span.text
                        }
                        CaptionText {
                            Layout.rightMargin: 10
                            visible: span.modelData.seconds > 0
                            text: qsTr("until %1").arg(Words.clock(new Date(Words.now.getTime() + span.modelData.seconds * 1000)))
                        }
                    }
                }
            }
        }
    }
}
