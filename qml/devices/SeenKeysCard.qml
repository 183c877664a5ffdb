// Keys that came with a right password and belong to nobody yet: one click lets them sign in from now on.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Column {
    id: card

    required property RecordQuery seen
    required property UndoBar undoBar
    signal adopted

    spacing: Theme.s2
    visible: seen.count > 0

    ApiCall {
        id: adoption

        method: "seenKeys.adopt"
        onDone: result => {
            card.seen.refresh()
            card.adopted()
            card.undoBar.tell(qsTr("%1 may sign in with its key.").arg(result.key.name), () => removal.start({ "fingerprint": result.key.fingerprint }))
        }
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: removal

        method: "tlspubkey.remove"
        onDone: {
            card.seen.refresh()
            card.adopted()
        }
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    Repeater {
        model: card.seen

        delegate: InfoWell {
            id: line

            required property var record

            width: card.width
            lit: true
            glyph: "unknown"
            title: qsTr("%1 has a key that is not known yet").arg(record.name || record.lastSeenBy || qsTr("A device of %1").arg(record.account))
            text: qsTr("It signed in with the password of %1, %2, from %3.").arg(record.account).arg(Words.ago(record.lastSeenAt, Words.now)).arg(record.lastSeenFrom)

            ActionButton {
                objectName: "adopt-" + line.record.fingerprint
                small: true
                enabled: !adoption.busy
                text: qsTr("Let this key in")
                onClicked: adoption.start({ "fingerprint": line.record.fingerprint, "account": line.record.account })
            }
        }
    }
}
