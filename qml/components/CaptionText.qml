// Small, muted text beside or below something.
pragma ComponentBehavior: Bound
import QtQuick
import Postroom

BodyText {
    color: Theme.textMuted
    font.pixelSize: Theme.caption
}
