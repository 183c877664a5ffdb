#include "daemon/queue/queue.h"

#include "tests/support/queue_fixture.h"
#include "tests/support/test.h"

using namespace queue;
using namespace std::chrono_literals;
using test::kContent;

class QueueTest : public test::QueueFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QueueFixture::init(); }
    void cleanup() { QueueFixture::cleanup(); }
    void deliversToSeveralRecipientsAtOnce()
    {
        listen();
        QVERIFY(m_queue->start());
        const QByteArray key = send({"bob@there.test", "eve@there.test"});
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QCOMPARE(m_sink->messages.first(),
                 "Received: x\r\n" + QByteArray(kContent).replace("\r\n.dot", "\r\n..dot") + ".\r\n");
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->linesThatStart("RCPT").size(), 2);
        QCOMPARE(m_sink->linesThatStart("MAIL"), QList<QByteArray>{"MAIL FROM:<ann@here.test>"});
        QCOMPARE(events(key), (QStringList{QStringLiteral("queued"), QStringLiteral("sent"), QStringLiteral("sent")}));
        QCOMPARE(inbox().size(), 0);
        QCOMPARE(problems(), QStringList());
    }
    void largeMessagesAreStreamed()
    {
        listen();
        QVERIFY(m_queue->start());
        const QByteArray content = "Subject: x\r\n\r\n" + QByteArray("0123456789abcdef\r\n").repeated(300'000);
        send({"bob@there.test"}, "ann@here.test", {}, content);
        QTRY_COMPARE_WITH_TIMEOUT(m_sink->messageCount(), 1, 20'000);
        QVERIFY(m_sink->messages.first() == "Received: x\r\n" + content + ".\r\n");
        QTRY_VERIFY(waiting().isEmpty());
    }
    void deferredThenDelivered()
    {
        int asked = 0;
        m_sink->answer = [&asked](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT") && asked++ == 0 ? "451 4.7.1 greylisted" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        const QByteArray key = send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QTRY_COMPARE(waiting().first().state, api::QueueState::Waiting);
        QCOMPARE(waiting().first().lastError, QStringLiteral("mx.there.test: 451 greylisted"));
        const auto wait = waiting().first().nextAttempt - m_clock.now();
        QVERIFY(wait >= 445s && wait <= 455s);
        m_clock.advance(wait);
        m_queue->wake();
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 1);
        QCOMPARE(events(key),
                 (QStringList{QStringLiteral("queued"), QStringLiteral("attempt"), QStringLiteral("sent")}));
    }
    void refusedForGoodIsReportedOnce()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT TO:<bob") ? "550 5.1.1 nobody" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        const QByteArray key = send({"bob@there.test", "eve@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QTRY_COMPARE(inbox().size(), 1);
        const QByteArray report = inbox().first();
        QVERIFY(report.startsWith("Return-Path: <>\r\nDelivered-To: ann@here.test\r\n"));
        QVERIFY(report.contains("Final-Recipient: rfc822; bob@there.test\r\n"));
        QVERIFY(report.contains("Diagnostic-Code: smtp; 550 5.1.1 nobody"));
        QVERIFY(report.contains("There is no mailbox with this address."));
        QVERIFY(!report.contains("eve@"));
        QCOMPARE(m_sink->messageCount(), 1);
        QVERIFY(events(key).contains(QStringLiteral("failed")));
        QCOMPARE(problems(), QStringList());
    }
    void nullSenderAndNotifyNeverGetNoReport()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray { return line.startsWith("RCPT") ? "550 no" : ""; };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"}, {});
        send({"bob@there.test"}, "ann@here.test", "NEVER");
        send({"bob@there.test"}, "ann@here.test", "SUCCESS,DELAY");
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(inbox().size(), 0);
        QCOMPARE(problems(), QStringList());
    }
    void successIsReportedWhereItWasAskedFor()
    {
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"}, "ann@here.test", "SUCCESS");
        QTRY_COMPARE(inbox().size(), 1);
        QVERIFY(inbox().first().contains("Action: relayed"));
    }
    void reportToElsewhereGoesThroughTheQueue()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT TO:<bob") ? "550 5.1.1 nobody" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"}, "else@there.test");
        QTRY_COMPARE(m_sink->messageCount(), 1);
        QCOMPARE(m_sink->linesThatStart("MAIL").last(), QByteArray("MAIL FROM:<>"));
        QVERIFY(m_sink->messages.first().contains("report-type=delivery-status"));
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(problems(), QStringList());
    }
    void connectionRefusedWaits()
    {
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QCOMPARE(waiting().first().lastError, QStringLiteral("no connection"));
    }
    void nextHostIsTriedBeforeWaiting()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            static std::atomic<int> greeted = 0;
            return line == "greeting" && greeted++ == 0 ? "421 4.3.2 not now" : "";
        };
        m_hosts = [](const QByteArray &) {
            const IpAddress here = *IpAddress::parse("127.0.0.1");
            const IpAddress dead = *IpAddress::parse("127.9.9.9");
            return MailHosts{.hosts = {{.name = "dead.test", .addresses = {dead}},
                                       {.name = "busy.test", .addresses = {here}},
                                       {.name = "good.test", .addresses = {here}}},
                             .failure = {}};
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 1);
        QCOMPARE(m_sink->connections, 2);
    }
    void aRuleAgainstOneAddressFamilyIsTriedWithTheOther()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line.startsWith("RCPT") ? "550 5.7.1 listed" : "";
        };
        m_hosts = [](const QByteArray &) {
            return MailHosts{
                .hosts = {{.name = "mx.test", .addresses = {*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")}}},
                .failure = {}};
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QCOMPARE(inbox().size(), 0);
        m_clock.advance(8min);
        m_queue->wake();
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(inbox().size(), 1);
    }
    void aCutBehindTheMessageIsNotRepeatedElsewhere()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray { return line == "." ? "cut" : ""; };
        m_hosts = [](const QByteArray &) {
            const IpAddress here = *IpAddress::parse("127.0.0.1");
            return MailHosts{
                .hosts = {{.name = "a.test", .addresses = {here}}, {.name = "b.test", .addresses = {here}}},
                .failure = {}};
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(waiting().size() == 1 && waiting().first().attempts == 1);
        QCOMPARE(m_sink->messageCount(), 1);
    }
    void fullTransactionsGoOnAtOnce()
    {
        m_sink->extensions = "";
        m_sink->answer = [count = 0](const QByteArray &line) mutable -> QByteArray {
            if (line.startsWith("MAIL"))
                count = 0;
            return line.startsWith("RCPT") && ++count > 2 ? "452 4.5.3 too many" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"a@there.test", "b@there.test", "c@there.test", "d@there.test", "e@there.test"});
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 3);
        QCOMPARE(m_sink->connections, 1);
    }
    void survivesARestart()
    {
        m_sink->answer = [](const QByteArray &line) -> QByteArray {
            return line == "MAIL FROM:<ann@here.test>" ? "cut" : "";
        };
        listen();
        QVERIFY(m_queue->start());
        send({"bob@there.test", "eve@other.test"});
        QTRY_VERIFY(waiting().size() == 2 && waiting().last().attempts == 1);
        stopServer();
        startServer();
        m_sink->answer = {};
        listen();
        QCOMPARE(waiting().size(), 2);
        m_clock.advance(8min);
        QVERIFY(m_queue->start());
        QTRY_VERIFY(waiting().isEmpty());
        QCOMPARE(m_sink->messageCount(), 2);
        QCOMPARE(problems(), QStringList());
    }
    void stoppingInTheMiddleCountsAsNothing()
    {
        m_sink->answer = {};
        m_sink->extensions = "";
        std::atomic<bool> reached = false;
        m_hosts = [&reached](const QByteArray &) {
            reached = true;
            return MailHosts{.hosts = {{.name = "silent.test", .addresses = {*IpAddress::parse("127.0.0.1")}}},
                             .failure = {}};
        };
        QTcpServer silent; // accepts by its backlog, says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost, m_port));
        QVERIFY(m_queue->start());
        send({"bob@there.test"});
        QTRY_VERIFY(reached && silent.hasPendingConnections());
        stopServer();
        silent.close();
        startServer();
        listen();
        QCOMPARE(waiting().first().attempts, 0);
        QVERIFY(m_queue->start());
        QTRY_COMPARE(m_sink->messageCount(), 1);
    }
};

POSTROOM_TEST(QueueTest)
#include "queue_test.moc"
