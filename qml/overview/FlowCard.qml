// Mail of the last 24 hours: stacked bars by the hour, or the same as a table.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Card {
    id: card

    property list<var> flow
    property bool asTable: false
    readonly property var series: [
        { "field": "received", "label": qsTr("received"), "ink": Theme.received, "mark": 2 },
        { "field": "sent", "label": qsTr("sent"), "ink": Theme.sent, "mark": 6 },
        { "field": "junk", "label": qsTr("junk"), "ink": Theme.junk, "mark": 2 },
        { "field": "failed", "label": qsTr("failed"), "ink": Theme.failed, "mark": 0, "turned": true }
    ]
    readonly property var totals: series.map(each => flow.reduce((sum, at) => sum + at[each.field], 0))
    readonly property string summary: qsTr("%1 received, %2 sent, %3 junk, %4 failed in the last 24 hours").arg(totals[0]).arg(totals[1]).arg(totals[2]).arg(totals[3])

    title: qsTr("Mail, last 24 hours")
    trailing: ActionButton {
        objectName: "flowTable"
        kind: "quiet"
        text: card.asTable ? qsTr("Show as bars") : qsTr("Show as table")
        onClicked: card.asTable = !card.asTable
    }

    SeriesLegend {
        id: legend

        width: parent.width
        model: card.series.map((each, i) => Object.assign({ "total": card.totals[i] }, each)).filter((each, i) => i < 2 || each.total > 0)
    }
    FlowChart {
        objectName: "flowChart"
        visible: !card.asTable
        anchors.top: legend.bottom
        anchors.topMargin: 18
        anchors.bottom: parent.bottom
        width: parent.width
        flow: card.flow
        series: card.series
        name: card.title
        summary: card.summary
    }
    SeriesTable {
        visible: card.asTable
        anchors.top: legend.bottom
        anchors.topMargin: 10
        anchors.bottom: parent.bottom
        width: parent.width
        name: card.title
        model: card.asTable ? card.flow : []
        columns: [{ "title": qsTr("Hour"), "text": at => Words.clock(at.at) }].concat(card.series.map(each => ({ "title": each.label, "text": at => Words.number(at[each.field]) })))
    }
}
