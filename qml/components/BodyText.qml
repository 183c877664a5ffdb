// Text of a page. Elides when it is given a width.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

Text {
    property bool tabular: false // for columns of numbers

    color: Theme.text
    font.pixelSize: Theme.body
    font.features: tabular ? { "tnum": 1 } : {}
    textFormat: Text.PlainText
    elide: Text.ElideRight
    horizontalAlignment: Text.AlignLeft // said, so that it is mirrored
}
