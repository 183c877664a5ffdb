// Devices against a real server, one function for each journey; real_devices.py signs in as the devices do.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "RealDevices"

    function beginReal(): void {
        failOnWarning(/.*/)
        Daemon.open([realSocket])
        tryVerify(() => Daemon.hasData && Daemon.accounts.loaded)
        clicks = 0
    }
    function told(journey: string, target: int): void {
        console.info("journey: " + journey + ", " + clicks + " clicks (target " + target + ")")
        verify(clicks <= target)
    }
    function test_aLaptopGetsItsKey() {
        beginReal()
        app.page = "people"
        press("more-me@localhost")
        press("menuDevice")
        press("kind-thunderbird")
        press("makeKey")
        const key = appear("keyFile").deviceKey
        tryVerify(() => key.savedTo !== "")
        console.info("file " + key.savedTo + " passphrase " + key.passphrase)
        appear("deviceConnected")
        press("deviceDone")
        told("a laptop's key as a file", 5)
    }
    function test_someoneNewWithAPhone() {
        beginReal()
        press("addPerson")
        tryVerify(() => find("name")?.activeFocus)
        type("Mia Phone")
        press("submit")
        press("with-android")
        const codes = appear("enrolCodes")
        tryVerify(() => codes.link !== "")
        console.info("link " + codes.link + " passphrase " + codes.deviceKey.passphrase)
        appear("deviceConnected")
        press("deviceDone")
        told("a family member with a phone, and one scan", 4)
    }
    function test_aSeenKeyIsLetIn() {
        beginReal()
        press("rail-devices")
        const seen = appear("seenKeys").seen.at(0)
        press("adopt-" + seen.fingerprint)
        vanish("seenKeys")
        told("a key that was seen is let in", 2)
    }
    function test_aLostPhoneIsRevoked() {
        beginReal()
        press("rail-devices")
        const table = appear("deviceTable")
        tryVerify(() => table.view.count === 1)
        const id = table.view.at(0).id
        press("revoke-" + id)
        press("confirm")
        vanish("row-" + id)
        told("a lost phone is revoked", 3)
        console.info("revoked")
        wait(1500) // its session ends meanwhile
        press("undo")
        appear("row-" + id)
    }
}
