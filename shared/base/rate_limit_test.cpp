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
    void forOneKeyTooManyTheOldestIsForgotten()
    {
        RateLimit limit(2, 1min, 3);
        const std::chrono::steady_clock::time_point now(24h);
        QVERIFY(limit.add("a", now));
        QVERIFY(limit.add("b", now));
        QVERIFY(limit.add("c", now));
        QCOMPARE(limit.keys(), 3);
        QVERIFY(limit.add("a", now)); // later than "b" now
        QVERIFY(limit.add("d", now));
        QCOMPARE(limit.keys(), 3);
        QCOMPARE(limit.current("b", now), 0);
        QCOMPARE(limit.current("a", now), 2);
        QCOMPARE(limit.current("c", now), 1);
    }
    void whoGoesOnIsNotForgotten()
    {
        RateLimit limit(2, 1min, 100);
        const std::chrono::steady_clock::time_point now(24h);
        QVERIFY(limit.add("busy", now, 2));
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(limit.add(QByteArray::number(i), now));
            QVERIFY(!limit.add("busy", now)); // refused, and yet the latest
        }
        QCOMPARE(limit.keys(), 100);
        limit.reset("busy");
        QCOMPARE(limit.keys(), 99);
        QVERIFY(limit.add("busy", now));
    }
    void aFullTableCostsNoMore()
    {
        RateLimit limit(1, 1min);
        const std::chrono::steady_clock::time_point now(24h);
        for (qsizetype i = 0; i < RateLimit::kMostKeys; ++i)
            limit.add(QByteArray::number(i), now);
        const auto began = std::chrono::steady_clock::now();
        for (int i = 0; i < 10'000; ++i)
            limit.add("other " + QByteArray::number(i), now);
        const auto took = std::chrono::steady_clock::now() - began; // a look at every key would take minutes
        QVERIFY2(took < 5s, qPrintable(QString::number(std::chrono::duration<double>(took).count())));
        QCOMPARE(limit.keys(), RateLimit::kMostKeys);
    }
};
POSTROOM_TEST(RateLimitTest)
#include "rate_limit_test.moc"
