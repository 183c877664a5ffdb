#include "daemon/auth/limits.h"
#include "tests/support/test.h"

using auth::Limits;
using namespace std::chrono_literals;

namespace {

IpAddress at(const char *text) { return *IpAddress::parse(text); }

} // namespace

class LimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachNetworkHasItsOwnLimit_data()
    {
        QTest::addColumn<QList<QByteArray>>("from"); // one failure each
        QTest::addColumn<int>("rounds");
        QTest::addColumn<QByteArray>("asks");
        QTest::addColumn<bool>("may");
        QTest::newRow("9 from the address") << QList<QByteArray>{"192.0.2.1"} << 9 << QByteArray("192.0.2.1") << true;
        QTest::newRow("10 from the address")
            << QList<QByteArray>{"192.0.2.1"} << 10 << QByteArray("192.0.2.1") << false;
        QTest::newRow("10 from its neighbour")
            << QList<QByteArray>{"192.0.2.1"} << 10 << QByteArray("192.0.2.2") << true;
        const QList<QByteArray> four{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"};
        QTest::newRow("28 from the /26") << four << 7 << QByteArray("192.0.2.9") << true;
        QTest::newRow("32 from the /26") << four << 8 << QByteArray("192.0.2.9") << false;
        QTest::newRow("the next /26") << four << 8 << QByteArray("192.0.2.64") << true;
        QTest::newRow("10 from the /64") << QList<QByteArray>{"2001:db8::1", "2001:db8::2"} << 5
                                         << QByteArray("2001:db8::3") << false;
        QTest::newRow("the next /64") << QList<QByteArray>{"2001:db8::1", "2001:db8::2"} << 5
                                      << QByteArray("2001:db8:0:1::3") << true;
    }
    void eachNetworkHasItsOwnLimit()
    {
        QFETCH(QList<QByteArray>, from);
        QFETCH(int, rounds);
        QFETCH(QByteArray, asks);
        Limits limits;
        const Limits::Now now{1000h};
        for (int round = 0; round < rounds; ++round) {
            for (const QByteArray &each : from)
                limits.failed("ann@example.org", at(each.constData()), now);
        }
        QTEST(limits.mayTry(at(asks.constData()), now), "may");
        QVERIFY(limits.mayTry(at(asks.constData()), now + 3min));
    }
    void aDayHasALimitToo()
    {
        Limits limits;
        Limits::Now now{1000h};
        for (int i = 0; i < 50; ++i, now += 5min) {
            QVERIFY(limits.mayTry(at("192.0.2.1"), now));
            limits.failed("ann@example.org", at("192.0.2.1"), now);
        }
        QVERIFY(!limits.mayTry(at("192.0.2.1"), now));
        limits.succeeded("ann@example.org", at("192.0.2.1"));
        QVERIFY(limits.mayTry(at("192.0.2.1"), now));
    }
    void aNameIsDelayedWherePeopleAreNotKnown()
    {
        Limits limits;
        const auto now = std::chrono::steady_clock::now();
        const auto delay = [&](const char *name, const char *from) { return limits.delay(name, at(from), now); };
        for (int i = 0; i < 3; ++i)
            limits.failed("ann@example.org", at("192.0.2.1"), now);
        QCOMPARE(delay("ann@example.org", "192.0.2.1"), 0ms);
        limits.failed("ann@example.org", at("198.51.100.1"), now);
        QCOMPARE(delay("ann@example.org", "203.0.113.1"), 1000ms);
        for (int i = 0; i < 20; ++i)
            limits.failed("ann@example.org", at("198.51.100.1"), now);
        QCOMPARE(delay("ann@example.org", "203.0.113.1"), 5000ms);
        QCOMPARE(delay("bob@example.org", "203.0.113.1"), 0ms);
        limits.succeeded("ann@example.org", at("203.0.113.1"));
        QCOMPARE(delay("ann@example.org", "203.0.113.1"), 0ms); // her own place
        QCOMPARE(delay("ann@example.org", "203.0.113.2"), 5000ms);
        QCOMPARE(limits.delay("ann@example.org", at("203.0.113.2"), now + 21min), 0ms);
    }
    void loopbackMayBeExempt()
    {
        Limits limits;
        const Limits::Now now{1000h};
        for (int i = 0; i < 100; ++i)
            limits.failed("ann@example.org", at("127.0.0.1"), now);
        QVERIFY(!limits.mayTry(at("127.0.0.1"), now));
        limits.exemptLoopback = true;
        QVERIFY(limits.mayTry(at("127.0.0.1"), now));
        QCOMPARE(limits.delay("ann@example.org", at("::1"), now), 0ms);
    }
};
POSTROOM_TEST(LimitsTest)
#include "limits_test.moc"
