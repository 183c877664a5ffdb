#include "daemon/app/server.h"

#include "daemon/app/certificates.h"
#include "daemon/app/outgoing.h"
#include "daemon/control/stored_document.h"
#include "daemon/dkim/keys.h"
#include "daemon/queue/history.h"
#include "daemon/queue/schema.h"
#include "daemon/reports/handshakes.h"
#include "daemon/reports/tls_results.h"
#include "daemon/store/purge.h"
#include "shared/ipc/socket_path.h"
#include "shared/smtp/address.h"

#include <QDir>
#include <QFileInfo>

#include <grp.h>
#include <unistd.h>

namespace app {

namespace {

const Log kLog("app");
constexpr auto kGrace = std::chrono::seconds(10);
constexpr auto kSweepEvery = std::chrono::minutes(1);
constexpr auto kWriteSignIns = std::chrono::seconds(1); // after the first that is not written yet
constexpr auto kKeepExpunged = std::chrono::minutes(5); // longer than a session goes without being told
constexpr int kMetricsPort = 8010;
constexpr auto kTicketKeyLife = std::chrono::hours(24);
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
    const auto stored = server->storedSettings();
    if (!stored)
        return std::unexpected(stored.error());
    if (auto done = server->applySettings(*stored); !done)
        return std::unexpected(done.error());
    if (auto done = server->openControl(); !done)
        return std::unexpected(done.error());
    return server;
}

Server::Server(ServerOptions options)
    : m_options(std::move(options))
{}

Server::~Server()
{
    const bool hadSocket = m_control != nullptr;
    m_control.reset();
    if (m_listeners)
        m_listeners->close();
    if (m_outgoing)
        m_outgoing->drain();
    if (m_net)
        m_net->shutDown(kGrace);
    if (m_outgoing)
        m_outgoing->stop();
    if (m_authenticator && m_writer)
        writeSignIns(); // those of the last second
    for (auto *pool : {m_storePool.get(), m_checkPool.get(), m_hashPool.get()}) {
        if (pool)
            pool->stop();
    }
    if (m_store)
        m_store->search.stop();
    if (m_writer) {
        storeHandshakes();
        m_writer->stop();
    }
    if (m_net)
        m_net->stop();
    if (m_store)
        m_store->views.notifierOrNull = nullptr;
    m_topics.notifierOrNull = nullptr;
    if (hadSocket) // another server's otherwise
        QFile::remove(m_controlSocket);
}

Result<void> Server::open()
{
    auto lock = FolderLock::take(m_options.folder);
    if (!lock)
        return std::unexpected(lock.error());
    m_lock = std::move(*lock);
    m_controlSocket = m_options.controlSocket.isEmpty() ? m_options.folder + QStringLiteral("/run/control.sock")
                                                        : m_options.controlSocket;
    if (auto done = ipc::checkSocketPath(m_controlSocket); !done)
        return done;
    auto opened =
        store::Store::open(m_options.folder, {{.name = "auth/0001_secrets", .sql = auth::kSchema0001},
                                              {.name = "auth/0002_devices", .sql = auth::kSchema0002},
                                              {.name = "control/0001_settings", .sql = control::kSchema0001},
                                              {.name = "queue/0001_queue", .sql = queue::kSchema0001},
                                              {.name = "dkim/0001_dkim", .sql = dkim::kSchema0001},
                                              {.name = "reports/0001_tls", .sql = reports::kSchema0001},
                                              {.name = "queue/0002_flow", .sql = queue::kSchema0002},
                                              {.name = "queue/0003_envelope", .sql = queue::kSchema0003},
                                              {.name = "reports/0002_handshakes", .sql = reports::kSchema0002}});
    if (!opened)
        return std::unexpected(opened.error());
    m_store = std::move(*opened);
    m_writer = std::make_unique<db::Writer>(db::Writer::Options{
        .file = m_store->file, .syncDelay = m_options.syncDelay, .fatal = [this](const Error &error) {
            if (fatal)
                fatal(error);
        }});
    m_store->search.start();
    if (auto done = openAuthenticator(); !done)
        return done;
    m_storePool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "store", .threads = 8});
    m_checkPool = std::make_unique<core::WorkerPool>(core::WorkerPool::Options{.name = "check", .threads = 8});
    m_hashPool = std::make_unique<core::WorkerPool>(
        core::WorkerPool::Options{.name = "hash", .threads = 2, .mostQueued = 256, .nice = 5});
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    m_net = std::make_unique<net::NetThreads>(threads, net::Surroundings{.committer = *m_writer,
                                                                         .store = *m_storePool,
                                                                         .check = *m_checkPool,
                                                                         .hash = *m_hashPool,
                                                                         .handshakesOrNull = &m_handshakes});
    m_net->admission.exemptLoopback = m_options.local && !m_options.strict;
    m_httpLimits.exemptLoopback = m_options.local && !m_options.strict;
    m_authenticator->limits.exemptLoopback = m_options.local && !m_options.strict;
    m_authenticator->devices.notifierOrNull = m_net.get();
    m_store->views.notifierOrNull = m_net.get();
    m_topics.notifierOrNull = m_net.get();
    m_store->views.onTopic = [this](const QByteArray &topic) {
        m_topics.changed(topic);
        if (topic == "queue" && m_outgoing)
            m_outgoing->wake();
    };
    auto outgoing =
        Outgoing::make(m_options, {.store = *m_store, .writer = *m_writer, .net = *m_net, .clock = m_clock});
    if (!outgoing)
        return std::unexpected(outgoing.error());
    m_outgoing = std::move(*outgoing);
    m_startedAt = m_clock.steady();
    m_ticketKeysSince = m_startedAt;
    m_listeners = std::make_unique<Listeners>(ListenerParts{.store = *m_store,
                                                            .authenticator = *m_authenticator,
                                                            .clock = m_clock,
                                                            .net = *m_net,
                                                            .enrolments = m_enrolments,
                                                            .httpLimits = m_httpLimits,
                                                            .acceptAnyAddress = m_options.local && !m_options.strict,
                                                            .hasNullMx = m_outgoing->nullMxCheck()});
    QObject::connect(&m_sweeper, &QTimer::timeout, &m_sweeper, [this] { sweep(); });
    m_sweeper.start(kSweepEvery);
    return {};
}

