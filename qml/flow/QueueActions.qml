// What can be done to outgoing mail, by numbers; each is told in the undo bar, with the way back if there is one.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: actions

    required property UndoBar undoBar
    readonly property bool busy: call.busy
    signal traceAsked(key: string)

    function retry(ids: var): void {
        act("queue.retry", ids, qsTr("%n message(s) is/are tried now.", "", ids.length), null)
    }
    function hold(ids: var): void {
        act("queue.hold", ids, qsTr("%n message(s) is/are on hold.", "", ids.length), "queue.release")
    }
    function release(ids: var): void {
        act("queue.release", ids, qsTr("%n message(s) is/are released.", "", ids.length), "queue.hold")
    }
    function requireTls(ids: var): void {
        act("queue.requireTls", ids, qsTr("%n message(s) only go(es) over a verified connection.", "", ids.length), null)
    }
    function fail(ids: var): void {
        ask.about(qsTr("Give up %n message(s)?", "", ids.length), qsTr("It is not tried again. The sender gets a report, with what the other server said."),
                  qsTr("Tell the sender"), () => act("queue.fail", ids, qsTr("%n message(s) given up; the sender is told.", "", ids.length), null))
    }
    function drop(ids: var): void {
        ask.about(qsTr("Drop %n message(s)?", "", ids.length), qsTr("It is removed and nobody is told. This cannot be taken back."), qsTr("Drop"),
                  () => act("queue.drop", ids, qsTr("%n message(s) dropped.", "", ids.length), null))
    }
    function act(method: string, ids: var, words: string, opposite: var): void {
        call.method = method
        call.ids = ids
        call.words = words
        call.opposite = opposite
        call.start(method === "queue.requireTls" ? { "ids": ids, "tls": "required" } : { "ids": ids })
    }
    function undoOf(result: var, ids: var, opposite: var): var {
        if (result.undo)
            return () => back.run("queue.undo", { "undo": result.undo })
        return opposite ? () => back.run(opposite, { "ids": ids }) : null
    }

    ApiCall {
        id: call

        property var ids: []
        property string words
        property var opposite: null

        method: "queue.retry"
        onDone: result => {
            const some = result.count < ids.length
            actions.undoBar.tell(some ? qsTr("%1 of %2 done.").arg(result.count).arg(ids.length) : words, actions.undoOf(result, ids, opposite))
        }
        onFailed: actions.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: back

        function run(name: string, params: var): void {
            method = name
            start(params)
        }

        method: "queue.release"
        onDone: actions.undoBar.tell(qsTr("Taken back."), null)
        onFailed: actions.undoBar.warn(errorText, errorHint)
    }
    ConfirmSheet {
        id: ask
    }
}
