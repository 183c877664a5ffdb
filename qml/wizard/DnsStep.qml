// The DNS records of the domain, each to be copied, all of them as a zone file. The first three are enough for mail to flow.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    required property string domain
    required property var records
    readonly property bool local: Daemon.status.local ?? false
    signal next

    function zone(): string {
        return records.map(each => each.name + ".\t3600\tIN\t" + each.type + "\t" + (each.type === "TXT" ? '"' + each.value + '"' : each.value)).join("\n") + "\n"
    }

    title: qsTr("Add these records for %1").arg(domain)
    sentence: local ? qsTr("In a playground nobody looks them up; a real server needs them.") : qsTr("At the company that runs your DNS. Come back to them any time.")
    nextText: local ? qsTr("Continue") : qsTr("Continue, I do it later")
    onGoAsked: next()
    Component.onCompleted: forceActiveFocus()

    extra: [
        ActionButton {
            objectName: "copyZone"
            kind: "quiet"
            iconName: "copy"
            text: qsTr("Copy as zone file")
            onClicked: {
                Words.copy(step.zone())
                Accessible.announce(qsTr("Copied"))
            }
        }
    ]

    Card {
        Layout.fillWidth: true
        implicitHeight: rows.implicitHeight + 2
        pad: 0

        ColumnLayout {
            id: rows

            width: parent.width
            spacing: 0

            Repeater {
                model: step.records

                delegate: DnsRow {
                    required property var modelData
                    required property int index

                    Layout.fillWidth: true
                    record: modelData
                    last: index === step.records.length - 1
                }
            }
        }
    }
}