Result<void> Server::openAuthenticator()
{
    m_authenticator = std::make_unique<auth::Authenticator>(
        m_store->file, m_clock, [this](const QByteArray &name) -> std::optional<qint64> {
            const auto address = smtp::parseAddress(name); // a domain may be written in Unicode
            return address ? m_store->directory.account(address->localpart + '@' + address->domain) : std::nullopt;
        });
    m_authenticator->log.onNews = [this] {
        QMetaObject::invokeMethod(
            &m_sweeper, [this] { QTimer::singleShot(kWriteSignIns, &m_sweeper, [this] { writeSignIns(); }); });
    };
    const auto db = db::Database::open(m_store->file, db::Database::Mode::Read);
    return db ? m_authenticator->load(**db) : std::unexpected(db.error());
}

void Server::writeSignIns()
{
    m_writer->submit(m_store->change([this](db::Database &db, store::Effects &effects) {
        effects.topics = {"devices", "status"};
        return m_authenticator->log.write(db);
    }),
                     [](const Result<void> &done) {
                         if (!done)
                             kLog.failed("sign-ins cannot be recorded", done.error());
                     });
}

// Flag changes go from their log to the messages' rows while nobody waits, a slice at a time.
void Server::foldFlags()
{
    constexpr qint64 kSlice = 1000;
    auto folded = std::make_shared<qint64>(0);
    m_writer->submit(
        {.apply =
             [folded](db::Database &db) {
                 return store::foldFlags(db, kSlice).transform([&folded](qint64 count) { *folded = count; });
             },
         .published = {}},
        [this, folded](const Result<void> &done) {
            if (done && *folded >= kSlice)
                foldFlags();
        });
}

// Certificates may have been replaced, or our own made again; keys of tickets are changed every day.
void Server::keepTlsFresh()
{
    const auto now = m_clock.steady();
    if (now - m_ticketKeysSince >= kTicketKeyLife) {
        m_listeners->rotateTicketKeys();
        m_ticketKeysSince = now;
    }
    if (m_settings.server.hostname.isEmpty())
        return;
    auto certificates = loadCertificates(m_options, m_settings.server);
    if (!certificates) {
        kLog.failed("the certificate cannot be read again", certificates.error());
        return;
    }
    Certificates fresh = keepGood(std::move(*certificates), m_certificates);
    if (fresh == m_certificates)
        return;
    if (auto done = m_listeners->apply(m_settings.server, m_settings.listeners, fresh); !done) {
        kLog.failed("changed certificates cannot be used", done.error());
        return;
    }
    m_certificates = std::move(fresh);
    kLog.info("certificates changed");
    publishPorts();
}

