#include "gui/health.h"
#include "tests/support/test.h"

using namespace gui;

namespace {

api::Status healthy()
{
    api::Status status;
    status.version = QStringLiteral("1");
    status.hostname = QStringLiteral("mail.a.example");
    status.messages = 12;
    status.listeners = {{QStringLiteral("smtp"), QStringLiteral("smtp"), QStringLiteral("0.0.0.0"), 25, true, {}}};
    status.flow = {{.at = {}, .received = 3, .sent = 1}, {.at = {}, .received = 4}};
    return status;
}

api::Account mailbox(qint64 used, qint64 quota)
{
    api::Account account;
    account.address = QStringLiteral("anna@a.example");
    account.name = QStringLiteral("Anna");
    account.usedBytes = used;
    account.quotaBytes = quota;
    return account;
}

} // namespace

class HealthTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allIsWell()
    {
        const Assessment now = assess(healthy(), {mailbox(10, 100)});
        QCOMPARE(now.severity, Severity::Fine);
        QCOMPARE(now.sentence, QStringLiteral("Mail is flowing."));
        QCOMPARE(now.detail, QStringLiteral("7 received and 1 sent in the last 24 hours"));
        QVERIFY(now.needs.isEmpty());
    }
    void aClosedPortIsTrouble()
    {
        api::Status status = healthy();
        status.listeners[0].open = false;
        status.listeners[0].problem = QStringLiteral("port 25 is in use");
        const Assessment now = assess(status, {});
        QCOMPARE(now.severity, Severity::Trouble);
        QCOMPARE(now.needs.size(), 1);
        QCOMPARE(now.needs[0].title, QStringLiteral("Port 25 is not open"));
        QCOMPARE(now.needs[0].text, QStringLiteral("port 25 is in use"));
    }
    void mailboxes_data()
    {
        QTest::addColumn<qint64>("used");
        QTest::addColumn<qint64>("quota");
        QTest::addColumn<int>("severity");
        QTest::newRow("half") << 50LL << 100LL << int(Severity::Fine);
        QTest::newRow("just below") << 89LL << 100LL << int(Severity::Fine);
        QTest::newRow("nearly full") << 90LL << 100LL << int(Severity::Attention);
        QTest::newRow("full") << 100LL << 100LL << int(Severity::Trouble);
        QTest::newRow("no limit") << 100LL << 0LL << int(Severity::Fine);
    }
    void mailboxes()
    {
        QFETCH(qint64, used);
        QFETCH(qint64, quota);
        const Assessment now = assess(healthy(), {mailbox(used, quota)});
        QTEST(int(now.severity), "severity");
        if (!now.needs.isEmpty())
            QCOMPARE(now.needs[0].argument, QStringLiteral("anna@a.example"));
    }
    void aRemovedMailboxNeedsNobody()
    {
        api::Account gone = mailbox(100, 100);
        gone.state = api::AccountState::Removed;
        QCOMPARE(assess(healthy(), {gone}).severity, Severity::Fine);
    }
    void theWorstComesFirstAndOnlyThree()
    {
        api::Status status = healthy();
        status.unhandledErrors = 2;
        const Assessment now =
            assess(status, {mailbox(95, 100), mailbox(95, 100), mailbox(95, 100), mailbox(120, 100)});
        QCOMPARE(now.needs.size(), 3);
        QCOMPARE(now.needs[0].severity, Severity::Trouble);
    }
    void aFreshServerSaysSo()
    {
        api::Status status = healthy();
        status.messages = 0;
        QCOMPARE(assess(status, {}).sentence, QStringLiteral("Ready. Nothing has arrived yet."));
        QCOMPARE(assess({}, {}).sentence, QStringLiteral("This server is not set up yet."));
    }
};
POSTROOM_TEST(HealthTest)
#include "health_test.moc"
