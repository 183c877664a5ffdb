// The conditions of a hold rule, as the server wants them; none of them is everything.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom

ColumnLayout {
    id: list

    property string accountProblem // said of the account, the only one the server looks up
    property var texts: ({})
    readonly property var kinds: [
        { "name": "account", "label": qsTr("Belongs to"), "hint": "anna@example.org" },
        { "name": "sender", "label": qsTr("Sender"), "hint": "anna@example.org" },
        { "name": "senderDomain", "label": qsTr("Sender’s domain"), "hint": "example.org" },
        { "name": "recipient", "label": qsTr("Recipient"), "hint": "ben@example.net" },
        { "name": "recipientDomain", "label": qsTr("Recipient’s domain"), "hint": "example.net" },
        { "name": "minBytes", "label": qsTr("Size in MB, at least"), "hint": "10" }
    ]
    readonly property var values: {
        const all = {}
        for (const each of kinds) {
            const text = (texts[each.name] ?? "").trim()
            const bytes = Math.round(Number(text.replace(",", ".")) * 1024 * 1024)
            if (each.name === "minBytes" ? bytes > 0 : text !== "")
                all[each.name] = each.name === "minBytes" ? bytes : text
        }
        return Object.keys(all).length > 0 ? all : { "everything": true }
    }

    function clear(): void {
        for (let row = 0; row < fields.count; ++row)
            (fields.itemAt(row) as RuleField).clear()
    }

    spacing: 14

    Repeater {
        id: fields

        model: list.kinds

        delegate: RuleField {
            required property var modelData

            objectName: modelData.name
            label: modelData.label
            hint: modelData.hint
            problem: modelData.name === "account" ? list.accountProblem : ""
            onTextChanged: list.texts = Object.assign({}, list.texts, { [modelData.name]: text })
        }
    }
}
