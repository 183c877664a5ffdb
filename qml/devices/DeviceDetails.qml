// The selected key or app password: what is known of it, its latest sign-ins, how it is revoked.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property var device
    required property UndoBar undoBar
    property string glyph: "ok"
    property string whose
    readonly property bool isKey: device.kind === "key"
    readonly property string used: device.lastUsedAt ? Words.ago(device.lastUsedAt, Words.now) : "" // nothing is open yet: nothing is known of it
    readonly property var states: ({ "ok": qsTr("Active, used %1").arg(used), "never": qsTr("Never used"), "idle": qsTr("Idle since %1").arg(used) })
    signal closed
    signal revokeAsked

    RecordQuery {
        id: signIns

        method: "signIns.list"
        params: ({ "account": card.device.account ?? "", "most": 200 })
        active: card.visible
    }
    RecordView {
        id: latest

        source: signIns
        sortField: "lastAt"
        descending: true
        only: ({ "device": [card.device.id ?? ""] })
    }
    ApiCall {
        id: update

        method: "tlspubkey.update"
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    Flickable {
        anchors.fill: parent
        contentHeight: all.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        ColumnLayout {
            id: all

            width: parent.width - 10
            spacing: Theme.s4

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s3

                Rectangle {
                    implicitWidth: 40
                    implicitHeight: 40
                    radius: 8
                    color: Theme.sunken
                    border.width: 1
                    border.color: Theme.divider

                    Icon {
                        anchors.centerIn: parent
                        name: card.isKey ? "key" : "lock"
                    }
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    BodyText {
                        Layout.fillWidth: true
                        text: card.device.name || qsTr("Unnamed")
                        font.pixelSize: Theme.section
                        font.weight: Font.DemiBold
                        Accessible.role: Accessible.Heading
                        Accessible.name: text
                    }
                    RowLayout {
                        spacing: 6

                        StatusGlyph {
                            kind: card.glyph
                            size: 14
                        }
                        CaptionText {
                            Layout.fillWidth: true
                            text: card.states[card.glyph] ?? ""
                        }
                    }
                }
                ActionButton {
                    Layout.alignment: Qt.AlignTop
                    kind: "quiet"
                    iconName: "x"
                    Accessible.name: qsTr("Close")
                    onClicked: card.closed()
                }
            }
            Divider {
                Layout.fillWidth: true
            }
            FactList {
                Layout.fillWidth: true
                facts: [{ "name": qsTr("Belongs to"), "value": card.whose },
                        { "name": qsTr("Signs in by"), "value": card.isKey ? qsTr("Key (%1)").arg(card.device.type) : qsTr("App password") },
                        { "name": qsTr("As"), "value": card.device.loginAddress ?? "" },
                        { "name": qsTr("Mail app"), "value": card.device.lastUsedBy ?? "" },
                        { "name": qsTr("Made"), "value": card.device.createdAt ? Words.when(card.device.createdAt) : "" },
                        { "name": qsTr("Last from"), "value": card.device.lastUsedFrom ?? "" }]
            }
            CopyField {
                Layout.fillWidth: true
                visible: card.isKey
                name: qsTr("Fingerprint")
                value: "SHA256:" + (card.device.fingerprint ?? "")
            }
            InfoWell {
                Layout.fillWidth: true
                visible: card.isKey && (card.device.preauthSignIns ?? 0) > 0 && !card.device.noImapPreauth
                glyph: "warn"
                title: qsTr("This device signs in twice")
                text: qsTr("It gets on better when the server does not greet it as signed in already.")

                ActionButton {
                    objectName: "compat"
                    small: true
                    text: qsTr("Help it")
                    onClicked: update.start({ "fingerprint": card.device.fingerprint, "noImapPreauth": true })
                }
            }
            BodyText {
                visible: latest.count > 0
                text: qsTr("Latest sign-ins")
                font.weight: Font.DemiBold
            }
            Repeater {
                model: Math.min(5, latest.count)

                delegate: RowLayout {
                    id: line

                    required property int index
                    readonly property var entry: latest.at(index)

                    Layout.fillWidth: true
                    spacing: Theme.s3

                    CaptionText {
                        text: Words.ago(line.entry.lastAt, Words.now)
                    }
                    CaptionText {
                        Layout.fillWidth: true
                        text: line.entry.service === "imap" ? qsTr("reads mail") : qsTr("sends mail")
                        color: Theme.text
                    }
                    CaptionText {
                        text: line.entry.from ?? ""
                    }
                }
            }
            CaptionText {
                Layout.fillWidth: true
                text: qsTr("Lost or sold? Revoking ends its sessions at once. Mail stays.")
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
            ActionButton {
                objectName: "revoke"
                Layout.fillWidth: true
                kind: "danger"
                iconName: "x"
                text: qsTr("Revoke…")
                onClicked: card.revokeAsked()
            }
        }
    }
}
