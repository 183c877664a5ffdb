// Security: how encrypted connections go, who signed in and who tried, which ports are open.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Page {
    id: page

    property string filterName: "all"
    readonly property bool slim: width < 800 * Theme.textScale
    readonly property var names: ({ "ok": qsTr("Signed in"), "badCredentials": qsTr("Wrong password"), "badChannelBinding": qsTr("Connection was tampered with"),
                                    "unknownKey": qsTr("Unknown key"), "otherAccount": qsTr("Key of somebody else"), "tooMany": qsTr("Too many tries"),
                                    "protocolError": qsTr("Did not finish"), "inPreauth": qsTr("Was signed in already") })

    function perform(intent: string, argument: string): void {
    }
    function countOf(failed: bool): int {
        let all = 0
        for (let row = 0; row < signIns.count; ++row)
            all += (signIns.at(row).result !== "ok") === failed ? 1 : 0
        return all
    }

    RecordQuery {
        id: signIns

        method: "signIns.list"
        params: ({ "most": 500 })
        topic: "status"
        pause: 1000
    }
    RecordView {
        id: shown

        source: signIns
        sortField: "lastAt"
        descending: true
        except: page.filterName === "failed" ? ({ "result": "ok" }) : ({})
        text: filter.text
        textFields: ["login", "account", "from", "client"]
    }
    PageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 24
        y: 24
        title: qsTr("Security")
        sentence: signIns.count === 0 ? qsTr("Nobody has signed in yet.") : page.countOf(true) === 0 ? qsTr("Every sign-in went well.") : qsTr("%n kind(s) of sign-in did not work.", "", page.countOf(true))
        actions: [
            SearchField {
                id: filter

                objectName: "filter"
                visible: signIns.count > 0 && !page.slim
                width: 240 * Theme.textScale
                placeholderText: qsTr("Filter sign-ins")
                below: table.list
            }
        ]
    }
    TlsCard {
        id: tls

        objectName: "tls"
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.top: header.bottom
        anchors.topMargin: visible ? 16 : 0
        width: certificates.visible ? Math.round((page.width - 48 - 16) * 0.64) : page.width - 48
        visible: supported && page.height > 480
        height: visible ? Math.round(230 * Theme.textScale) : 0
    }
    CertificatesCard {
        id: certificates

        objectName: "certificates"
        anchors.left: tls.right
        anchors.leftMargin: 16
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.top: tls.top
        height: tls.height
        visible: tls.visible && !page.slim && certificates.certificates.length > 0
    }
    FilterChips {
        id: chips

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        anchors.top: tls.bottom
        anchors.topMargin: 16
        visible: signIns.count > 0
        name: qsTr("Which sign-ins")
        current: page.filterName
        model: {
            signIns.revision
            return [{ "name": "all", "text": qsTr("All sign-ins"), "count": signIns.count }, { "name": "failed", "text": qsTr("Did not work"), "count": page.countOf(true) }]
        }
        onChosen: name => page.filterName = name
    }
    Card {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        anchors.top: chips.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        visible: shown.count > 0
        pad: 0

        DataTable {
            id: table

            objectName: "signInTable"
            anchors.fill: parent
            anchors.bottomMargin: 8
            focus: true
            view: shown
            name: qsTr("Sign-ins")
            keyField: "lastAt"
            columns: {
                const all = [{ "title": qsTr("Name given"), "field": "login", "weight": 2.2 },
                             { "title": qsTr("How it went"), "field": "result", "weight": 1.6, "text": each => page.names[each.result] ?? each.result, "ink": each => each.result === "ok" ? Theme.ok : Theme.error },
                             { "title": qsTr("How"), "field": "mechanism", "weight": 1.4, "text": each => each.service + " · " + each.mechanism },
                             { "title": qsTr("From"), "field": "from", "weight": 1.4, "text": each => each.from },
                             { "title": qsTr("Times"), "field": "count", "weight": 0.6, "end": true, "text": each => Words.number(each.count) },
                             { "title": qsTr("Last"), "field": "lastAt", "weight": 1.1, "text": each => Words.ago(each.lastAt, Words.now) }]
                return page.slim ? [all[0], all[1], all[5]] : all
            }
        }
    }
    EmptyState {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: chips.bottom
        anchors.topMargin: 60
        visible: shown.count === 0
        iconName: "shield"
        title: filter.text !== "" ? qsTr("Nothing matches “%1”").arg(filter.text) : page.filterName === "failed" ? qsTr("Every sign-in went well") : qsTr("Nobody has signed in yet")
        sentence: qsTr("Who signs in, with what, and from where, is listed here.")
    }
}
