#include "daemon/app/server.h"

#include "daemon/http/session.h"
#include "daemon/imap/session.h"
#include "daemon/smtp/session.h"
#include "shared/tls/context.h"

namespace app {

namespace {

const Log kLog("app");
constexpr auto kGrace = std::chrono::seconds(10);
constexpr auto kSweepEvery = std::chrono::minutes(1);
constexpr auto kKeepExpunged = std::chrono::minutes(5); // longer than a session goes without being told
constexpr char kPlaygroundPassword[] = "postroom-local";

} // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerOptions &options)
{
    std::unique_ptr<Server> server(new Server(options));
    if (auto done = server->open(); !done)
        return std::unexpected(done.error());
    if (options.local && !options.fresh) {
        if (auto done = server->makePlayground(); !done)
            return std::unexpected(done.error());
    }
    if (auto done = server->listenAll(); !done)
        return std::unexpected(done.error());
    return server;
}

Server::~Server()
{
    m_listeners.clear();
    if (m_net)
        m_net->shutDown(kGrace);
    for (auto *pool : {m_storePool.get(), m_checkPool.get(), m_hashPool.get()}) {
        if (pool)
            pool->stop();
    }
    if (m_writer)
        m_writer->stop();
    if (m_net)
        m_net->stop();
    if (m_store)
        m_store->views.notifierOrNull = nullptr;
}

Result<void> Server::open()
{
    auto opened = store::Store::open(m_options.folder, {{.name = "auth/0001_secrets", .sql = auth::kSchema0001}});
    if (!opened)
        return std::unexpected(opened.error());
    m_store = std::move(*opened);
    m_writer = std::make_unique<db::Writer>(db::Writer::Options{
        .file = m_store->file, .syncDelay = m_options.syncDelay, .fatal = [this](const Error &error) {
            if (fatal)
                fatal(error);
        }});
    m_authenticator = std::make_unique<auth::Authenticator>(
        m_store->file, [this](const QByteArray &name) { return m_store->directory.account(name); });
    m_storePool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "store", .threads = 8});
    m_checkPool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "check", .threads = 8});
    m_hashPool = std::make_unique<core::WorkerPool>(
        core::WorkerPool::Options{.name = "hash", .threads = 2, .mostQueued = 256, .nice = 5});
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    m_net = std::make_unique<net::NetThreads>(
        threads,
        net::Surroundings{.committer = *m_writer, .store = *m_storePool, .check = *m_checkPool, .hash = *m_hashPool});
    m_net->exemptLoopback = m_options.local && !m_options.strict;
    m_authenticator->exemptLoopback = m_options.local && !m_options.strict;
    m_store->views.notifierOrNull = m_net.get();
    QObject::connect(&m_sweeper, &QTimer::timeout, &m_sweeper, [this] { sweep(); });
    m_sweeper.start(kSweepEvery);
    return {};
}

void Server::sweep()
{
    m_writer->submit({.apply = [before = m_clock.now() - kKeepExpunged](
                                   db::Database &db) { return store::sweep(db, before).transform([](qint64) {}); },
                      .published = {}},
                     {});
}

Result<void> Server::makePlayground()
{
    return m_writer->submitAndWait(m_store->change([this](db::Database &db, store::Effects &effects) -> Result<void> {
        if (const auto domains = store::listDomains(db); !domains || !domains->isEmpty())
            return domains.transform([](const auto &) {});
        if (auto done = store::addDomain(db, effects, "localhost"); !done)
            return done;
        for (const char *name : {"me", "friend"}) {
            const bool me = qstrcmp(name, "me") == 0;
            const auto added = store::addAccount(db, effects,
                                                 {.localpart = name,
                                                  .domain = "localhost",
                                                  .name = me ? QStringLiteral("Me") : QStringLiteral("Friend"),
                                                  .role = me ? QStringLiteral("postmaster") : QStringLiteral("user"),
                                                  .state = {},
                                                  .createdAt = {}},
                                                 m_clock.now());
            if (!added)
                return std::unexpected(added.error());
            if (auto set = auth::setPassword(db, *added, kPlaygroundPassword); !set)
                return set;
        }
        return {};
    }));
}

