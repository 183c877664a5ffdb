// The rows of a SettingsForm: a switch, a choice or a field for each, as its kind says.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

ColumnLayout {
    id: rows

    required property SettingsForm form

    spacing: Theme.s4

    Repeater {
        model: rows.form

        delegate: SettingRow {
            id: row

            required label
            required help
            required property int index
            required property string name
            required property string kind
            required property var value
            required property string shown
            required property var options
            required property bool changed

            Layout.fillWidth: true
            problem: rows.form?.problemField === name ? rows.form.problem : "" // the form may go first

            Loader {
                sourceComponent: row.kind === "switch" ? toggle : row.kind === "choice" ? choice : field
            }
            Component {
                id: toggle

                Toggle {
                    objectName: "setting-" + row.name
                    text: row.label
                    checked: row.value
                    onClicked: rows.form.edit(row.index, checked)
                }
            }
            Component {
                id: choice

                Choice {
                    objectName: "setting-" + row.name
                    name: row.label
                    value: row.value
                    model: row.options.map(each => ({ "value": each, "text": each }))
                    onChosen: value => rows.form.edit(row.index, value)
                }
            }
            Component {
                id: field

                TextEntry {
                    objectName: "setting-" + row.name
                    implicitWidth: 220 * Theme.textScale
                    text: row.shown
                    bad: row.problem !== ""
                    Accessible.name: row.label
                    onEditingFinished: rows?.form?.edit(row.index, text) // also when the page goes
                    onAccepted: {
                        rows.form.edit(row.index, text)
                        rows.form.save()
                    }
                }
            }
        }
    }
    RowLayout {
        visible: rows.form?.dirty ?? false
        Layout.alignment: Qt.AlignRight
        spacing: Theme.s2

        ActionButton {
            text: qsTr("Discard")
            onClicked: rows.form.revert()
        }
        ActionButton {
            objectName: "saveSettings"
            kind: "primary"
            enabled: !(rows.form?.busy ?? true)
            text: qsTr("Save")
            onClicked: rows.form.save()
        }
    }
    CaptionText {
        visible: text !== "" && rows.form?.problemField === ""
        text: rows.form?.problem ?? ""
        color: Theme.error
    }
}
