// Sends a message to the first mailbox and shows its trace until it has arrived.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    required property string address
    required property string whose
    readonly property var story: {
        trace.revision
        return trace.count > 0 ? trace.at(0).events : []
    }
    readonly property bool arrived: story.some(each => each.code.startsWith("delivered"))
    signal finished

    function send(): void {
        const lines = ["From: " + address, "To: " + address, "Subject: " + qsTr("It works"), "Date: " + new Date().toUTCString().replace("GMT", "+0000"),
                       "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", "Postroom"]
        proof.start({ "from": address, "recipients": [address], "message": Qt.btoa(lines.join("\r\n") + "\r\n") })
    }

    first: true
    title: arrived ? qsTr("It works: the first message has arrived") : qsTr("A first message is on its way")
    sentence: qsTr("From the server to %1.").arg(address)
    nextText: qsTr("Finish")
    mayGo: arrived || proof.errorText !== "" || waited
    onGoAsked: finished()
    Component.onCompleted: {
        forceActiveFocus()
        send()
    }

    property bool waited: false

    ApiCall {
        id: proof

        method: "mail.send"
    }
    RecordQuery {
        id: trace

        method: "trace.find"
        params: ({ "query": proof.result.key ?? "-", "limit": 1 })
        active: (proof.result.key ?? "") !== ""
    }
    Timer {
        interval: 500
        repeat: true
        running: trace.active && !step.arrived
        onTriggered: trace.refresh()
    }
    Timer {
        interval: 15000
        running: true
        onTriggered: step.waited = true
    }
    InfoWell {
        objectName: step.arrived ? "proofArrived" : "proofWaiting"
        Layout.fillWidth: true
        lit: true
        glyph: step.arrived ? "ok" : proof.errorText !== "" ? "error" : "busy"
        title: step.arrived ? qsTr("Received") : proof.errorText !== "" ? proof.errorText : qsTr("Waiting for it…")
        text: step.arrived ? qsTr("It is in the inbox of %1.").arg(step.whose) : ""

        ActionButton {
            visible: proof.errorText !== ""
            small: true
            text: qsTr("Try again")
            onClicked: step.send()
        }
    }
    Card {
        Layout.fillWidth: true
        visible: step.story.length > 0
        implicitHeight: line.implicitHeight + 40

        Timeline {
            id: line

            width: parent.width
            steps: step.story.map(each => {
                const words = Reasons.step(each)
                return { "time": Qt.formatTime(new Date(each.at), "HH:mm:ss"), "title": words.title, "text": words.text, "kind": words.kind === "error" ? "error" : words.kind === "warn" ? "warn" : "ok", "icon": words.kind === "error" ? "x" : words.kind }
            })
        }
    }
}