void Server::storeHandshakes()
{
    const auto sums = std::make_shared<const net::HandshakeSums>(m_handshakes.take());
    m_writer->submit({.apply = [sums, now = m_clock.now()](db::Database &db) -> Result<void> {
                          if (auto done = reports::addHandshakes(db, *sums); !done)
                              return done;
                          return reports::sweepHandshakes(db, now);
                      },
                      .published = {}},
                     [this, sums](const Result<void> &done) {
                         if (!done)
                             m_handshakes.putBack(*sums);
                     });
}

// In slices: what one leaves is taken at once, but after the changes that wait by then.
void Server::sweep()
{
    foldFlags();
    keepTlsFresh();
    storeHandshakes();
    auto more = std::make_shared<bool>(false);
    const Timestamp now = m_clock.now();
    m_writer->submit(m_store->change([now, more](db::Database &db, store::Effects &effects) -> Result<void> {
        const auto purged = store::purgeRemoved(db, effects, now);
        if (!purged)
            return std::unexpected(purged.error());
        const auto swept = store::sweep(db, now - kKeepExpunged);
        if (!swept)
            return std::unexpected(swept.error());
        *more = *purged || *swept > 0;
        return {};
    }),
                     [this, more](const Result<void> &done) {
                         if (!done)
                             kLog.failed("cannot delete what was removed", done.error());
                         else if (*more)
                             QMetaObject::invokeMethod(&m_sweeper, [this] { sweep(); });
                     });
    m_writer->submit(
        {.apply = [now = m_clock.now()](db::Database &db) { return auth::sweepSignIns(db, now); }, .published = {}},
        {});
    m_writer->submit({.apply = [now = m_clock.now()](db::Database &db) { return reports::sweepTlsResults(db, now); },
                      .published = {}},
                     {});
    m_writer->submit(
        {.apply = [now = m_clock.now()](db::Database &db) { return queue::sweepRetired(db, now); }, .published = {}},
        {});
    m_writer->submit(
        {.apply = [before = m_clock.now() - m_settings.server.keepTrace](
                      db::Database &db) { return store::sweepTraces(db, before).transform([](qint64) {}); },
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
        if (auto done = dkim::makeFirstKeys(db, "localhost", m_clock.now()); !done)
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

settings::Document Server::defaults() const
{
    using settings::ListenerKind, settings::TlsMode;
    struct Row
    {
        ListenerKind kind;
        int port;
        TlsMode tls;
    };
    constexpr std::array rows = {
        Row{ListenerKind::Smtp, 25, TlsMode::StartTls},         Row{ListenerKind::Submission, 587, TlsMode::StartTls},
        Row{ListenerKind::Submissions, 465, TlsMode::Implicit}, Row{ListenerKind::Imap, 143, TlsMode::StartTls},
        Row{ListenerKind::Imaps, 993, TlsMode::Implicit},       Row{ListenerKind::Metrics, 80, TlsMode::None},
        Row{ListenerKind::Https, 443, TlsMode::Implicit},
    };
    settings::Document document;
    for (const Row &row : rows) {
        const QString name = QLatin1StringView(nameOf(row.kind));
        settings::Listener listener{
            .name = name, .kind = row.kind, .port = row.port, .tls = row.tls, .clientKeys = false};
        listener.clientKeys = row.kind != ListenerKind::Smtp && row.tls != TlsMode::None;
        listener.mailOnHttps = row.kind == ListenerKind::Https;
        listener.refuseUnknownNames = row.kind != ListenerKind::Smtp && row.tls != TlsMode::None;
        if (m_options.local) {
            listener.port += m_options.portOffset;
            listener.address = QStringLiteral("127.0.0.1");
            document.listeners.append(listener);
            listener.name += QLatin1StringView("6");
            listener.address = QStringLiteral("::1");
        } else if (row.kind == ListenerKind::Metrics) {
            listener.address = QStringLiteral("127.0.0.1"); // figures are nobody else's business
            listener.port = kMetricsPort;
        }
        document.listeners.append(listener);
    }
    if (m_options.local) {
        document.server.hostname = QStringLiteral("localhost");
        document.server.dailyMessages = 0; // whoever plays may send
        document.server.dailyNewRecipients = 0;
    }
    return document;
}

Result<settings::Document> Server::storedSettings()
{
    // Of its own: the store's readers live as long as their thread, and this thread outlives the application object.
    const auto db = db::Database::open(m_store->file, db::Database::Mode::Read);
    if (!db)
        return std::unexpected(db.error());
    return control::loadDocument(**db, defaults());
}

// A playground's ports must all open, for else its user would talk to somebody else's server; IPv6 may be missing. A
// real server goes on with those that do and shows the problem of the others.
Result<void> Server::applySettings(const settings::Document &document)
{
    m_settings = document;
    m_net->admission.setLimits(document.server.connectionsPerAddress, document.server.connectionsPerMinute);
    if (document.server.hostname.isEmpty()) {
        kLog.info("not set up yet: only the control socket is open");
        m_listeners->close();
        return {};
    }
    auto certificates = loadCertificates(m_options, document.server);
    if (!certificates)
        return std::unexpected(certificates.error());
    m_certificates = keepGood(std::move(*certificates), m_certificates);
    if (auto done = m_listeners->apply(document.server, document.listeners, m_certificates); !done)
        return done;
    if (auto done = m_outgoing->start(document.server, document.listeners); !done)
        return done;
    publishPorts();
    for (const api::ListenerStatus &each : m_listeners->status()) {
        if (m_options.local && !each.open && each.address != QLatin1StringView("::1"))
            return failure(
                {.kind = ErrorKind::User,
                 .text = each.problem,
                 .publicText = each.problem,
                 .code = QStringLiteral("cannot-listen"),
                 .hint = QStringLiteral("stop the program that uses this port, or choose others with --port-offset"),
                 .path = {}});
    }
    return {};
}

void Server::publishPorts()
{
    {
        const std::lock_guard lock(m_statusMutex);
        m_portStatus = m_listeners->status();
    }
    m_topics.changed("status");
}

Result<void> Server::openControl()
{
    if (!QDir().mkpath(QFileInfo(m_controlSocket).path()))
        return failure(ErrorKind::User, QStringLiteral("cannot make the folder of %1").arg(m_controlSocket));
    m_controlServices = std::make_shared<control::Services>(control::Services{.store = *m_store,
                                                                              .authenticator = *m_authenticator,
                                                                              .clock = m_clock,
                                                                              .topics = m_topics,
                                                                              .defaults = defaults(),
                                                                              .local = m_options.local,
                                                                              .queue = m_outgoing->access(),
                                                                              .addLive = {},
                                                                              .settingsChanged = {},
                                                                              .purgeSoon = {}});
    m_controlServices->enrol = [this](const QByteArray &file) { return m_enrolments.add(file); };
    m_controlServices->handshakes = [this] { return m_handshakes.waiting(); };
    m_controlServices->addLive = [this](api::Status &status) {
        status.uptimeSeconds = std::chrono::duration_cast<std::chrono::seconds>(m_clock.steady() - m_startedAt).count();
        status.connections = Listeners::connections();
        const std::lock_guard lock(m_statusMutex);
        status.listeners = m_portStatus;
    };
    m_controlServices->settingsChanged = [this](const settings::Document &document) {
        QMetaObject::invokeMethod(&m_sweeper, [this, document] {
            if (auto done = applySettings(document); !done)
                kLog.failed("settings cannot take effect", done.error());
        });
    };
    const auto service = std::make_shared<const net::Service>(net::Service{
        .protocol = {.name = "control",
                     .session = [services = std::shared_ptr<const control::Services>(
                                     m_controlServices)] { return std::make_unique<control::Session>(services); }},
        .alpn = {},
        .tls = {}});
    m_controlServices->purgeSoon = [this] { QMetaObject::invokeMethod(&m_sweeper, [this] { sweep(); }); };
    m_control = std::make_unique<net::LocalListener>(*m_net, service);
    const group *admins = m_options.local ? nullptr : getgrnam("postroom-admin");
    if (auto done = m_control->start(m_controlSocket, admins != nullptr); !done) {
        m_control.reset();
        return done;
    }
    if (admins && chown(QFile::encodeName(m_controlSocket).constData(), uid_t(-1), admins->gr_gid) != 0)
        kLog.warn("the control socket cannot be given to the group postroom-admin");
    return {};
}

} // namespace app
