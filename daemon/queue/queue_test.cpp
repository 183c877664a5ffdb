#include "daemon/queue/queue.h"

#include "daemon/core/worker_pool.h"
#include "daemon/db/writer.h"
#include "daemon/queue/rows.h"
#include "daemon/queue/schema.h"
#include "daemon/store/mailboxes.h"
#include "shared/base/metrics.h"
#include "tests/support/smtp_sink.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

using namespace queue;
using namespace std::chrono_literals;

namespace {

// Wall time as a test wants it; the other clock runs on, for the net threads.
class TestClock final : public Clock
{
public:
    Timestamp now() const override { return fromMilliseconds(m_now); }
    std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
    void advance(std::chrono::milliseconds by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now = 1'800'000'000'000;
};

const char kContent[] = "Message-ID: <o@here.test>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n.dot\r\nend\r\n";

} // namespace

class QueueTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    TestClock m_clock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<Queue> m_queue;
    std::unique_ptr<db::Writer> m_writer;
    std::unique_ptr<core::WorkerPool> m_pool;
    std::unique_ptr<net::NetThreads> m_net;
    std::shared_ptr<test::SinkState> m_sink;
    std::unique_ptr<net::TcpListener> m_listener;
    quint16 m_port = 0;
    std::function<MailHosts(const QByteArray &)> m_hosts;

    Result<void> run(std::move_only_function<Result<void>(db::Database &, store::Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    void startServer()
    {
        m_store = *store::Store::open(m_folder->path(), {{.name = "queue/0001_queue", .sql = kSchema0001}});
        m_writer =
            std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file, .syncDelay = {}, .fatal = {}});
        m_pool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "test", .threads = 2});
        m_net = std::make_unique<net::NetThreads>(
            2, net::Surroundings{.committer = *m_writer, .store = *m_pool, .check = *m_pool, .hash = *m_pool});
        m_queue = std::make_unique<Queue>(
            Options{.hostname = "here.test", .smtpOutPort = m_port, .loopbackOnly = true},
            Services{.store = *m_store,
                     .writer = *m_writer,
                     .net = *m_net,
                     .clock = m_clock,
                     .findHosts = [this](const QByteArray &domain, const auto &found) { found(m_hosts(domain)); },
                     .deliverHere = {}});
        m_store->views.onTopic = [this](const QByteArray &topic) {
            if (topic == "queue")
                m_queue->wake();
        };
    }
    void listen(std::shared_ptr<const tls::Context> tls = {})
    {
        m_listener = std::make_unique<net::TcpListener>(
            *m_net, std::make_shared<const net::Service>(
                        net::Service{.name = "sink",
                                     .session = [sink = m_sink] { return std::make_unique<test::SmtpSink>(sink); },
                                     .alpn = {},
                                     .tls = std::move(tls),
                                     .tlsFromStart = false,
                                     .refusal = {}}));
        QVERIFY(m_listener->start(*IpAddress::parse("127.0.0.1"), m_port));
        m_port = m_listener->serverPort();
    }
    void stopServer()
    {
        m_listener.reset();
        m_queue->drain();
        m_net->shutDown(2s);
        m_queue->stop();
        m_pool->stop();
        m_writer->stop();
        m_net.reset();
        m_writer.reset();
        m_queue.reset();
        m_pool.reset();
        m_store.reset();
    }
    QByteArray send(const QList<QByteArray> &recipients, const QByteArray &from = "ann@here.test",
                    const QByteArray &notify = {}, const QByteArray &content = kContent)
    {
        Outgoing outgoing{.message = store::prepare(content, store::newMessageKey()), .prefix = "Received: x\r\n"};
        if (!from.isEmpty())
            outgoing.mail.reversePath = *smtp::parseAddress(from);
        for (const QByteArray &recipient : recipients)
            outgoing.recipients.append({.forwardPath = *smtp::parseAddress(recipient), .notify = notify});
        outgoing = prepareOutgoing(std::move(outgoing));
        const auto done = run([&](db::Database &db, store::Effects &effects) -> Result<void> {
            return store::addContent(db, *outgoing.message).and_then([&](qint64 contentId) {
                return add(db, effects, outgoing, contentId, m_clock.now());
            });
        });
        return done ? outgoing.message->messageKey : QByteArray();
    }
    QList<api::QueueMessage> waiting() { return *list(**m_store->reader(), {}, m_queue->sending()); }
    // What the account has in its INBOX, newest last.
    QList<QByteArray> inbox()
    {
        auto &db = **m_store->reader();
        QList<qint64> ids;
        {
            auto rows = db.query("select message_id from messages order by message_id");
            while (rows.next())
                ids.append(rows.integer(0));
        }
        QList<QByteArray> messages;
        for (const qint64 id : ids)
            messages.append(*store::readMessage(db, id));
        return messages;
    }
    QStringList events(const QByteArray &key)
    {
        QStringList list;
        const auto rows = *store::findTraces(**m_store->reader(), QString::fromLatin1(key), 1);
        for (const store::Trace &row : rows)
            list << row.event;
        return list;
    }
    QStringList problems() { return *store::verify(**m_store->reader()); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_sink = std::make_shared<test::SinkState>();
        m_port = 0;
        m_hosts = [](const QByteArray &) {
            return MailHosts{.hosts = {{.name = "mx.there.test", .addresses = {*IpAddress::parse("127.0.0.1")}}},
                             .failure = {}};
        };
        {
            QTcpServer probe; // a port that is free, and closed until listen()
            QVERIFY(probe.listen(QHostAddress::LocalHost));
            m_port = probe.serverPort();
        }
        startServer();
        QVERIFY(run([this](db::Database &db, store::Effects &effects) -> Result<void> {
            if (auto done = store::addDomain(db, effects, "here.test"); !done)
                return done;
            return store::addAccount(db, effects, {.localpart = "ann", .domain = "here.test"}, m_clock.now())
                .transform([](qint64) {});
        }));
    }
    void cleanup()
    {
        stopServer();
        m_folder.reset();
    }
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
        m_hosts = [this, &reached](const QByteArray &) {
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
