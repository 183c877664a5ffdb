// A page of the window. perform() does what another page asked for: an intent, such as "add", and what it is about.
import QtQuick

FocusScope {
    function perform(intent: string, argument: string): void {
        console.warn("no page does", intent, argument)
    }
}
