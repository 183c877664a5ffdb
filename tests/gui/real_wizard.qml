// First run against a real server that knows nobody; real_server.py starts it and reads the first message as the first person.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "RealWizard"

    function test_fromNothingToAFirstMessage() {
        failOnWarning(/.*/)
        Preferences.wizard = {}
        Daemon.open([realSocket])
        tryVerify(() => Daemon.hasData && Daemon.domains.loaded)
        press("next")
        tryVerify(() => find("domain")?.activeFocus)
        type("wizard.test")
        press("next")
        tryVerify(() => find("personName")?.activeFocus)
        type("Anna Wizard")
        compare(find("personAddress").text, "anna.wizard")
        press("next")
        appear("reachPorts")
        press("next")
        appear("copyZone")
        press("next")
        appear("ownCertificate")
        press("next")
        const secret = appear("copySecret").parent.secret
        console.info("secret " + secret)
        press("next")
        appear("proofArrived")
        press("next")
        appear("sentence")
        console.info("journey: first run to first mail received, " + clicks + " clicks (target 9)")
        verify(clicks <= 9)
    }
}
