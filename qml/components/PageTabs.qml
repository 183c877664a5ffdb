// The parts of a page, with counts; the current one is underlined and heavier. Arrow keys walk them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Postroom
import Postroom.Daemon

Item {
    id: tabs

    property var model: [] // {name, text, count}; a count of 0 is not shown
    property string current
    signal chosen(name: string)

    implicitHeight: Math.round(40 * Theme.textScale)
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Parts of this page")

    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Flickable {
        anchors.fill: parent
        contentWidth: row.width
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        clip: contentWidth > width

        Row {
            id: row

            spacing: 28

            Repeater {
                id: list

                model: tabs.model

                delegate: T.AbstractButton {
                    id: tab

                    required property int index
                    required property var modelData
                    readonly property bool on: modelData.name === tabs.current

                    objectName: "tab-" + modelData.name
                    width: words.implicitWidth
                    height: tabs.height
                    text: modelData.text
                    focusPolicy: Qt.StrongFocus
                    activeFocusOnTab: on
                    Accessible.role: Accessible.PageTab
                    Accessible.name: modelData.count > 0 ? qsTr("%1, %2").arg(text).arg(modelData.count) : text
                    Accessible.selected: on
                    Accessible.onPressAction: click()
                    onClicked: tabs.chosen(modelData.name)
                    Keys.onReturnPressed: click()
                    Keys.onLeftPressed: list.itemAt(index - 1)?.forceActiveFocus(Qt.TabFocusReason)
                    Keys.onRightPressed: list.itemAt(index + 1)?.forceActiveFocus(Qt.TabFocusReason)

                    contentItem: Item {
                        Row {
                            id: words

                            anchors.verticalCenter: parent.verticalCenter
                            spacing: 7

                            BodyText {
                                text: tab.text
                                font.weight: tab.on ? Font.DemiBold : Font.Medium
                                color: tab.on || tab.hovered ? Theme.text : Theme.textMuted
                            }
                            CountBadge {
                                visible: tab.modelData.count > 0
                                count: tab.modelData.count ?? 0
                                strong: tab.on
                                anchors.verticalCenter: parent.verticalCenter
                            }
                        }
                    }
                    background: Item {
                        Rectangle {
                            visible: tab.on
                            anchors.bottom: parent.bottom
                            width: parent.width
                            height: 3
                            radius: 1.5
                            color: Theme.accent
                        }
                        FocusRing {
                            shown: tab.visualFocus
                            gap: 0
                        }
                    }
                }
            }
        }
    }
}
