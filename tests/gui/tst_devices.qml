// Devices & keys: a device for somebody, a lost one revoked, a key that was seen let in; with the clicks the design allows.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    readonly property var byId: id => find("row-" + id)
    readonly property string phone: "Anna’s phone"

    function open(scenario: string): void {
        begin(scenario)
        app.page = "devices"
    }
    // The id of the device of this name, as the table shows it.
    function idOf(name: string): string {
        const table = appear("deviceTable")
        tryVerify(() => table.view.rowOf("name", name) >= 0)
        return table.view.at(table.view.rowOf("name", name)).id
    }
    function choose(kind: string): void {
        press("addDevice")
        appear("addDeviceDialog-form")
        press("kind-" + kind)
    }

    name: "Devices"

    function test_aLostPhoneIsRevokedInThreeClicks() {
        begin("healthy")
        press("rail-devices")
        const id = idOf(phone)
        press("revoke-" + id)
        press("confirm")
        vanish("row-" + id)
        compare(clicks, 3)
        tryVerify(() => server.calls.includes("devices.remove"))
        press("undo")
        appear("row-" + id)
    }
    function test_anAppPasswordIsRevokedForGood() {
        open("healthy")
        const id = idOf("Scanner")
        press("row-" + id)
        press("revoke")
        press("confirm")
        vanish("row-" + id)
        appear("undoBar")
        verify(!find("undo"))
    }
    function test_revokingByKeyboard() {
        open("healthy")
        const table = appear("deviceTable")
        tryVerify(() => table.view.count > 0)
        table.forceActiveFocus()
        keyClick(Qt.Key_Home)
        keyClick(Qt.Key_Delete)
        appear("confirmSheet-form")
        tryVerify(() => find("cancel").activeFocus)
        keyClick(Qt.Key_Escape)
        vanish("confirmSheet-form")
        verify(!server.calls.includes("devices.remove"))
    }
    function test_aLaptopGetsAnAppPasswordInstead() {
        open("healthy")
        choose("thunderbird")
        press("otherWay")
        press("makePassword")
        appear("copySecret")
        appear("deviceWaiting")
        press("deviceDone")
        vanish("addDeviceDialog-form")
    }
    function test_waitingTurnsGreenWhenTheDeviceSignsIn() {
        open("healthy")
        choose("iphone")
        press("makePassword")
        appear("deviceWaiting")
        server.deviceSignsIn(server.newestDevice(), "192.168.1.77", "iOS Mail")
        appear("deviceConnected")
        verify(find("deviceConnected").text.includes("192.168.1.77"))
    }
    function test_whatIsOpenFollowsItsRecord() {
        open("healthy")
        const id = idOf("Helga’s tablet")
        press("row-" + id)
        appear("revoke")
        server.deviceSignsIn(id, "203.0.113.9", "Thunderbird 141")
        tryVerify(() => app.current.current?.lastUsedFrom === "203.0.113.9")
    }
    function test_aKeyThatWasSeenIsLetIn() {
        open("healthy")
        const table = appear("deviceTable")
        tryVerify(() => table.view.count === 8)
        const seen = appear("seenKeys").seen.at(0)
        press("adopt-" + seen.fingerprint)
        tryVerify(() => table.view.count === 9)
        vanish("seenKeys")
        compare(clicks, 1)
    }
    function test_aDeviceThatSignsInTwiceIsHelped() {
        open("healthy")
        press("row-" + idOf(phone))
        press("compat")
        tryVerify(() => server.calls.includes("tlspubkey.update"))
        vanish("compat")
    }
    function test_aRefusedRevocationIsTold() {
        open("healthy")
        const id = idOf("Scanner")
        server.refuseNext("devices.remove", "the server is busy", "", "Try again.")
        press("revoke-" + id)
        press("confirm")
        tryVerify(() => app.undoBar.bad)
        appear("row-" + id)
    }
    function test_filters() {
        open("healthy")
        const table = appear("deviceTable")
        tryVerify(() => table.view.count === 8)
        press("chip-never")
        tryVerify(() => table.view.count === 1)
        press("chip-idle")
        tryVerify(() => table.view.count === 1)
        press("chip-all")
        keyClick(Qt.Key_F, Qt.ControlModifier)
        type("delta")
        tryVerify(() => table.view.count === 1)
    }
    function test_nobodyHasADeviceYet() {
        open("fresh")
        appear("noDevices")
    }
}
