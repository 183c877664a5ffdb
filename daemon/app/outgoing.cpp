#include "daemon/app/outgoing.h"

#include "daemon/net/resolver.h"
#include "daemon/queue/find_hosts.h"
#include "daemon/queue/signing.h"
#include "shared/base/bytes.h"
#include "shared/dns/fake_resolver.h"
#include "shared/tls/context.h"

#include <QFile>
#include <QNetworkInterface>

namespace app {

namespace {

constexpr int kSmtpPort = 25;

// "[192.0.2.1]" and "[IPv6:2001:db8::1]", RFC 5321 4.1.3.
std::optional<IpAddress> literalOf(QByteArrayView domain)
{
    if (!domain.startsWith('[') || !domain.endsWith(']'))
        return std::nullopt;
    QByteArrayView inner = domain.sliced(1, domain.size() - 2);
    if (bytes::startsWithIgnoreCase(inner, "IPv6:"))
        inner = inner.sliced(5);
    const auto address = IpAddress::parse(inner);
    return address ? std::optional(*address) : std::nullopt;
}

const smtp::ClientResult kNoSuchDomain{.permanent = true, .enhanced = "5.1.2", .text = "there is no such domain"};

Result<smtp::Address> addressOf(const QString &text, const QString &path)
{
    const auto address = smtp::parseAddress(text.toUtf8());
    if (address)
        return *address;
    return failure({.kind = ErrorKind::User,
                    .text = {},
                    .publicText = QStringLiteral("%1 is not an address").arg(text.left(200)),
                    .code = QStringLiteral("bad-address"),
                    .hint = {},
                    .path = path});
}

} // namespace

Result<std::unique_ptr<Outgoing>> Outgoing::make(const ServerOptions &options, const OutgoingParts &parts)
{
    std::unique_ptr<Outgoing> outgoing(new Outgoing(options, parts));
    if (!options.zoneFile.isEmpty()) {
        QFile file(options.zoneFile);
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::User,
                           QStringLiteral("cannot read %1: %2").arg(options.zoneFile, file.errorString()));
        auto zone = dns::FakeResolver::fromJson(file.readAll());
        if (!zone) {
            Error error = zone.error();
            error.text = QStringLiteral("%1%2: %3")
                             .arg(options.zoneFile, error.path.isEmpty() ? QString() : u' ' + error.path, error.text);
            return failure(std::move(error));
        }
        outgoing->m_resolver = std::make_shared<dns::FakeResolver>(std::move(*zone));
    }
    return outgoing;
}

Outgoing::~Outgoing() { stop(); }

queue::FindHosts Outgoing::findHosts() const
{
    // A playground is its own peer by any name; a real server is not.
    const QByteArray ownName = m_options.local ? QByteArray() : m_server.hostname.toUtf8().toLower();
    const queue::FindHosts byName =
        m_resolver ? queue::findHostsBy(*m_resolver, {.ownName = ownName, .isOwn = isOwn(), .port = smtpPort()})
                   : queue::FindHosts();
    return [byName, strict = m_options.strict](const QByteArray &domain,
                                               const std::function<void(queue::MailHosts)> &found) {
        if (const auto literal = literalOf(domain))
            found({.hosts = {{.name = domain, .addresses = {*literal}, .dane = {}}}, .failure = {}});
        else if (byName)
            byName(domain, found);
        else if (strict)
            found({.hosts = {}, .failure = kNoSuchDomain});
        else
            found({.hosts = {{.name = "localhost", .addresses = {*IpAddress::parse("127.0.0.1")}, .dane = {}}},
                   .failure = {}});
    };
}

smtp::NullMxCheck Outgoing::nullMxCheck() const
{
    return [this](const QByteArray &domain, std::function<void(bool)> answered) {
        std::shared_ptr<dns::Resolver> resolver;
        {
            const std::lock_guard lock(m_mutex);
            resolver = m_resolver;
        }
        if (!resolver)
            return answered(false);
        resolver->lookUp(domain, dns::Type::Mx, [answered = std::move(answered)](const dns::Answer &answer) {
            answered(answer.mx.size() == 1 && answer.mx.first().host.isEmpty()); // RFC 7505 3
        });
    };
}

