// What the monitor tells of, and the hours in which it keeps quiet.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    id: card

    readonly property bool quiet: Preferences.quietFrom !== Preferences.quietUntil
    readonly property var hours: [...Array(24).keys()].map(each => ({ "value": each, "text": Words.clock(new Date(2000, 0, 1, each)) }))
    readonly property var categories: [{ "name": "server", "text": qsTr("The server does not answer") }, { "name": "mail", "text": qsTr("Mail does not flow") },
                                       { "name": "storage", "text": qsTr("A mailbox is full") }, { "name": "stuck", "text": qsTr("Mail is stuck for hours") },
                                       { "name": "certificate", "text": qsTr("A certificate ends") }, { "name": "tls", "text": qsTr("Encrypted connections fail") },
                                       { "name": "device", "text": qsTr("A new device signs in") }, { "name": "guessing", "text": qsTr("An unknown key, or passwords are guessed") }]

    function mute(name: string, muted: bool): void {
        const others = Preferences.muted.filter(each => each !== name)
        Preferences.muted = muted ? [...others, name] : others
    }

    implicitHeight: all.implicitHeight + 68
    title: qsTr("Notifications")

    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s4

        CaptionText {
            Layout.fillWidth: true
            text: qsTr("The monitor tells of these when they begin, at most four times a day each.")
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s2

            Repeater {
                model: card.categories

                delegate: ChipTick {
                    required property var modelData

                    objectName: "tell-" + modelData.name
                    text: modelData.text
                    checked: !Preferences.muted.includes(modelData.name)
                    onClicked: card.mute(modelData.name, checked)
                }
            }
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Quiet hours")
            help: qsTr("What happens then is told at their end, if it still matters.")

            Toggle {
                objectName: "quietHours"
                text: qsTr("Quiet hours")
                checked: card.quiet
                onClicked: checked ? Preferences.setQuiet(0, 0) : Preferences.setQuiet(22, 7)
            }
        }
        RowLayout {
            visible: card.quiet
            spacing: Theme.s2

            Choice {
                objectName: "quietFrom"
                implicitWidth: 120 * Theme.textScale
                name: qsTr("Quiet from")
                value: Preferences.quietFrom
                model: card.hours.filter(each => each.value !== Preferences.quietUntil)
                onChosen: value => Preferences.setQuiet(value, Preferences.quietUntil)
            }
            CaptionText {
                text: qsTr("to")
            }
            Choice {
                objectName: "quietUntil"
                implicitWidth: 120 * Theme.textScale
                name: qsTr("Quiet until")
                value: Preferences.quietUntil
                model: card.hours.filter(each => each.value !== Preferences.quietFrom)
                onChosen: value => Preferences.setQuiet(Preferences.quietFrom, value)
            }
        }
    }
}
