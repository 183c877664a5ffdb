// How long frames take: each page opened, 100,000 waiting messages arriving, and scrolled through. app.py runs it and reads what it
// says. Frames are counted as the window swaps them.
import QtQuick
import QtTest
import Postroom
import Postroom.Daemon
import "../gui"

WindowTest {
    id: bench

    readonly property int many: 100000
    readonly property int slice: 10000
    property real last: 0
    property real longest: 0
    property int frames: 0

    name: "Frames"

    Connections {
        target: bench.Window.window

        function onFrameSwapped(): void {
            const now = Date.now()
            if (bench.frames > 0)
                bench.longest = Math.max(bench.longest, now - bench.last)
            bench.last = now
            bench.frames += 1
        }
    }
    function watch(): void {
        longest = 0
        frames = 0
    }
    function pageSwitches(): real {
        let slowest = 0
        for (const page of [...app.pages.map(each => each.name), ...app.pages.map(each => each.name)]) {
            frames = 0
            const began = Date.now()
            app.page = page
            tryVerify(() => app.current !== null && frames > 0)
            slowest = Math.max(slowest, last - began)
        }
        return slowest
    }
    function scroll(list: var): real {
        watch()
        const steps = 300
        for (let step = 0; step < steps; ++step) {
            list.contentY = (list.contentHeight - list.height) * (step % 100) / 100 + step * 37
            const before = frames
            tryVerify(() => frames > before)
        }
        return longest
    }
    function test_frames() {
        begin("healthy")
        const pages = pageSwitches()
        cleanup()
        begin("busy")
        app.page = "flow"
        const table = appear("queueTable")
        tryCompare(table.view, "count", slice)
        for (let each = slice; each < many; each += slice)
            server.addQueued(slice)
        tryCompare(table.view, "count", many, 120000)
        const scrolled = scroll(table.list)
        console.info("figures: " + JSON.stringify({ "page_switch_ms": pages, "rows": table.view.count, "scroll_frame_ms": scrolled }))
    }
}
