// Several messages over one connection.
#include "tests/support/queue_fixture.h"

using namespace queue;
using namespace std::chrono_literals;

class ReuseTest : public test::QueueFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void messagesShareAConnection()
    {
        listen();
        QVERIFY(m_queue->start());
        for (int i = 1; i <= 5; ++i) {
            send({"bob@there.test"});
            QTRY_COMPARE(m_sink->messageCount(), i);
            QTRY_VERIFY(waiting().isEmpty());
        }
        QCOMPARE(m_sink->connections, 1);
        QCOMPARE(m_sink->linesThatStart("EHLO").size(), 1);
        QCOMPARE(m_sink->linesThatStart("MAIL").size(), 5);
        QTRY_COMPARE_WITH_TIMEOUT(m_sink->linesThatStart("QUIT").size(), 1, 5000); // nothing came any more
        QCOMPARE(problems(), QStringList());
    }
    void aLimitOfMessagesIsKept()
    {
        m_sink->extensions = "250-PIPELINING\r\n250-LIMITS MAILMAX=2\r\n";
        listen();
        QVERIFY(m_queue->start());
        for (int i = 1; i <= 4; ++i) {
            send({"bob@there.test"});
            QTRY_COMPARE(m_sink->messageCount(), i);
            QTRY_VERIFY(waiting().isEmpty());
        }
        QCOMPARE(m_sink->connections, 2);
    }
    void aConnectionThatEndedCostsNothing_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("goodbye") << QByteArray("421 4.4.2 idle too long");
        QTest::newRow("cut") << QByteArray("cut");
    }
    void aConnectionThatEndedCostsNothing()
    {
        QFETCH(QByteArray, answer);
        int mails = 0;
        m_sink->answer = [&](const QByteArray &line) -> QByteArray {
            return line.startsWith("MAIL") && ++mails == 2 ? answer : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(m_sink->messageCount() == 1 && waiting().isEmpty());
        const QByteArray key = send({"bob@there.test"});
        QTRY_VERIFY(m_sink->messageCount() == 2 && waiting().isEmpty());
        QCOMPARE(m_sink->connections, 2);
        QCOMPARE(events(key), (QStringList{QStringLiteral("queued"), QStringLiteral("sent")})); // no attempt was lost
    }
    void refusedMessagesLeaveItUsable()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT TO:<eve") ? "550 5.1.1 nobody" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"eve@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        send({"bob@there.test"});
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->connections, 1);
        QCOMPARE(m_sink->linesThatStart("RSET").size(), 0); // the end mark closed the refused one
    }
};

POSTROOM_TEST(ReuseTest)
#include "reuse_test.moc"
