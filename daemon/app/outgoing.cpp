#include "daemon/app/outgoing.h"

#include "daemon/net/resolver.h"
#include "daemon/queue/find_hosts.h"
#include "shared/base/bytes.h"
#include "shared/dns/fake_resolver.h"

#include <QFile>

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
    } else if (!options.local) {
        auto resolver = net::UnboundResolver::start();
        if (!resolver)
            return std::unexpected(resolver.error());
        outgoing->m_resolver = std::move(*resolver);
    }
    return outgoing;
}

Outgoing::~Outgoing() { stop(); }

queue::FindHosts Outgoing::findHosts() const
{
    // A playground is its own peer by any name; a real server is not.
    const QByteArray ownName = m_options.local ? QByteArray() : m_server.hostname.toUtf8().toLower();
    const queue::FindHosts byName = m_resolver ? queue::findHostsBy(*m_resolver, ownName) : queue::FindHosts();
    return [byName, strict = m_options.strict](const QByteArray &domain,
                                               const std::function<void(queue::MailHosts)> &found) {
        if (const auto literal = literalOf(domain))
            found({.hosts = {{.name = domain, .addresses = {*literal}}}, .failure = {}});
        else if (byName)
            byName(domain, found);
        else if (strict)
            found({.hosts = {}, .failure = kNoSuchDomain});
        else
            found({.hosts = {{.name = "localhost", .addresses = {*IpAddress::parse("127.0.0.1")}}}, .failure = {}});
    };
}

Result<void> Outgoing::start(const settings::Server &server)
{
    if (current() && server.hostname == m_server.hostname)
        return {};
    stop();
    m_server = server;
    queue::Services services{.store = m_parts.store,
                             .writer = m_parts.writer,
                             .net = m_parts.net,
                             .clock = m_parts.clock,
                             .findHosts = findHosts(),
                             .deliverHere = {}};
    const int port =
        !m_options.zoneFile.isEmpty() || !m_options.local ? m_options.smtpOutPort : kSmtpPort + m_options.portOffset;
    auto made = std::make_shared<queue::Queue>(queue::Options{.hostname = server.hostname.toUtf8(),
                                                              .smtpOutPort = static_cast<quint16>(port),
                                                              .loopbackOnly = m_options.local,
                                                              .retry = {}},
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
    using control::QueueAction;
    control::QueueAccess access;
    access.list = [this](db::Database &db, const api::QueueListParams &params) {
        const auto now = current();
        return queue::list(db, params, now ? now->sending() : QSet<qint64>());
    };
    access.act = [](db::Database &db, store::Effects &effects, QueueAction action, const QList<qint64> &ids,
                    Timestamp now) -> Result<qint64> {
        switch (action) {
        case QueueAction::Retry: return queue::retryNow(db, effects, ids, now);
        case QueueAction::Hold: return queue::hold(db, effects, ids, now);
        case QueueAction::Release: return queue::release(db, effects, ids, now);
        case QueueAction::Drop: return queue::drop(db, effects, ids, now);
        }
        return 0;
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
        if (auto done = queue::add(db, effects, queue::prepareOutgoing(std::move(outgoing)), *content, now); !done)
            return std::unexpected(done.error());
        return api::MailSendResult{.key = QString::fromLatin1(key), .queued = {}};
    };
    return access;
}

} // namespace app
