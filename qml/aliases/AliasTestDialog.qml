// Who would get a message to an alias, and who would not, and why: the server's own rules, nothing is sent.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

AppDialog {
    id: dialog

    property string address
    readonly property bool told: test.result.accepted !== undefined

    function openFor(alias: string): void {
        address = alias
        test.reset()
        from.clear()
        open()
    }
    function submit(): void {
        if (from.text.trim() !== "")
            test.start({ "address": address, "from": from.text.trim() })
    }

    objectName: "aliasTestDialog"
    title: qsTr("Who gets mail to %1?").arg(address)
    sentence: qsTr("Nothing is sent. The server answers what it would do with such a message.")
    onOpened: from.forceActiveFocus()

    ApiCall {
        id: test

        method: "aliases.test"
    }
    FormField {
        width: parent.width
        label: qsTr("A message from")
        problem: test.errorField === "from" ? test.errorText : ""

        RowLayout {
            width: parent.width

            TextEntry {
                id: from

                objectName: "testFrom"
                Layout.fillWidth: true
                placeholderText: "oma@gmx.example"
                Accessible.name: qsTr("A message from")
                onAccepted: dialog.submit()
            }
            ActionButton {
                objectName: "runTest"
                enabled: from.text.trim() !== "" && !test.busy
                text: qsTr("Test")
                onClicked: dialog.submit()
            }
        }
    }
    InfoWell {
        objectName: "testResult"
        visible: dialog.told
        width: parent.width
        glyph: test.result.accepted ? "ok" : "error"
        title: test.result.accepted ? qsTr("It would be taken") : qsTr("It would be turned away")
        text: test.result.accepted ? "" : test.result.why ?? ""
    }
    Column {
        visible: dialog.told && (test.result.members ?? []).length > 0
        width: parent.width
        spacing: Theme.s2

        Repeater {
            model: test.result.members ?? []

            delegate: RowLayout {
                id: member

                required property var modelData
                readonly property bool gets: modelData.fate === "delivered"

                width: parent?.width ?? 0
                spacing: Theme.s2
                Accessible.role: Accessible.StaticText
                Accessible.name: modelData.address + ": " + why.text

                StatusGlyph {
                    kind: member.gets ? "ok" : "off"
                }
                BodyText {
                    Layout.fillWidth: true
                    text: member.modelData.address
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                CaptionText {
                    id: why

                    text: ({ "delivered": qsTr("gets it"), "wrote-it": qsTr("wrote it, so gets no copy"), "inactive": qsTr("is disabled"), "full": qsTr("mailbox is full") })[member.modelData.fate] ?? member.modelData.why
                    Accessible.ignored: true
                }
            }
        }
    }
    ProblemLine {
        width: parent.width
        call: test
        fields: ["from"]
    }
    buttons: [
        ActionButton {
            kind: "primary"
            text: qsTr("Done")
            onClicked: dialog.close()
        }
    ]
}
