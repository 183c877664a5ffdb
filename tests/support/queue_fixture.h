// A store, a writer, net threads, a queue and a sink to deliver to, for tests of the queue: started before each test
// function, stopped behind it. The wall clock stands still until a test moves it.
#pragma once

#include "daemon/core/worker_pool.h"
#include "daemon/db/writer.h"
#include "daemon/dkim/keys.h"
#include "daemon/queue/queue.h"
#include "daemon/queue/rows.h"
#include "daemon/queue/schema.h"
#include "daemon/store/mailboxes.h"
#include "shared/crypto/certificate.h"
#include "shared/tls/context.h"
#include "tests/support/smtp_sink.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

namespace test {

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

inline constexpr char kContent[] =
    "Message-ID: <o@here.test>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n.dot\r\nend\r\n";

// Of a server with that name, by an authority nobody knows.
inline std::shared_ptr<const tls::Context> serverTls(const QByteArray &name)
{
    const Timestamp now = SystemClock().now();
    const auto authority = crypto::makeAuthority("test", now, std::chrono::days(2));
    const auto own = crypto::issueCertificate(*authority, {name}, now, std::chrono::days(2));
    return *tls::Context::server({.certificatePem = own->certificatePem, .keyPem = own->keyPem, .names = {}});
}

class QueueFixture : public QObject
{
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    TestClock m_clock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<queue::Queue> m_queue;
    std::unique_ptr<db::Writer> m_writer;
    std::unique_ptr<core::WorkerPool> m_pool;
    std::unique_ptr<net::NetThreads> m_net;
    std::shared_ptr<SinkState> m_sink;
    std::unique_ptr<net::TcpListener> m_listener;
    quint16 m_port = 0;
    QByteArray m_fromId; // of what is sent
    std::function<queue::MailHosts(const QByteArray &)> m_hosts;

    Result<void> run(std::move_only_function<Result<void>(db::Database &, store::Effects &)> apply)
    {
        return m_writer->submitAndWait(m_store->change(std::move(apply)));
    }
    void startServer()
    {
        m_store = *store::Store::open(m_folder->path(), {{.name = "queue/0001_queue", .sql = queue::kSchema0001},
                                                         {.name = "dkim/0001_dkim", .sql = dkim::kSchema0001},
                                                         {.name = "reports/0001_tls", .sql = reports::kSchema0001},
                                                         {.name = "queue/0002_flow", .sql = queue::kSchema0002},
                                                         {.name = "queue/0003_envelope", .sql = queue::kSchema0003},
                                                         {.name = "queue/0004_routes", .sql = queue::kSchema0004},
                                                         {.name = "queue/0005_accounts", .sql = queue::kSchema0005}});
        m_writer =
            std::make_unique<db::Writer>(db::Writer::Options{.file = m_store->file, .syncDelay = {}, .fatal = {}});
        m_pool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "test", .threads = 2});
        m_net = std::make_unique<net::NetThreads>(
            2, net::Surroundings{.committer = *m_writer, .store = *m_pool, .check = *m_pool, .hash = *m_pool});
        m_queue = std::make_unique<queue::Queue>(
            queue::Options{.hostname = "here.test", .smtpOutPort = m_port, .loopbackOnly = true},
            queue::Services{
                .store = *m_store,
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
            *m_net,
            std::make_shared<const net::Service>(net::Service{
                .protocol = {.name = "sink", .session = [sink = m_sink] { return std::make_unique<SmtpSink>(sink); }},
                .alpn = {},
                .tls = std::move(tls)}));
        m_net->admission.exemptLoopback = true;
        QVERIFY(m_listener->start(*IpAddress::parse("127.0.0.1"), m_port));
        m_port = m_listener->serverPort();
    }
    void stopServer()
    {
        m_listener.reset();
        m_queue->drain();
        m_net->shutDown(std::chrono::seconds(2));
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
        queue::Outgoing outgoing{.message = store::prepare(content, store::newMessageKey()),
                                 .prefix = "Received: x\r\n"};
        outgoing.accountId = m_store->directory.account(from).value_or(0);
        outgoing.fromId = m_fromId;
        if (!from.isEmpty())
            outgoing.mail.reversePath = *smtp::parseAddress(from);
        for (const QByteArray &recipient : recipients)
            outgoing.recipients.append({.forwardPath = *smtp::parseAddress(recipient), .notify = notify});
        outgoing = queue::prepareOutgoing(std::move(outgoing));
        const auto done = run([&](db::Database &db, store::Effects &effects) -> Result<void> {
            return store::addContent(db, *outgoing.message).and_then([&](qint64 contentId) {
                return queue::add(db, effects, outgoing, contentId, m_clock.now());
            });
        });
        return done ? outgoing.message->messageKey : QByteArray();
    }
    QList<api::QueueMessage> waiting()
    {
        api::QueueListParams params;
        params.limit = 1000;
        return queue::list(**m_store->reader(), params, m_queue->sending(), m_clock.now())->messages;
    }
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

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_sink = std::make_shared<SinkState>();
        m_port = 0;
        m_hosts = [](const QByteArray &) {
            return queue::MailHosts{.hosts = {{.name = "mx.there.test", .addresses = {*IpAddress::parse("127.0.0.1")}}},
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
};

} // namespace test
