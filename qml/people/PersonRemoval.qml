// Removes a person, which asks nothing and can be taken back: the mail is kept, and who comes back returns to the aliases
// they were in.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: person

    required property UndoBar undoBar

    function aliasesOf(address: string): list<var> {
        const found = []
        for (let row = 0; row < Daemon.aliases.count; ++row) {
            const alias = Daemon.aliases.at(row)
            if (alias.members.includes(address))
                found.push(alias)
        }
        return found
    }
    function begin(account: var): void {
        call.title = account.name || account.address
        call.address = account.address
        call.aliases = aliasesOf(account.address)
        call.start({ "address": account.address })
    }

    ApiCall {
        id: call

        property string title
        property string address
        property var aliases: []

        method: "accounts.remove"
        onDone: person.undoBar.tell(qsTr("%1 is removed. The mail is kept for a while.").arg(title),
                                  () => restoral.takeBack(call.title, call.address, call.aliases))
        onFailed: person.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: restoral

        property string title
        property string address
        property var aliases: []

        function takeBack(name: string, who: string, before: var): void {
            title = name
            address = who
            aliases = before
            start({ "address": who })
        }

        method: "accounts.restore"
        onDone: {
            rejoin.next()
            person.undoBar.tell(qsTr("%1 is back.").arg(title), null)
        }
        onFailed: person.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: rejoin

        // One alias after the other, with whoever is in it now.
        function next(): void {
            const alias = restoral.aliases.shift()
            if (alias === undefined)
                return
            const now = Daemon.aliases.find("address", alias.address).members ?? []
            start({ "address": alias.address, "members": now.includes(restoral.address) ? now : now.concat([restoral.address]) })
        }

        method: "aliases.add"
        onDone: next()
        onFailed: person.undoBar.warn(errorText, errorHint)
    }
}
