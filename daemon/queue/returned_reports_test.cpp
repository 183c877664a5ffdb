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

    void sendAndWait()
    {
        listen();
        QVERIFY(m_queue->start());
        m_key = send({"bob@there.test"});
        QTRY_COMPARE(history(**m_store->reader(), {})->messages.size(), 1);
    }
    void comesBack(const QByteArray &content, const QByteArray &to = "ann@here.test")
    {
        const QSet<qint64> accounts{m_store->directory.account(to).value_or(99)};
        QVERIFY(run([&](db::Database &db, store::Effects &effects) {
            return noteReturned(db, effects, accounts, content, m_clock.now());
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
