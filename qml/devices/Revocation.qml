// Takes a device's key or app password away; a key can be put back, since only its public part was ever here.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Item {
    id: revocation

    required property UndoBar undoBar
    signal changed

    function begin(device: var): void {
        removal.device = device
        removal.certificate = ""
        if (device.kind === "key")
            whole.start({ "fingerprint": device.fingerprint })
        else
            removal.start({ "id": device.id })
    }

    ApiCall {
        id: whole

        method: "tlspubkey.get"
        onDone: result => {
            removal.certificate = result.certificate
            removal.start({ "id": removal.device.id })
        }
        onFailed: revocation.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: removal

        property var device
        property string certificate

        method: "devices.remove"
        onDone: {
            const params = { "address": device.loginAddress || device.account, "certificate": certificate, "name": device.name, "noImapPreauth": device.noImapPreauth }
            revocation.changed()
            revocation.undoBar.tell(qsTr("%1 is revoked. Its sessions are ended.").arg(device.name), certificate !== "" ? () => restoral.start(params) : null)
        }
        onFailed: revocation.undoBar.warn(errorText, errorHint)
    }
    ApiCall {
        id: restoral

        method: "tlspubkey.add"
        onDone: result => {
            revocation.changed()
            revocation.undoBar.tell(qsTr("%1 may sign in again.").arg(result.key.name), null)
        }
        onFailed: revocation.undoBar.warn(errorText, errorHint)
    }
}
