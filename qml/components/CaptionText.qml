// Small, muted text beside or below something.
pragma ComponentBehavior: Bound
import Postroom

BodyText {
    color: Theme.textMuted
    font.pixelSize: Theme.caption
}
