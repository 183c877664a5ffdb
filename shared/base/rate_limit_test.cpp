#include "shared/base/rate_limit.h"
#include "tests/support/test.h"

using namespace std::chrono_literals;

class RateLimitTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesAtTheEdgeAndForgets()
    {
        RateLimit limit(3, 1min);
        const auto start = std::chrono::steady_clock::time_point(24h);
        QVERIFY(limit.add("a", start));
        QVERIFY(limit.add("a", start, 2));
        QVERIFY(!limit.add("a", start + 59s));
        QVERIFY(limit.add("b", start));
        QCOMPARE(limit.current("a", start), 3);
        QVERIFY(limit.add("a", start + 90s)); // half of the window before still counts
        QCOMPARE(limit.current("a", start + 10min), 0);
    }
};
POSTROOM_TEST(RateLimitTest)
#include "rate_limit_test.moc"
