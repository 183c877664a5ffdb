// Why a step is there, and the questions people have at it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

Rectangle {
    id: why

    required property string step
    readonly property var words: ({
        "start": { "title": qsTr("Mail that is yours"), "text": qsTr("Postroom runs a mail server for your home or office. This takes a few minutes and three things to type."),
                   "questions": [{ "q": qsTr("What do I need?"), "a": qsTr("A domain, such as example.net, and access to its DNS at the company you bought it from.") },
                                 { "q": qsTr("Can I stop half way?"), "a": qsTr("Yes. Set-up goes on where you stopped.") }] },
        "domain": { "title": qsTr("The part behind the @"), "text": qsTr("Everybody’s address ends with it. The server gets a name in it, too."),
                    "questions": [{ "q": qsTr("I have several"), "a": qsTr("Begin with one; others are added later.") },
                                  { "q": qsTr("Does mail stop where it is now?"), "a": qsTr("No. It goes on to your old provider until you change the MX record.") }] },
        "person": { "title": qsTr("Who lives here?"), "text": qsTr("The first person also gets what is written to postmaster and abuse, which every mail server must have."),
                    "questions": [{ "q": qsTr("And the password?"), "a": qsTr("The server makes a good one and shows it once.") }] },
        "reach": { "title": qsTr("The way in"), "text": qsTr("Other servers bring mail to port 25; your devices read and send through the others."),
                   "questions": [{ "q": qsTr("What has the router to do with it?"), "a": qsTr("At home it stands between. Pass ports 25, 465, 993 and 443 on to this computer.") },
                                 { "q": qsTr("My provider blocks port 25"), "a": qsTr("Mail that you send then waits and Mail flow says why. Most providers open the port when asked.") }] },
        "certificate": { "title": qsTr("Nobody reads along"), "text": qsTr("With its certificate the server proves its name, and every connection to it is encrypted."),
                         "questions": [{ "q": qsTr("Why would an app ask?"), "a": qsTr("It cannot know yet that a certificate which the server made itself is really yours.") }] },
        "dns": { "title": qsTr("Tell the internet where your mail lives"), "text": qsTr("Other servers look these records up before they send to you, and before they believe mail from you."),
                 "questions": [{ "q": qsTr("What if I skip one?"), "a": qsTr("Mail flows with the first three. The others keep you out of junk folders.") },
                               { "q": qsTr("How long does it take?"), "a": qsTr("Mostly minutes, at times a day. You need not wait here.") }] },
        "device": { "title": qsTr("One key for each device"), "text": qsTr("A device signs in with its own key or password. When it is lost, only that one is revoked."),
                    "questions": [{ "q": qsTr("Which one should I take?"), "a": qsTr("The one in front of you. Others are added later.") }] },
        "proof": { "title": qsTr("Seeing is believing"), "text": qsTr("The server sends a message to the first mailbox and shows what happens to it."),
                   "questions": [] }
    })
    readonly property var told: words[step]

    color: Theme.sunken

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 32
        spacing: Theme.s4

        BodyText {
            Layout.fillWidth: true
            text: why.told.title
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        BodyText {
            Layout.fillWidth: true
            text: why.told.text
            color: Theme.textMuted
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            lineHeight: 1.2
        }
        Divider {
            Layout.fillWidth: true
            Layout.topMargin: 8
            Layout.bottomMargin: 8
        }
        Repeater {
            model: why.told.questions

            delegate: ColumnLayout {
                id: question

                required property var modelData

                Layout.fillWidth: true
                spacing: 2

                BodyText {
                    Layout.fillWidth: true
                    text: question.modelData.q
                    font.weight: Font.Medium
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                }
                CaptionText {
                    Layout.fillWidth: true
                    text: question.modelData.a
                    wrapMode: Text.WordWrap
                    elide: Text.ElideNone
                }
            }
        }
        Item {
            Layout.fillHeight: true
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s3

            Icon {
                name: "clock"
            }
            CaptionText {
                Layout.fillWidth: true
                text: qsTr("You can close this window at any time. Set-up goes on where you stopped.")
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
            }
        }
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.divider
    }
}
