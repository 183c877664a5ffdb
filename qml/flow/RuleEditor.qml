// A new hold rule: what it names at the left, what it would hold now and would have held at the right, counted by the server with
// the same evaluation while one types.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

FocusScope {
    id: editor

    readonly property bool slim: width < 760 * Theme.textScale
    signal closed
    signal saved(count: int)

    function begin(): void {
        note.clear()
        conditions.clear()
        lasts.value = 0
        save.reset()
        visible = true
        note.forceActiveFocus()
    }
    function submit(): void {
        const params = Object.assign({ "note": note.text.trim() }, conditions.values)
        if (lasts.value > 0)
            params.lasts = lasts.value
        save.start(params)
    }

    Keys.onEscapePressed: closed()

    ApiCall {
        id: save

        method: "holdRules.add"
        onDone: result => {
            editor.closed()
            editor.saved(result.count)
        }
    }
    RecordQuery {
        id: preview

        method: "holdRules.test"
        params: conditions.values
        active: editor.visible
        pause: 250
        topic: "queue"
    }
    Shortcut {
        sequences: [StandardKey.Save]
        enabled: editor.visible
        onActivated: editor.submit()
    }
    T.ScrollView {
        id: scroller

        anchors.fill: parent
        contentWidth: availableWidth
        contentHeight: grid.implicitHeight
        T.ScrollBar.vertical: SlimScrollBar {
            parent: scroller
            anchors.right: parent.right
            height: parent.height
        }

        GridLayout {
            id: grid

            width: scroller.availableWidth
            columns: editor.slim ? 1 : 2
            columnSpacing: Theme.s4
            rowSpacing: Theme.s4

            Card {
                Layout.fillWidth: true
                Layout.preferredWidth: 540
                Layout.alignment: Qt.AlignTop
                implicitHeight: form.implicitHeight + 78
                title: qsTr("The rule")

                ColumnLayout {
                    id: form

                    width: parent.width
                    spacing: 14

                    RuleField {
                        id: note

                        label: qsTr("Name")
                        hint: qsTr("Why it holds")
                        objectName: "note"
                    }
                    BodyText {
                        Layout.topMargin: 4
                        text: qsTr("Hold a message when all of these fit")
                        font.weight: Font.DemiBold
                    }
                    RuleConditions {
                        id: conditions

                        Layout.fillWidth: true
                        accountProblem: preview.problem
                    }
                    RowLayout {
                        spacing: Theme.s3

                        BodyText {
                            text: qsTr("Let it go")
                            font.weight: Font.DemiBold
                        }
                        Choice {
                            id: lasts

                            name: qsTr("Let it go")
                            value: 0
                            model: [{ "value": 0, "text": qsTr("when someone releases it") }, { "value": 3600, "text": qsTr("in an hour") },
                                    { "value": 8 * 3600, "text": qsTr("in 8 hours") }, { "value": 24 * 3600, "text": qsTr("in a day") },
                                    { "value": 7 * 24 * 3600, "text": qsTr("in a week") }]
                            implicitWidth: 240 * Theme.textScale
                            onChosen: value => lasts.value = value
                        }
                    }
                    ProblemLine {
                        Layout.fillWidth: true
                        call: save
                    }
                    RowLayout {
                        Layout.alignment: Qt.AlignRight
                        spacing: Theme.s2

                        ActionButton {
                            text: qsTr("Cancel")
                            onClicked: editor.closed()
                        }
                        ActionButton {
                            objectName: "saveRule"
                            kind: "primary"
                            enabled: !save.busy
                            text: qsTr("Save rule")
                            onClicked: editor.submit()
                        }
                    }
                }
            }
            RulePreview {
                Layout.fillWidth: true
                Layout.preferredWidth: 380
                Layout.alignment: Qt.AlignTop
                preview: preview
                everything: conditions.values.everything === true
            }
        }
    }
}
