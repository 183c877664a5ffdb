#include "shared/dns/fake_resolver.h"

#include "tests/support/test.h"

using namespace dns;

class FakeResolverTest : public QObject
{
    Q_OBJECT
    static Answer ask(FakeResolver &zone, const QByteArray &name, Type type)
    {
        Answer got;
        zone.lookUp(name, type, [&got](const Answer &answer) { got = answer; });
        return got;
    }
private Q_SLOTS:
    void answersFromTheFile()
    {
        auto zone = FakeResolver::fromJson(R"({"example.org": {"MX": ["10 MX.example.org.", "5 ."], "TXT": ["a b"]},
            "mx.example.org": {"A": ["127.0.0.1", "127.0.0.2"], "AAAA": ["::1"]}, "a.b.example.org": {"A": ["127.0.0.3"]},
            "www.example.org": {"CNAME": ["mx.example.org"]}, "bad.example.org": {"FAIL": ["timeout"]}, "*.wild.org": {"A": ["127.0.0.4"]}})");
        QVERIFY(zone);
        const Answer mx = ask(*zone, "EXAMPLE.org", Type::Mx);
        QVERIFY(mx.status == Status::Found);
        QCOMPARE(mx.mx.size(), 2);
        QCOMPARE(mx.mx.at(0).host, "mx.example.org");
        QVERIFY(mx.mx.at(1).host.isEmpty());
        QCOMPARE(ask(*zone, "www.example.org", Type::A).addresses.size(), 2);
        QCOMPARE(ask(*zone, "www.example.org", Type::A).canonicalName, "mx.example.org");
        QCOMPARE(ask(*zone, "www.example.org", Type::Cname).texts, QList<QByteArray>{"mx.example.org"});
        QVERIFY(ask(*zone, "mx.example.org", Type::Txt).status == Status::NoData);
        QVERIFY(ask(*zone, "b.example.org", Type::A).status == Status::NoData); // an empty non-terminal
        QVERIFY(ask(*zone, "none.example.org", Type::A).status == Status::NoSuchName);
        QVERIFY(ask(*zone, "bad.example.org", Type::A).status == Status::Failed);
        QCOMPARE(ask(*zone, "x.y.wild.org", Type::A).addresses.size(), 1);
        QVERIFY(ask(*zone, "wild.org", Type::A).status == Status::NoData);
    }
    void aliasesInACircleFail()
    {
        FakeResolver zone;
        QVERIFY(zone.add("a.org", "CNAME", "b.org") && zone.add("b.org", "CNAME", "a.org"));
        QVERIFY(ask(zone, "a.org", Type::A).status == Status::Failed);
    }
    void aliasesAreFollowedUpToEight()
    {
        FakeResolver zone;
        for (int i = 0; i < 9; ++i)
            QVERIFY(zone.add('a' + QByteArray::number(i) + ".org", "CNAME", 'a' + QByteArray::number(i + 1) + ".org"));
        QVERIFY(zone.add("a9.org", "A", "192.0.2.1"));
        QVERIFY(ask(zone, "a2.org", Type::A).status == Status::Found); // 7 in a row
        QVERIFY(ask(zone, "a1.org", Type::A).status == Status::Found); // 8
        const Answer nine = ask(zone, "a0.org", Type::A);
        QVERIFY(nine.status == Status::Failed);
        QCOMPARE(nine.why, QStringLiteral("too many CNAMEs in a row"));
    }
    void namesAndPreferencesAreKeptAtTheEdge()
    {
        FakeResolver zone;
        const QByteArray labels = (QByteArray(49, 'b') + '.').repeated(5);
        QVERIFY(zone.add(labels + "org", "A", "192.0.2.1"));   // 253 bytes
        QVERIFY(!zone.add(labels + "orgs", "A", "192.0.2.1")); // 254
        QVERIFY(zone.add(QByteArray(63, 'b') + ".org", "A", "192.0.2.1"));
        QVERIFY(!zone.add(QByteArray(64, 'b') + ".org", "A", "192.0.2.1"));
        QVERIFY(zone.add("a.org", "MX", "0 mx.a.org"));
        QVERIFY(zone.add("a.org", "MX", "65535 mx.a.org"));
        QVERIFY(!zone.add("a.org", "MX", "65536 mx.a.org"));
    }
    void errorsNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("preference") << QByteArray(R"({"a.org": {"MX": ["mx.a.org"]}})") << QStringLiteral("/a.org/MX");
        QTest::newRow("family") << QByteArray(R"({"a.org": {"A": ["::1"]}})") << QStringLiteral("/a.org/A");
        QTest::newRow("type") << QByteArray(R"({"a.org": {"SPF": ["x"]}})") << QStringLiteral("/a.org/SPF");
        QTest::newRow("list") << QByteArray(R"({"a.org": {"A": "127.0.0.1"}})") << QStringLiteral("/a.org/A");
        QTest::newRow("name") << QByteArray(R"({"a..org": {"A": ["127.0.0.1"]}})") << QStringLiteral("/a..org/A");
    }
    void errorsNameTheirPlace()
    {
        QFETCH(QByteArray, text);
        const auto zone = FakeResolver::fromJson(text);
        QVERIFY(!zone);
        QTEST(zone.error().path, "path");
    }
};
POSTROOM_TEST(FakeResolverTest)
#include "fake_resolver_test.moc"
