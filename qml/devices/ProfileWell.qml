// Apple's profile: a file that adds the account by itself.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

InfoWell {
    id: well

    required property var server
    required property string account
    required property string person // the name mail is sent under
    required property string secret
    property string profile // where it was saved

    function save(): void {
        profile = MailSettings.saveAppleProfile(MailSettings.appleProfile(server, account, person, secret), account)
    }

    onSecretChanged: profile = "" // another device
    glyph: well.profile !== "" ? "ok" : ""
    title: well.profile !== "" ? well.profile.split("/").pop() : qsTr("Or as a profile")
    text: well.profile !== "" ? qsTr("Saved to %1. Open it on the device and install it, then delete the file: the password is in it.").arg(well.profile.split("/").slice(0, -1).join("/"))
                             : qsTr("A file that adds the account by itself: nothing to type on the device.")

    ActionButton {
        objectName: "saveProfile"
        small: true
        text: well.profile !== "" ? qsTr("Save again") : qsTr("Save the profile")
        onClicked: well.save()
    }
}
