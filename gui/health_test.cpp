#include "gui/health.h"
#include "tests/support/test.h"

using namespace gui;

namespace {

const Timestamp kNow = fromMilliseconds(1'790'000'000'000);

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
        const Assessment now = assess(healthy(), {mailbox(10, 100)}, kNow);
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
        const Assessment now = assess(status, {}, kNow);
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
        const Assessment now = assess(healthy(), {mailbox(used, quota)}, kNow);
        QTEST(int(now.severity), "severity");
        if (!now.needs.isEmpty())
            QCOMPARE(now.needs[0].argument, QStringLiteral("anna@a.example"));
    }
    void aRemovedMailboxNeedsNobody()
    {
        api::Account gone = mailbox(100, 100);
        gone.state = api::AccountState::Removed;
        QCOMPARE(assess(healthy(), {gone}, kNow).severity, Severity::Fine);
    }
    void theWorstComesFirstAndOnlyThree()
    {
        api::Status status = healthy();
        status.unhandledErrors = 2;
        const Assessment now =
            assess(status, {mailbox(95, 100), mailbox(95, 100), mailbox(95, 100), mailbox(120, 100)}, kNow);
        QCOMPARE(now.needs.size(), 3);
        QCOMPARE(now.needs[0].severity, Severity::Trouble);
    }
    void certificates_data()
    {
        QTest::addColumn<int>("hoursLeft");
        QTest::addColumn<bool>("own");
        QTest::addColumn<int>("severity");
        QTest::newRow("weeks") << 15 * 24 << false << int(Severity::Fine);
        QTest::newRow("two weeks") << 14 * 24 << false << int(Severity::Fine);
        QTest::newRow("just under two weeks") << 14 * 24 - 1 << false << int(Severity::Attention);
        QTest::newRow("three days") << 3 * 24 << false << int(Severity::Attention);
        QTest::newRow("just under three days") << 3 * 24 - 1 << false << int(Severity::Trouble);
        QTest::newRow("over") << -1 << false << int(Severity::Trouble);
        QTest::newRow("our own is renewed by itself") << 5 << true << int(Severity::Fine);
    }
    void certificates()
    {
        QFETCH(int, hoursLeft);
        QFETCH(bool, own);
        api::Status status = healthy();
        status.certificates = {{.name = {},
                                .hosts = {status.hostname},
                                .until = kNow + std::chrono::hours(hoursLeft),
                                .own = own,
                                .problem = {}}};
        const Assessment now = assess(status, {}, kNow);
        QTEST(int(now.severity), "severity");
        if (!now.needs.isEmpty()) {
            QCOMPARE(now.needs[0].category, QStringLiteral("certificate"));
            QVERIFY(now.sentence.startsWith(QStringLiteral("Mail is flowing."))); // it does until then
        }
    }
    void aCertificateThatCannotBeUsedNeedsSomebody()
    {
        api::Status status = healthy();
        status.certificates = {{.name = QStringLiteral("shop"),
                                .hosts = {},
                                .until = {},
                                .own = false,
                                .problem = QStringLiteral("cannot read shop.pem")}};
        const Assessment now = assess(status, {}, kNow);
        QCOMPARE(now.severity, Severity::Attention);
        QCOMPARE(now.needs[0].text, QStringLiteral("cannot read shop.pem"));
    }
    void handshakes_data()
    {
        QTest::addColumn<qint64>("all");
        QTest::addColumn<qint64>("failed");
        QTest::addColumn<int>("severity");
        QTest::newRow("a tenth") << 200LL << 20LL << int(Severity::Fine);
        QTest::newRow("more than a tenth") << 200LL << 21LL << int(Severity::Trouble);
        QTest::newRow("too few to say") << 19LL << 19LL << int(Severity::Fine);
        QTest::newRow("enough to say") << 20LL << 19LL << int(Severity::Trouble);
    }
    void handshakes()
    {
        QFETCH(qint64, all);
        QFETCH(qint64, failed);
        api::Status status = healthy();
        status.handshakes = all;
        status.failedHandshakes = failed;
        QTEST(int(assess(status, {}, kNow).severity), "severity");
    }
    void aFreshServerSaysSo()
    {
        api::Status status = healthy();
        status.messages = 0;
        QCOMPARE(assess(status, {}, kNow).sentence, QStringLiteral("Ready. Nothing has arrived yet."));
        QCOMPARE(assess({}, {}, kNow).sentence, QStringLiteral("This server is not set up yet."));
    }
};
POSTROOM_TEST(HealthTest)
#include "health_test.moc"