// Of a relay; a playground without a zone reaches only itself.
queue::FindHosts Outgoing::findAddresses() const
{
    if (m_resolver)
        return queue::findAddressesBy(*m_resolver);
    return [](const QByteArray &host, const std::function<void(queue::MailHosts)> &found) {
        found({.hosts = {{.name = host, .addresses = {*IpAddress::parse("127.0.0.1")}, .dane = {}}}, .failure = {}});
    };
}

quint16 Outgoing::smtpPort() const
{
    const bool ownPort = m_options.local && m_options.zoneFile.isEmpty();
    return static_cast<quint16>(ownPort ? kSmtpPort + m_options.portOffset : m_options.smtpOutPort);
}

// Where this server takes mail from others. A playground may be its own peer.
queue::IsOwn Outgoing::isOwn() const
{
    if (m_options.local)
        return {};
    QList<IpAddress> own;
    for (const settings::Listener &listener : m_listeners) {
        if (!listener.enabled || listener.kind != settings::ListenerKind::Smtp || listener.port != smtpPort())
            continue;
        if (const auto address = IpAddress::parse(listener.address.toUtf8()); address && *address != IpAddress()) {
            own.append(*address);
            continue;
        }
        for (const QHostAddress &each : QNetworkInterface::allAddresses()) {
            QHostAddress plain = each;
            plain.setScopeId({});
            if (const auto parsed = IpAddress::parse(plain.toString().toUtf8()))
                own.append(*parsed);
        }
    }
    return [own](const IpAddress &address) { return own.contains(address); };
}

Result<void> Outgoing::startResolver()
{
    if (m_options.local)
        return {}; // the zone file's, or none
    QList<QByteArray> forwarders;
    for (const QString &each : std::as_const(m_server.dnsForwarders))
        forwarders.append(each.toUtf8());
    auto resolver = net::UnboundResolver::start({.forwardTo = forwarders, .trustAnchors = m_server.dnsTrustAnchors});
    if (!resolver)
        return std::unexpected(resolver.error());
    const std::lock_guard lock(m_mutex);
    m_resolver = std::move(*resolver);
    return {};
}

Result<std::shared_ptr<reports::StsPolicies>> Outgoing::makePolicies() const
{
    if (!m_resolver)
        return nullptr;
    const auto tls = tls::Context::client({.verify = true});
    if (!tls)
        return std::unexpected(tls.error());
    return std::make_shared<reports::StsPolicies>(
        reports::StsServices{.resolver = *m_resolver,
                             .net = m_parts.net,
                             .writer = m_parts.writer,
                             .clock = m_parts.clock,
                             .databaseFile = m_parts.store.file,
                             .https = std::make_shared<const net::Service>(net::Service{
                                 .protocol = {.name = "https-client"}, .alpn = {}, .tls = *tls, .tlsFromStart = true}),
                             .loopbackOnly = m_options.local});
}

queue::Terms Outgoing::terms(const settings::Server &server)
{
    return {.retry = {.firstWait = server.retryAfter,
                      .mostWait = server.retryAtLeastEvery,
                      .giveUpAfter = server.giveUpAfter,
                      .tellDelayAfter = server.tellDelayAfter},
            .mostAtOnce = server.outgoingConnections,
            .mostPerDomain = server.connectionsPerDestination,
            .mostToNewDomain = server.connectionsToNewDestination,
            .mostAfterFailure = server.connectionsAfterFailure};
}