Result<void> Server::listenOn(const char *name, quint16 standardPort,
                              const std::shared_ptr<const net::Service> &service)
{
    const auto port = static_cast<quint16>(standardPort + m_options.portOffset);
    bool any = false;
    for (const char *address : {"127.0.0.1", "::1"}) {
        auto listener = std::make_unique<net::TcpListener>(*m_net, service);
        auto started = listener->start(*IpAddress::parse(address), port);
        if (!started && !(any && qstrcmp(address, "::1") == 0)) // a machine may have no IPv6
            return started;
        if (!started)
            continue;
        any = true;
        m_endpoints.append(
            {.name = QLatin1StringView(name), .address = QLatin1StringView(address), .port = port, .note = {}});
        m_listeners.push_back(std::move(listener));
    }
    return {};
}

Result<void> Server::listenAll()
{
    tls::ServerOptions tlsOptions{.certificatePem = m_options.certificatePem,
                                  .keyPem = m_options.keyPem,
                                  .names = {m_options.hostname},
                                  .unknownName = tls::UnknownName::Refuse,
                                  .alpn = {},
                                  .clientKeyAlpn = {}};
    const auto plainTls = tls::Context::server(tlsOptions);
    tlsOptions.unknownName = tls::UnknownName::UseDefault;
    tlsOptions.tickets = false;
    const auto incomingTls = tls::Context::server(tlsOptions);
    tlsOptions.unknownName = tls::UnknownName::Refuse;
    tlsOptions.tickets = true;
    tlsOptions.alpn = {"http/1.1", "imap", "smtp"};
    const auto webTls = tls::Context::server(tlsOptions);
    for (const auto *context : {&plainTls, &incomingTls, &webTls}) {
        if (!*context)
            return std::unexpected(context->error());
    }
    const smtp::Options incoming{.hostname = m_options.hostname,
                                 .submission = false,
                                 .startTls = true,
                                 .acceptAnyAddress = m_options.local && !m_options.strict};
    smtp::Options submission = incoming;
    submission.submission = true;
    submission.acceptAnyAddress = false;
    const auto smtpFactory = [this](const smtp::Options &options) -> net::SessionFactory {
        const auto services = std::make_shared<const smtp::Services>(*m_store, *m_authenticator, m_clock, options);
        return [services] { return std::make_unique<smtp::Session>(services); };
    };
    const auto imapServices =
        std::make_shared<const imap::Services>(*m_store, *m_authenticator, m_clock, imap::Options{.startTls = true});
    const net::SessionFactory imapFactory = [imapServices] { return std::make_unique<imap::Session>(imapServices); };
    const net::SessionFactory metricsFactory = [] { return std::make_unique<http::Session>(true); };
    const net::SessionFactory webFactory = [] { return std::make_unique<http::Session>(false); };
    const QByteArray busySmtp = "421 4.7.0 too many connections\r\n";
    const QByteArray busyImap = "* BYE too many connections\r\n";
    struct Row
    {
        const char *title;
        quint16 port;
        net::Service service;
    };
    const std::vector<Row> rows = {
        {"SMTP",
         25,
         {.name = "smtp",
          .session = smtpFactory(incoming),
          .alpn = {},
          .tls = *incomingTls,
          .tlsFromStart = false,
          .refusal = busySmtp}},
        {"Submission (STARTTLS)",
         587,
         {.name = "submission",
          .session = smtpFactory(submission),
          .alpn = {},
          .tls = *plainTls,
          .tlsFromStart = false,
          .refusal = busySmtp}},
        {"Submissions (TLS)",
         465,
         {.name = "submissions",
          .session = smtpFactory(submission),
          .alpn = {},
          .tls = *plainTls,
          .tlsFromStart = true,
          .refusal = {}}},
        {"IMAP (STARTTLS)",
         143,
         {.name = "imap",
          .session = imapFactory,
          .alpn = {},
          .tls = *plainTls,
          .tlsFromStart = false,
          .refusal = busyImap}},
        {"IMAPS (TLS)",
         993,
         {.name = "imaps", .session = imapFactory, .alpn = {}, .tls = *plainTls, .tlsFromStart = true, .refusal = {}}},
        {"HTTP (/metrics)",
         80,
         {.name = "http", .session = metricsFactory, .alpn = {}, .tls = {}, .tlsFromStart = false, .refusal = {}}},
        {"HTTPS",
         443,
         {.name = "https",
          .session = webFactory,
          .alpn = {{"imap", imapFactory}, {"smtp", smtpFactory(submission)}},
          .tls = *webTls,
          .tlsFromStart = true,
          .refusal = {}}},
    };
    for (const Row &row : rows) {
        if (auto done = listenOn(row.title, row.port, std::make_shared<const net::Service>(row.service)); !done)
            return done;
    }
    kLog.info("listening", {{"endpoints", m_endpoints.size()}});
    return {};
}

} // namespace app
