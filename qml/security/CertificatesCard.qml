// The certificates that encrypted connections are shown: for which names, how long still, and who renews them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Card {
    id: card

    readonly property var certificates: Daemon.status.certificates ?? []

    function daysLeft(each: var): int {
        return Math.floor((each.until.getTime() - Words.now.getTime()) / 86400000)
    }
    function glyphOf(each: var): string {
        if (each.problem !== "")
            return "warn"
        const left = daysLeft(each)
        return left < 3 ? "error" : left < 14 && !each.own ? "warn" : "ok"
    }
    function ending(each: var): string {
        if (!(each.until.getTime() > 0))
            return ""
        const left = daysLeft(each)
        return left < 0 ? qsTr("ended") : left === 0 ? qsTr("ends today") : qsTr("%n day(s) left", "", left)
    }
    function nameOf(each: var): string {
        return each.hosts.length > 0 ? each.hosts[0] : each.name
    }
    function explain(each: var): string {
        if (each.problem !== "")
            return each.problem
        const more = each.hosts.slice(1).join(", ")
        const who = each.own ? qsTr("Made and renewed by this server; mail apps ask once whether to trust it.") : qsTr("From your files; put a new one in their place before it ends.")
        return more === "" ? who : qsTr("Also for %1. %2").arg(more).arg(who)
    }

    title: qsTr("Certificates")

    Flickable {
        anchors.fill: parent
        contentHeight: list.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: SlimScrollBar {
        }

        Column {
            id: list

            width: parent.width - 8
            spacing: 14

            Repeater {
                model: card.certificates

                delegate: RowLayout {
                    id: line

                    required property var modelData

                    width: list.width
                    spacing: 10
                    Accessible.role: Accessible.StaticText
                    Accessible.name: [card.nameOf(modelData), card.ending(modelData), card.explain(modelData)].join(", ")

                    StatusGlyph {
                        Layout.alignment: Qt.AlignTop
                        Layout.topMargin: 1
                        kind: card.glyphOf(line.modelData)
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 2

                        RowLayout {
                            Layout.fillWidth: true
                            spacing: Theme.s2

                            BodyText {
                                Layout.fillWidth: true
                                text: card.nameOf(line.modelData)
                                font.weight: Font.Medium
                                elide: Text.ElideMiddle
                                Accessible.ignored: true
                            }
                            CaptionText {
                                text: card.ending(line.modelData)
                                color: ({ "ok": Theme.textMuted, "warn": Theme.warn })[card.glyphOf(line.modelData)] ?? Theme.error
                                font.weight: Font.Medium
                                Accessible.ignored: true
                            }
                        }
                        CaptionText {
                            Layout.fillWidth: true
                            text: card.explain(line.modelData)
                            wrapMode: Text.WordWrap
                            elide: Text.ElideNone
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    }
}
