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
        findMailHosts(
            m_zone, domain, [](QList<MailHost> &hosts) { std::ranges::reverse(hosts); },
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
};
POSTROOM_TEST(MailHostsTest)
#include "mail_hosts_test.moc"
