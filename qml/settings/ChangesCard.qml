// Who changed what, with a way back for each change.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Card {
    id: card

    required property UndoBar undoBar

    implicitHeight: all.implicitHeight + 68
    title: qsTr("Latest changes")

    RecordQuery {
        id: history

        method: "settings.history"
        params: ({ "limit": 8 })
        topic: "settings"
    }
    ApiCall {
        id: undo

        method: "settings.undo"
        onDone: {
            history.refresh()
            card.undoBar.tell(qsTr("The change is taken back."), null)
        }
        onFailed: card.undoBar.warn(errorText, errorHint)
    }
    ColumnLayout {
        id: all

        width: parent.width
        spacing: Theme.s3

        CaptionText {
            visible: history.count === 0
            text: qsTr("Nothing was changed yet.")
        }
        Repeater {
            model: history.count

            delegate: RowLayout {
                id: line

                required property int index
                readonly property var entry: history.at(index)
                readonly property string paths: (entry.changes ?? []).map(each => each.path).join(", ")

                Layout.fillWidth: true
                spacing: Theme.s3

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    BodyText {
                        Layout.fillWidth: true
                        text: line.paths || line.entry.what
                        elide: Text.ElideMiddle
                    }
                    CaptionText {
                        Layout.fillWidth: true
                        text: qsTr("%1 · %2 · %3").arg(Words.ago(line.entry.at, Words.now)).arg(line.entry.who).arg(line.entry.what)
                    }
                }
                ActionButton {
                    visible: line.paths !== ""
                    small: true
                    kind: "quiet"
                    text: qsTr("Undo")
                    Accessible.name: qsTr("Undo %1").arg(line.paths)
                    onClicked: undo.start({ "revision": line.entry.revision })
                }
            }
        }
    }
}