Result<void> Outgoing::start(const settings::Server &server, const QList<settings::Listener> &listeners)
{
    if (const auto running = current())
        running->setTerms(terms(server));
    if (current() && server.hostname == m_server.hostname && server.dnsForwarders == m_server.dnsForwarders &&
        server.dnsTrustAnchors == m_server.dnsTrustAnchors && json::write(listeners) == json::write(m_listeners))
        return {};
    stop();
    m_server = server;
    m_listeners = listeners;
    if (auto done = startResolver(); !done)
        return done;
    const auto policies = makePolicies();
    if (!policies)
        return std::unexpected(policies.error());
    queue::Services services{.store = m_parts.store,
                             .writer = m_parts.writer,
                             .net = m_parts.net,
                             .clock = m_parts.clock,
                             .findHosts = findHosts(),
                             .findAddresses = findAddresses(),
                             .policies = *policies,
                             .isOwn = isOwn(),
                             .deliverHere = {}};
    auto made = std::make_shared<queue::Queue>(queue::Options{.hostname = server.hostname.toUtf8(),
                                                              .smtpOutPort = smtpPort(),
                                                              .loopbackOnly = m_options.local,
                                                              .terms = terms(server)},
                                               std::move(services));
    if (auto done = made->start(); !done)
        return done;
    const std::lock_guard lock(m_mutex);
    m_queue = std::move(made);
    return {};
}

std::shared_ptr<queue::Queue> Outgoing::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue;
}

void Outgoing::wake() const
{
    if (const auto now = current())
        now->wake();
}

void Outgoing::drain() const
{
    if (const auto now = current())
        now->drain();
}

void Outgoing::stop()
{
    std::shared_ptr<queue::Queue> last;
    {
        const std::lock_guard lock(m_mutex);
        last = std::exchange(m_queue, nullptr);
    }
    if (last)
        last->stop();
}

control::QueueAccess Outgoing::access()
{
    control::QueueAccess access;
    access.sending = [this] {
        const auto now = current();
        return now ? now->sending() : QSet<qint64>();
    };
    access.fail = [this](db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                         Timestamp now) -> Result<qint64> {
        const auto queue = current();
        return queue ? queue->fail(db, effects, ids, now)
                     : failure(ErrorKind::Temporary, QStringLiteral("the queue is not running"));
    };
    access.send = [store = &m_parts.store](db::Database &db, store::Effects &effects, const api::MailSendParams &params,
                                           const QByteArray &message, Timestamp now) -> Result<api::MailSendResult> {
        queue::Outgoing outgoing{
            .message = {}, .prefix = {}, .mail = {}, .recipients = {}, .notBefore = {}, .subject = {}};
        const store::Directory &directory = store->directory;
        const QString sender =
            params.from.isEmpty() ? QString::fromUtf8(directory.addressOf(directory.postmaster())) : params.from;
        const auto from = addressOf(sender, QStringLiteral("/from"));
        if (!from)
            return std::unexpected(from.error());
        outgoing.mail.reversePath = *from;
        if (const auto own = directory.resolve(from->localpart, from->domain); own.size() == 1)
            outgoing.accountId = own.first();
        for (qsizetype i = 0; i < params.recipients.size(); ++i) {
            const auto recipient = addressOf(params.recipients.at(i), QStringLiteral("/recipients/%1").arg(i));
            if (!recipient)
                return std::unexpected(recipient.error());
            outgoing.recipients.append({.forwardPath = *recipient, .notify = {}, .originalRecipient = {}});
        }
        const QByteArray key = store::newMessageKey();
        outgoing.message = store::prepare(message, key);
        const auto content = store::addContent(db, *outgoing.message);
        if (!content)
            return std::unexpected(content.error());
        if (auto noted =
                store::addTrace(db, key, "received", "control",
                                {{QStringLiteral("from"), sender}, {QStringLiteral("size"), message.size()}}, now);
            !noted)
            return std::unexpected(noted.error());
        const auto made = queue::sign(db, queue::prepareOutgoing(std::move(outgoing)), now);
        if (!made)
            return std::unexpected(made.error());
        if (auto done = queue::add(db, effects, *made, *content, now); !done)
            return std::unexpected(done.error());
        return api::MailSendResult{.key = QString::fromLatin1(key), .queued = {}};
    };
    return access;
}

} // namespace app
