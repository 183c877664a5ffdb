#include "daemon/queue/returned_reports.h"

#include "daemon/queue/history.h"
#include "daemon/queue/suppressions.h"
#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;

namespace {

QByteArray report(const QByteArray &messageId, const QByteArray &recipient, const QByteArray &action)
{
    return "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
           "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; peer.test\r\n\r\n"
           "Final-Recipient: rfc822; " +
           recipient + "\r\nAction: " + action +
           "\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 nobody\r\n\r\n"
           "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" +
           messageId + ">\r\n--b--\r\n";
}

} // namespace

class ReturnedReportsTest : public test::QueueFixture
{
    Q_OBJECT

    void sendAndWait(const QList<QByteArray> &recipients = {"bob@there.test"})
    {
        listen();
        QVERIFY(m_queue->start());
        m_key = send(recipients);
        QTRY_COMPARE(history(**m_store->reader(), {})->messages.size(), recipients.size());
    }
    void comesBack(const QByteArray &content, const QByteArray &to = "ann@here.test")
    {
        const QSet<qint64> accounts{m_store->directory.account(store::withoutDetail(to)).value_or(99)};
        QVERIFY(run([&](db::Database &db, store::Effects &effects) {
            return noteReturned(db, effects,
                                {.accounts = accounts, .addresses = {*smtp::parseAddress(to)}, .content = content},
                                m_clock.now());
        }));
    }
    QString outcome() { return history(**m_store->reader(), {})->messages.first().outcome; }
    qsizetype suppressions() { return listSuppressions(**m_store->reader(), {})->suppressions.size(); }

    QByteArray m_key;
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void aFailureIsTheMessages()
    {
        sendAndWait();
        comesBack(report("o@here.test", "Bob@there.test", "failed"));
        QCOMPARE(outcome(), QStringLiteral("failed"));
        QCOMPARE(history(**m_store->reader(), {})->messages.first().reason, QStringLiteral("no-such-mailbox"));
        QCOMPARE(suppressions(), 1);
        QVERIFY(events(m_key).contains(QStringLiteral("reported")));
        comesBack(report("o@here.test", "bob@there.test", "failed")); // again: counted once
        QCOMPARE(suppressions(), 1);
        QCOMPARE(problems(), QStringList());
    }
    void anOwnSenderAddressFindsItWithoutAMessageId()
    {
        m_fromId = "abc123";
        sendAndWait();
        QCOMPARE(m_sink->linesThatStart("MAIL").first().split(' ').at(1), QByteArray("FROM:<ann+abc123@here.test>"));
        comesBack(report("", "bob@elsewhere.test", "failed"), "ann+abc123@here.test"); // it was forwarded
        QCOMPARE(outcome(), QStringLiteral("failed"));
        QVERIFY(events(m_key).contains(QStringLiteral("reported")));
    }
    void ofSeveralTheOneThatIsNamed()
    {
        m_fromId = "abc123";
        sendAndWait({"bob@there.test", "eve@there.test"});
        comesBack(report("", "other@there.test", "failed"), "ann+abc123@here.test");
        QVERIFY(!events(m_key).contains(QStringLiteral("reported")));
        comesBack(report("", "EVE@there.test", "failed"), "ann+abc123@here.test");
        const auto sent = history(**m_store->reader(), {})->messages;
        for (const api::QueueRetired &each : sent)
            QCOMPARE(each.outcome == QLatin1StringView("failed"),
                     each.recipient == QLatin1StringView("eve@there.test"));
    }
    void anIdIsGivenOnce()
    {
        m_fromId = "abc123";
        QVERIFY(!send({"bob@there.test"}).isEmpty());
        QVERIFY(send({"bob@there.test"}).isEmpty());
        m_fromId.clear();
        QVERIFY(!send({"bob@there.test"}).isEmpty());
        QVERIFY(!send({"bob@there.test"}).isEmpty());
    }
    void aDelayIsOnlyTold()
    {
        sendAndWait();
        comesBack(report("o@here.test", "bob@there.test", "delayed"));
        QCOMPARE(outcome(), QStringLiteral("delivered"));
        QVERIFY(events(m_key).contains(QStringLiteral("reported")));
    }
    void storiesAboutOtherMailChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("message") << report("else@here.test", "bob@there.test", "failed") << QByteArray("ann@here.test");
        QTest::newRow("recipient") << report("o@here.test", "eve@there.test", "failed") << QByteArray("ann@here.test");
        QTest::newRow("account") << report("o@here.test", "bob@there.test", "failed") << QByteArray("bea@here.test");
        QTest::newRow("no report") << QByteArray("Subject: x\r\n\r\nhello\r\n") << QByteArray("ann@here.test");
    }
    void storiesAboutOtherMailChangeNothing()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, to);
        sendAndWait();
        comesBack(content, to);
        QCOMPARE(outcome(), QStringLiteral("delivered"));
        QCOMPARE(suppressions(), 0);
        QVERIFY(!events(m_key).contains(QStringLiteral("reported")));
    }
};

POSTROOM_TEST(ReturnedReportsTest)
#include "returned_reports_test.moc"
