// The first person. With it the server is set up: name, domain and account are made together or not at all.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

WizardStep {
    id: step

    property string domain
    property string personName
    property bool typedAddress: false
    signal done(name: string, part: string, result: var)

    title: qsTr("Who is the first person?")
    sentence: qsTr("The address is proposed from the name.")
    nextText: setup.busy ? qsTr("Setting up…") : qsTr("Next")
    mayGo: name.text.trim() !== "" && part.text.trim() !== "" && !setup.busy
    onGoAsked: setup.start({ "domain": domain, "accountName": part.text.trim(), "displayName": name.text.trim() })
    Component.onCompleted: {
        name.text = personName
        name.forceActiveFocus()
    }

    ApiCall {
        id: setup

        method: "setup.apply"
        onDone: result => step.done(name.text.trim(), part.text.trim(), result)
    }
    FormField {
        Layout.fillWidth: true
        label: qsTr("Name")
        problem: setup.errorField === "displayName" ? setup.errorText : ""

        TextEntry {
            id: name

            objectName: "personName"
            width: Math.min(parent.width, 360 * Theme.textScale)
            placeholderText: qsTr("Anna Example")
            Accessible.name: qsTr("Name")
            onAccepted: step.go()
        }
    }
    FormField {
        Layout.fillWidth: true
        label: qsTr("Address")
        problem: setup.errorField === "accountName" ? setup.errorText : ""

        RowLayout {
            width: parent.width

            TextEntry {
                id: part

                objectName: "personAddress"
                Layout.preferredWidth: 200 * Theme.textScale
                Accessible.name: qsTr("Address, the part before @%1").arg(step.domain)
                onTextEdited: step.typedAddress = true
                onAccepted: step.go()

                Binding on text {
                    value: Words.localpartFor(name.text)
                    when: !step.typedAddress
                    restoreMode: Binding.RestoreNone
                }
            }
            BodyText {
                Layout.fillWidth: true
                text: "@" + step.domain
                color: Theme.textMuted
            }
        }
    }
    ProblemLine {
        Layout.fillWidth: true
        call: setup
        fields: ["displayName", "accountName"]
    }
}
