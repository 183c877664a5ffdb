// How encrypted connections went in the last day: the share that failed hour by hour under the line of 10 %, the most frequent
// reasons; the same as a table.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    id: card

    property bool compact: false
    property bool asTable: false
    readonly property bool supported: handshakes.supported
    readonly property var hours: {
        handshakes.revision
        const found = new Map()
        for (let row = 0; row < handshakes.count; ++row) {
            const each = handshakes.at(row)
            const hour = found.get(each.at.getTime()) ?? { "at": each.at, "failed": 0, "total": 0, "value": 0 }
            hour.failed += each.failed
            hour.total += each.ok + each.resumed + each.failed
            hour.value = hour.total > 0 ? hour.failed / hour.total : 0
            found.set(each.at.getTime(), hour)
        }
        return [...found.values()].sort((a, b) => a.at - b.at)
    }
    readonly property var reasons: {
        handshakes.revision
        const found = new Map()
        for (let row = 0; row < handshakes.count; ++row) {
            for (const each of handshakes.at(row).reasons)
                found.set(each.reason, (found.get(each.reason) ?? 0) + each.count)
        }
        return [...found.entries()].sort((a, b) => b[1] - a[1]).slice(0, 4)
    }
    readonly property int failed: hours.reduce((sum, each) => sum + each.failed, 0)
    readonly property int total: hours.reduce((sum, each) => sum + each.total, 0)
    readonly property string summary: total === 0 ? qsTr("No encrypted connection in the last 24 hours") : qsTr("%1 of %2 failed in 24 hours").arg(Words.number(failed)).arg(Words.number(total))

    // What is known in plain words; the rest stays as the server names it.
    function reasonText(reason: string): string {
        return ({ "alert unknown_ca": qsTr("Do not trust our certificate"), "alert certificate_unknown": qsTr("Do not take our certificate"),
                  "alert bad_certificate": qsTr("Do not take our certificate"), "alert certificate_expired": qsTr("Find our certificate too old"),
                  "eof": qsTr("Gave up half way"), "timeout": qsTr("Went silent"), "plain text": qsTr("Did not speak TLS"),
                  "old version": qsTr("Know only old TLS"), "alert protocol_version": qsTr("Know only old TLS"),
                  "no shared cipher": qsTr("Have no cipher in common with us"), "unknown name": qsTr("Asked for another server") })[reason] ?? reason
    }
    function percent(share: real): string {
        return qsTr("%1 %").arg(Number(share * 100).toLocaleString(Qt.locale(), "f", share > 0 && share < 0.1 ? 1 : 0))
    }
    function describe(hour: var): string {
        return qsTr("%1: %2 of %3 failed").arg(Words.clock(hour.at)).arg(hour.failed).arg(hour.total)
    }

    title: qsTr("Encryption")
    trailing: ActionButton {
        objectName: "tlsTable"
        kind: "quiet"
        text: card.compact ? (card.asTable ? qsTr("Line") : qsTr("Table")) : card.asTable ? qsTr("Show as line") : qsTr("Show as table")
        onClicked: card.asTable = !card.asTable
    }

    RecordQuery {
        id: handshakes

        method: "tls.handshakes"
        topic: "status"
        pause: 5000
    }
    GridLayout {
        anchors.fill: parent
        columns: card.compact ? 1 : 2
        columnSpacing: Theme.s5
        rowSpacing: Theme.s2

        LineSeries {
            objectName: "tlsChart"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 600
            Layout.minimumHeight: 60
            visible: !card.asTable
            name: card.title
            summary: card.summary
            points: card.hours
            most: Math.max(0.2, ...card.hours.map(each => each.value))
            alarm: 0.1
            alarmText: qsTr("alarm at %1").arg(card.percent(0.1))
            axisText: value => card.percent(value)
            describe: hour => card.describe(hour)
        }
        SeriesTable {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 600
            visible: card.asTable
            name: card.title
            model: card.hours
            columns: [{ "title": qsTr("Hour"), "text": hour => Words.clock(hour.at) }, { "title": qsTr("Connections"), "text": hour => Words.number(hour.total) },
                      { "title": qsTr("Failed"), "text": hour => Words.number(hour.failed) }, { "title": qsTr("Share"), "text": hour => card.percent(hour.value) }]
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: card.compact ? 600 : 280
            Layout.alignment: Qt.AlignTop
            spacing: 6

            BodyText {
                Layout.fillWidth: true
                text: card.summary
                font.weight: Font.DemiBold
                font.pixelSize: card.compact ? Theme.caption : Theme.body
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
            Repeater {
                model: card.reasons.slice(0, card.compact ? 2 : 4)

                delegate: RowLayout {
                    id: line

                    required property var modelData

                    Layout.fillWidth: true
                    Accessible.role: Accessible.StaticText
                    Accessible.name: card.reasonText(modelData[0]) + ": " + modelData[1]

                    CaptionText {
                        Layout.fillWidth: true
                        text: card.reasonText(line.modelData[0])
                        Accessible.ignored: true
                    }
                    CaptionText {
                        text: Words.number(line.modelData[1])
                        tabular: true
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
