// Aliases, Trace, Settings, the palette, and what an older server lacks.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon

WindowTest {
    id: test

    name: "Pages"

    function test_anAliasIsMade() {
        begin("healthy")
        app.page = "aliases"
        press("addAlias")
        tryVerify(() => find("aliasAddress")?.activeFocus)
        type("family")
        press("member-anna@example-family.net")
        press("member-ben@example-family.net")
        press("submit")
        tryVerify(() => server.members("family@example-family.net").length === 2)
        appear("row-family@example-family.net")
        appear("editAlias")
    }
    function test_anAliasIsRemovedAndComesBack() {
        begin("healthy")
        app.page = "aliases"
        press("row-school@example-family.net")
        press("removeAlias")
        vanish("row-school@example-family.net")
        press("undo")
        tryVerify(() => server.members("school@example-family.net").length === 2)
    }
    function test_anAliasIsTestedWithoutSendingAnything() {
        begin("healthy")
        app.page = "aliases"
        press("row-school@example-family.net")
        press("testAlias")
        tryVerify(() => find("testFrom")?.activeFocus)
        type("oma@gmx.example")
        press("runTest")
        tryCompare(appear("testResult"), "glyph", "error")
        find("testFrom").clear()
        find("testFrom").forceActiveFocus()
        type("anna@example-family.net")
        press("runTest")
        tryCompare(appear("testResult"), "glyph", "ok")
        compare(asked(), ["aliases.test", "aliases.test"])
        keyClick(Qt.Key_Escape)
        vanish("aliasTestDialog-form")
    }
    function test_annaSaysHerMailDidNotCome() {
        begin("healthy")
        app.page = "overview"
        press("rail-trace")
        tryVerify(() => find("traceBox")?.activeFocus)
        type("shop@slow")
        tryVerify(() => find("traceEnding")?.text.startsWith("Tried, not delivered yet"))
        compare(clicks, 1)
        compare(find("traceTimeline").steps.length, 4)
    }
    function test_aTraceThatIsNotThereSaysWhatThatMeans() {
        begin("healthy")
        app.page = "trace"
        tryVerify(() => find("traceBox")?.activeFocus)
        type("nobody@nowhere")
        tryCompare(find("traceEmpty"), "title", "No message like this")
        keyClick(Qt.Key_Escape)
        tryCompare(find("traceEmpty"), "title", "What happened to a message?")
    }
    function test_theHitsAreWalkedByArrows() {
        begin("healthy")
        app.page = "trace"
        tryVerify(() => find("traceBox")?.activeFocus)
        type("garden")
        tryVerify(() => find("traceHits")?.view.count === 4)
        keyClick(Qt.Key_Down)
        verify(find("traceHits").activeFocus)
        keyClick(Qt.Key_Down)
        compare(find("traceHits").currentIndex, 1)
    }
    function test_aSettingIsSavedAndTakenBackByTheirWords() {
        begin("healthy")
        app.page = "settings"
        const field = appear("setting-maxMessageBytes")
        field.forceActiveFocus()
        field.selectAll()
        type("25 MB")
        keyClick(Qt.Key_Return)
        tryVerify(() => server.calls.includes("settings.apply"))
        appear("undoBar")
    }
    function test_aBadSettingIsSaidAtItsField() {
        begin("healthy")
        app.page = "settings"
        const field = appear("setting-maxMessageBytes")
        field.forceActiveFocus()
        field.selectAll()
        type("many")
        keyClick(Qt.Key_Tab)
        tryVerify(() => find("setting-maxMessageBytes").bad)
        verify(!server.calls.includes("settings.apply"))
    }
    function test_thePaletteFindsPagesPeopleAndActions() {
        begin("healthy")
        keyClick(Qt.Key_K, Qt.ControlModifier)
        tryVerify(() => find("paletteText")?.activeFocus)
        type("helga")
        keyClick(Qt.Key_Return)
        appear("person-helga@example-family.net")
        vanish("person-anna@example-family.net")
        press("find")
        tryVerify(() => find("paletteText")?.activeFocus)
        type("add alias")
        keyClick(Qt.Key_Return)
        appear("aliasDialog-form")
        keyClick(Qt.Key_Escape)
        vanish("aliasDialog-form")
    }
    function test_anOlderServerHidesWhatItCannot() {
        begin("healthy")
        Daemon.close()
        server.lack(["trace.find", "settings.apply"])
        Daemon.forget()
        Daemon.open([server.path])
        tryVerify(() => Daemon.hasData)
        vanish("rail-trace")
        app.page = "settings"
        appear("theme")
        verify(!find("setting-hostname"))
    }
    function test_theLanguageChangesAtOnce() {
        begin("healthy")
        app.page = "people"
        appear("addPerson")
        Preferences.language = "de"
        tryCompare(appear("addPerson"), "text", "Person hinzufügen")
        compare(appear("rail-flow").text, "Postfluss")
        Preferences.language = "en"
        tryCompare(appear("addPerson"), "text", "Add a person")
    }
    function test_aSlowServerShowsItsPageAllTheSame() {
        begin("slow")
        app.page = "aliases"
        appear("row-school@example-family.net")
    }
}
