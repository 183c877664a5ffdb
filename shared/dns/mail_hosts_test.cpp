#include "shared/dns/mail_hosts.h"

#include "shared/dns/fake_resolver.h"
#include "tests/support/test.h"

using namespace dns;

class MailHostsTest : public QObject
{
    Q_OBJECT
    FakeResolver m_zone;
    MailHosts find(const QByteArray &domain)
    {
        MailHosts got;
        int answers = 0;
        findMailHosts(m_zone,
                      {.domain = domain, .shuffle = [](QList<MailHost> &hosts) { std::ranges::reverse(hosts); }},
                      [&](const MailHosts &hosts) {
                          got = hosts;
                          ++answers;
                      });
        return answers == 1 ? got
                            : MailHosts{.problem = MailHosts::Problem::Temporary,
                                        .hosts = {},
                                        .why = QStringLiteral("answers: %1").arg(answers)};
    }
private Q_SLOTS:
    void initTestCase()
    {
        auto zone = FakeResolver::fromJson(
            R"({"a.org": {"MX": ["20 backup.a.org", "10 one.a.org", "10 two.a.org", "30 dead.a.org"]},
            "one.a.org": {"A": ["192.0.2.1"], "AAAA": ["2001:db8::1"]}, "two.a.org": {"A": ["192.0.2.2"]}, "backup.a.org": {"A": ["192.0.2.3"]},
            "dead.a.org": {"TXT": ["no address"]}, "plain.org": {"A": ["192.0.2.4"]}, "alias.org": {"CNAME": ["plain.org"]},
            "null.org": {"MX": ["0 ."]}, "fail.org": {"FAIL": ["timeout"]}, "lost.org": {"MX": ["10 dead.a.org"]}, "half.org": {"MX": ["10 fail.org"]}})");
        QVERIFY(zone);
        m_zone = std::move(*zone);
    }
    void hostsComeByPreferenceAndShuffledAmongEquals()
    {
        const MailHosts found = find("a.org");
        QVERIFY(found.problem == MailHosts::Problem::None);
        QList<QByteArray> names;
        for (const MailHost &host : found.hosts)
            names << host.name;
        QCOMPARE(names, (QList<QByteArray>{"two.a.org", "one.a.org", "backup.a.org"}));
        QCOMPARE(found.hosts.at(1).addresses.size(), 2);
        QVERIFY(!found.hosts.at(1).addresses.first().isV4());
    }
    void theWorseOfManyHostsAreNotTried_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("hosts");
        QTest::newRow("one less") << kMostMailHosts - 1 << kMostMailHosts - 1;
        QTest::newRow("most") << kMostMailHosts << kMostMailHosts;
        QTest::newRow("one more") << kMostMailHosts + 1 << kMostMailHosts;
    }
    void theWorseOfManyHostsAreNotTried()
    {
        QFETCH(int, records);
        QFETCH(int, hosts);
        const QByteArray domain = "many" + QByteArray::number(records) + ".org";
        for (int i = 0; i < records; ++i) {
            const QByteArray host = "mx" + QByteArray::number(i) + '.' + domain;
            QVERIFY(m_zone.add(domain, "MX", QByteArray::number(100 - i) + ' ' + host));
            QVERIFY(m_zone.add(host, "A", "192.0.2.9"));
        }
        const MailHosts found = find(domain);
        QCOMPARE(found.hosts.size(), hosts);
        QCOMPARE(found.hosts.first().preference, 100 - records + 1);
    }
    void withoutMxTheDomainItselfIsTheHost()
    {
        QCOMPARE(find("plain.org").hosts.first().name, "plain.org");
        QCOMPARE(find("alias.org").hosts.first().name, "plain.org");
    }
    void problemsAreToldApart()
    {
        QVERIFY(find("nowhere.org").problem == MailHosts::Problem::NoSuchDomain);
        QVERIFY(find("null.org").problem == MailHosts::Problem::NullMx);
        QVERIFY(find("fail.org").problem == MailHosts::Problem::Temporary);
        QVERIFY(find("lost.org").problem == MailHosts::Problem::NoAddress);
        QVERIFY(find("half.org").problem == MailHosts::Problem::Temporary);
    }
    void signedRecordsOfHosts()
    {
        auto zone = FakeResolver::fromJson(
            R"({"s.org": {"SECURE": ["yes"], "MX": ["10 a.s.org", "20 alias.s.org", "30 out.s.org", "40 bad.s.org", "50 no.s.org"]},
            "a.s.org": {"A": ["192.0.2.1"]}, "_25._tcp.a.s.org": {"TLSA": ["03 01 01 aa"]},
            "alias.s.org": {"CNAME": ["b.s.org"]}, "b.s.org": {"A": ["192.0.2.2"]}, "_25._tcp.alias.s.org": {"TLSA": ["03 01 01 bb"]},
            "out.s.org": {"CNAME": ["c.plain.org"]}, "c.plain.org": {"A": ["192.0.2.3"]}, "_25._tcp.out.s.org": {"TLSA": ["03 01 01 cc"]},
            "bad.s.org": {"A": ["192.0.2.4"]}, "_25._tcp.bad.s.org": {"FAIL": ["timeout"]}, "no.s.org": {"A": ["192.0.2.5"]},
            "plain.org": {"MX": ["10 a.s.org"]}})");
        QVERIFY(zone);
        m_zone = std::move(*zone);
        const auto words = [this](const QByteArray &domain) {
            QByteArray text;
            for (const MailHost &host : find(domain).hosts)
                text.append(host.tlsaState == TlsaState::Failed ? "failed"
                            : host.tlsa.isEmpty()               ? "none"
                                                                : host.tlsa.first().toHex() + '@' + host.tlsaBase)
                    .append(' ');
            return text.trimmed();
        };
        // Of an alias in signed zones both names are asked; of one that leads out of them, its own (RFC 7672 2.2.2).
        QCOMPARE(words("s.org"), "030101aa@a.s.org 030101bb@alias.s.org 030101cc@out.s.org failed none");
        QVERIFY(find("s.org").authentic);
        QCOMPARE(words("plain.org"), "none"); // RFC 7672 2.2.1
        QVERIFY(!find("plain.org").authentic);
    }
};
POSTROOM_TEST(MailHostsTest)
#include "mail_hosts_test.moc"
