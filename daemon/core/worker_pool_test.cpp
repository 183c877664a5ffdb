#include "daemon/core/worker_pool.h"
#include "tests/support/test.h"

#include <atomic>
#include <semaphore>

class WorkerPoolTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runsWhatIsQueuedBeforeItStops()
    {
        std::atomic<int> ran = 0;
        core::WorkerPool pool({.name = "test", .threads = 3});
        for (int i = 0; i < 100; ++i)
            QVERIFY(pool.tryRun([&ran] { ++ran; }));
        pool.stop();
        QCOMPARE(ran.load(), 100);
        QVERIFY(!pool.tryRun([] {}));
    }
    void refusesWhenItsQueueIsFull()
    {
        std::binary_semaphore started(0);
        std::binary_semaphore mayEnd(0);
        core::WorkerPool pool({.name = "test", .threads = 1, .mostQueued = 2});
        QVERIFY(pool.tryRun([&] {
            started.release();
            mayEnd.acquire();
        }));
        started.acquire();
        QVERIFY(pool.tryRun([] {}));
        QVERIFY(pool.tryRun([] {}));
        QVERIFY(!pool.tryRun([] {}));
        mayEnd.release();
    }
};
POSTROOM_TEST(WorkerPoolTest)
#include "worker_pool_test.moc"
