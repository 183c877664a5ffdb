#include "shared/base/ip.h"
#include "tests/support/test.h"

class IpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parsesStrictly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical"); // empty = refused
        QTest::newRow("v4") << QByteArray("192.0.2.1") << QByteArray("192.0.2.1");
        QTest::newRow("v6") << QByteArray("2001:DB8:0:0::1") << QByteArray("2001:db8::1");
        QTest::newRow("mapped") << QByteArray("::ffff:192.0.2.1") << QByteArray("192.0.2.1");
        QTest::newRow("one number") << QByteArray("1") << QByteArray();
        QTest::newRow("leading zero") << QByteArray("010.0.0.1") << QByteArray();
        QTest::newRow("blank") << QByteArray("1.2.3.4 ") << QByteArray();
        QTest::newRow("zone") << QByteArray("fe80::1%eth0") << QByteArray();
        QTest::newRow("embedded nul") << QByteArray("::1\0junk", 8) << QByteArray();
    }
    void parsesStrictly()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, canonical);
        const auto address = IpAddress::parse(text);
        QCOMPARE(address.has_value(), !canonical.isEmpty());
        if (address)
            QCOMPARE(address->toBytes(), canonical);
    }
    void knowsLoopback()
    {
        QVERIFY(IpAddress::parse("127.200.3.4")->isLoopback());
        QVERIFY(IpAddress::parse("::1")->isLoopback());
        QVERIFY(!IpAddress::parse("128.0.0.1")->isLoopback());
        QVERIFY(!IpAddress::parse("::2")->isLoopback());
    }
    void prefixesKeepTheirBits()
    {
        QCOMPARE(IpAddress::parse("192.0.2.255")->prefix(26).toBytes(), QByteArray("192.0.2.192"));
        QCOMPARE(IpAddress::parse("2001:db8:1:2:3::")->prefix(64).toBytes(), QByteArray("2001:db8:1:2::"));
        QCOMPARE(IpAddress::parse("2001:db8::1")->prefix(0).toBytes(), QByteArray("::"));
    }
};
POSTROOM_TEST(IpTest)
#include "ip_test.moc"
