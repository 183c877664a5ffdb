#include "daemon/queue/find_hosts.h"

#include "shared/dns/fake_resolver.h"
#include "tests/support/test.h"

using namespace queue;

class FindHostsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsOrSaysWhyNot_data()
    {
        QTest::addColumn<QByteArray>("domain");
        QTest::addColumn<QByteArray>("ownName");
        QTest::addColumn<QByteArray>("found"); // host names, or the status with "p" or "t"
        QTest::newRow("by preference") << QByteArray("two.test") << QByteArray() << QByteArray("a.test b.test");
        QTest::newRow("not behind this server")
            << QByteArray("two.test") << QByteArray("b.test") << QByteArray("a.test");
        QTest::newRow("not back here") << QByteArray("two.test") << QByteArray("a.test") << QByteArray("5.4.6p");
        QTest::newRow("nor to its equals") << QByteArray("equal.test") << QByteArray("b.test") << QByteArray("5.4.6p");
        QTest::newRow("the domain itself") << QByteArray("a.test") << QByteArray() << QByteArray("a.test");
        QTest::newRow("null MX") << QByteArray("none.test") << QByteArray() << QByteArray("5.1.10p");
        QTest::newRow("no address") << QByteArray("lost.test") << QByteArray() << QByteArray("5.4.4p");
        QTest::newRow("no such domain") << QByteArray("x.test") << QByteArray() << QByteArray("5.1.2p");
        QTest::newRow("silence") << QByteArray("slow.test") << QByteArray() << QByteArray("4.4.3t");
    }
    void findsOrSaysWhyNot()
    {
        QFETCH(QByteArray, domain);
        QFETCH(QByteArray, ownName);
        QFETCH(QByteArray, found);
        auto zone = dns::FakeResolver::fromJson(R"({
            "two.test": {"MX": ["20 b.test", "10 a.test"]}, "equal.test": {"MX": ["10 b.test", "10 a.test"]}, "none.test": {"MX": ["0 ."]}, "lost.test": {"MX": ["0 gone.test"]},
            "a.test": {"A": ["127.0.0.1"]}, "b.test": {"A": ["127.0.0.2"], "AAAA": ["::1"]}, "slow.test": {"FAIL": ["timeout"]}})");
        QVERIFY(zone);
        QByteArray text;
        findHostsBy(*zone, {.ownName = ownName})(domain, [&text](const MailHosts &hosts) {
            for (const MailHost &host : hosts.hosts)
                text.append(' ').append(host.name);
            if (hosts.failure)
                text.append(' ').append(hosts.failure->enhanced).append(hosts.failure->permanent ? "p" : "t");
        });
        QCOMPARE(text.trimmed(), found);
    }
    void notToAnAddressOfThisServer()
    {
        const auto zone = dns::FakeResolver::fromJson(
            R"({"two.test": {"MX": ["20 b.test", "10 a.test"]}, "a.test": {"A": ["192.0.2.1"]}, "b.test": {"A": ["192.0.2.2"]}})");
        dns::FakeResolver resolver = *zone;
        const auto count = [&resolver](const char *own) {
            qsizetype hosts = -1;
            findHostsBy(resolver, {.ownName = {}, .isOwn = [own](const IpAddress &each) {
                                       return each == *IpAddress::parse(own);
                                   }})("two.test", [&hosts](const MailHosts &found) { hosts = found.hosts.size(); });
            return hosts;
        };
        QCOMPARE(count("192.0.2.9"), 2);
        QCOMPARE(count("192.0.2.2"), 1);
        QCOMPARE(count("192.0.2.1"), 0);
    }
};

POSTROOM_TEST(FindHostsTest)
#include "find_hosts_test.moc"
