// Asks before what cannot be taken back: the verb is on the button, the effect is a sentence.
//   ConfirmSheet { id: ask }   ask.about(qsTr("Drop 2 messages?"), qsTr("Nobody is told."), qsTr("Drop"), () => …)
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

AppDialog {
    id: sheet

    property string verb
    property var then: null

    function about(question: string, effect: string, verbText: string, action: var): void {
        title = question
        sentence = effect
        verb = verbText
        then = action
        open()
    }

    objectName: "confirmSheet"
    onOpened: keep.forceActiveFocus(Qt.TabFocusReason)

    buttons: [
        ActionButton {
            id: keep

            objectName: "cancel"
            text: qsTr("Cancel")
            onClicked: sheet.close()
        },
        ActionButton {
            objectName: "confirm"
            kind: "danger"
            text: sheet.verb
            onClicked: {
                sheet.close()
                sheet.then()
            }
        }
    ]
}
