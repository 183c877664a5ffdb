#include "shared/base/network_rate.h"
#include "tests/support/test.h"

using namespace std::chrono_literals;

class NetworkRateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void widerNetworksHaveMore_data()
    {
        QTest::addColumn<QByteArray>("first"); // the address of the first event; the others are `step` addresses on
        QTest::addColumn<int>("step");         // in units of a whole address (IPv4) or a /64 (IPv6)
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("asks");
        QTest::addColumn<bool>("room");
        const auto row = [](const char *name, const char *first, int step, int count, const char *asks, bool room) {
            QTest::newRow(name) << QByteArray(first) << step << count << QByteArray(asks) << room;
        };
        row("one address, one less", "192.0.2.0", 0, 9, "192.0.2.0", true);
        row("one address, all", "192.0.2.0", 0, 10, "192.0.2.0", false);
        row("its neighbour", "192.0.2.0", 0, 10, "192.0.2.1", true);
        row("a /26, one less", "192.0.2.0", 1, 29, "192.0.2.63", true);
        row("a /26, all", "192.0.2.0", 1, 30, "192.0.2.63", false);
        row("the next /26", "192.0.2.0", 1, 30, "192.0.2.64", true);
        row("a /21, one less", "192.0.0.0", 16, 89, "192.0.7.255", true);
        row("a /21, all", "192.0.0.0", 16, 90, "192.0.7.255", false);
        row("the next /21", "192.0.0.0", 16, 90, "192.0.8.0", true);
        row("a /64, all", "2001:db8::1", 0, 10, "2001:db8::2", false);
        row("a /48, one less", "2001:db8::1", 1, 29, "2001:db8:0:ff::1", true);
        row("a /48, all", "2001:db8::1", 1, 30, "2001:db8:0:ff::1", false);
        row("the next /48", "2001:db8::1", 1, 30, "2001:db8:1::1", true);
        row("a /32, all", "2001:db8::1", 10'000, 90, "2001:db8:ffff::1", false);
    }
    void widerNetworksHaveMore()
    {
        QFETCH(QByteArray, first);
        QFETCH(int, step);
        QFETCH(int, count);
        QFETCH(QByteArray, asks);
        NetworkRate rate(10, 1min);
        const std::chrono::steady_clock::time_point now(24h);
        for (int i = 0; i < count; ++i)
            rate.add(moved(*IpAddress::parse(first), i * step), now);
        QTEST(rate.hasRoom(*IpAddress::parse(asks), now), "room");
        QVERIFY(rate.hasRoom(*IpAddress::parse(asks), now + 2min));
    }
    void anAddressIsForgivenWithoutItsNetwork()
    {
        NetworkRate rate(1, 1min);
        const std::chrono::steady_clock::time_point now(24h);
        const IpAddress first = *IpAddress::parse("192.0.2.1");
        rate.add(first, now);
        rate.forgive(first);
        QVERIFY(rate.hasRoom(first, now));
        rate.add(first, now);
        rate.forgive(first);
        rate.add(first, now);
        rate.forgive(first);
        QVERIFY(!rate.hasRoom(first, now));
        rate.setMost(2);
        QVERIFY(rate.hasRoom(first, now));
    }

private:
    static IpAddress moved(const IpAddress &from, int by)
    {
        auto octets = from.octets();
        for (int at = from.isV4() ? 3 : 7; by > 0; --at, by /= 256)
            octets.at(static_cast<size_t>(at)) += static_cast<quint8>(by % 256);
        return from.isV4() ? IpAddress::v4({octets[0], octets[1], octets[2], octets[3]}) : IpAddress::v6(octets);
    }
};
POSTROOM_TEST(NetworkRateTest)
#include "network_rate_test.moc"
