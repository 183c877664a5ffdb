#include "daemon/core/failpoint.h"

#include "tests/support/test.h"

using namespace std::chrono_literals;

class FailpointTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNoFailure()
    {
        const auto none = core::parseFailpoints({});
        QVERIFY(none.has_value());
        QCOMPARE(none->syncDelay, 0us);
    }
    void slowSyncIsReadAtItsEdges()
    {
        QCOMPARE(core::parseFailpoints("slow-sync=1ms")->syncDelay, 1000us);
        QCOMPARE(core::parseFailpoints("slow-sync=1000ms,")->syncDelay, 1'000'000us);
        QVERIFY(!core::parseFailpoints("slow-sync=0ms"));
        QVERIFY(!core::parseFailpoints("slow-sync=1001ms"));
    }
    void anythingElseIsRefusedByName()
    {
        for (const char *text : {"slow-sync=4", "slow-sync=", "slow-sink=4ms", "4ms", "slow-sync=ms"}) {
            const auto refused = core::parseFailpoints(text);
            QVERIFY2(!refused, text);
            QVERIFY(refused.error().text.contains(QLatin1StringView(text)));
        }
    }
};

POSTROOM_TEST(FailpointTest)
#include "failpoint_test.moc"
