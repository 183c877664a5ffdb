// The server went away: what is shown is how it was at this time.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom
import Postroom.Daemon

Rectangle {
    id: banner

    implicitHeight: Math.round(56 * Theme.textScale)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.error
    Accessible.role: Accessible.AlertMessage
    Accessible.name: headline.text
    onVisibleChanged: if (visible) Accessible.announce(headline.text, Accessible.Assertive)

    StatusGlyph {
        anchors.left: parent.left
        anchors.leftMargin: 20
        kind: "error"
        size: 20
        anchors.verticalCenter: parent.verticalCenter
    }
    BodyText {
        id: headline

        anchors.left: parent.left
        anchors.leftMargin: 56
        width: parent.width - 56 - again.width - 32
        text: qsTr("The connection to the server is lost. This is how it was at %1.").arg(Words.clock(Daemon.lastNews))
        font.weight: Font.DemiBold
        anchors.verticalCenter: parent.verticalCenter
    }
    ActionButton {
        id: again

        objectName: "reconnect"
        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Try again")
        onClicked: Daemon.retryNow()
    }
}
