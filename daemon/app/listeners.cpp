#include "daemon/app/listeners.h"

#include "shared/base/metrics.h"
#include "shared/crypto/certificate.h"

namespace app {

namespace {

const Log kListenersLog("app");
const Gauge kSmtp("postroom_sessions_open", "Open sessions.", {{"kind", "smtp"}});
const Gauge kSubmission("postroom_sessions_open", "Open sessions.", {{"kind", "submission"}});
const Gauge kImap("postroom_sessions_open", "Open sessions.", {{"kind", "imap"}});
const Gauge kHttp("postroom_sessions_open", "Open sessions.", {{"kind", "http"}});

using settings::ListenerKind;

bool isWeb(ListenerKind kind) { return kind == ListenerKind::Https; }

// The address as IpAddress has it; empty means all, which IPv6's any-address takes in both families.
IpAddress boundAddress(const QString &address)
{
    const auto parsed = IpAddress::parse(address.isEmpty() ? QByteArray("::") : address.toLatin1());
    return parsed ? *parsed : IpAddress();
}

// RFC 7301. What was given one protocol's name is never taken for another's: a stranger may have redirected it.
QList<QByteArray> protocolsOf(const settings::Listener &listener)
{
    switch (listener.kind) {
    case ListenerKind::Https:
        return listener.mailOnHttps ? QList<QByteArray>{"http/1.1", "imap", "smtp"} : QList<QByteArray>{"http/1.1"};
    case ListenerKind::Imap:
    case ListenerKind::Imaps: return {"imap"};
    case ListenerKind::Submission:
    case ListenerKind::Submissions: return {"smtp"};
    case ListenerKind::Smtp: // a sender that is refused goes on in clear
    case ListenerKind::Http:
    case ListenerKind::Metrics: return {};
    }
    return {};
}

// Who is on this machine may say localhost.
QList<QByteArray> namesOfHost(const QByteArray &hostname, const Certificate &certificate)
{
    return QList<QByteArray>{hostname.toLower(), "localhost"} +
           crypto::names(certificate.certificatePem).value_or(QList<QByteArray>());
}

QString problemOf(const settings::Listener &listener, const Certificates &certificates)
{
    for (auto each = certificates.problems.begin(); each != certificates.problems.end(); ++each) {
        const bool shown = listener.certificates.isEmpty() || listener.certificates.contains(each.key());
        if (shown && listener.tls != settings::TlsMode::None)
            return QStringLiteral("the certificate %1 is not used: %2").arg(each.key(), each.value());
    }
    return {};
}

} // namespace

api::Connections Listeners::connections()
{
    return {.smtp = kSmtp.value(),
            .submission = kSubmission.value(),
            .imap = kImap.value(),
            .http = kHttp.value(),
            .control = 0};
}

net::SessionFactory Listeners::smtpFactory(const settings::Listener &listener, const settings::Server &server,
                                           bool submission) const
{
    const auto services = std::make_shared<const smtp::Services>(
        m_parts.store, m_parts.authenticator, m_parts.clock,
        smtp::Options{.hostname = server.hostname.toUtf8(),
                      .submission = submission,
                      .startTls = listener.tls == settings::TlsMode::StartTls,
                      .cramMd5 = server.cramMd5,
                      .refuseUnknownKeys = listener.refuseUnknownKeys,
                      .mayRelay = submission,
                      .acceptAnyAddress = m_parts.acceptAnyAddress && !submission,
                      .mostBytes = server.maxMessageBytes,
                      .mostRecipients = server.maxRecipients,
                      .mostMessages = server.maxMessagesPerConnection,
                      .mendLineFeeds = server.mendLineFeeds,
                      .sending = {.messages = server.dailyMessages, .newRecipients = server.dailyNewRecipients}},
        m_parts.hasNullMx, &m_parts.net);
    return [services] { return std::make_unique<smtp::Session>(services); };
}

net::SessionFactory Listeners::imapFactory(const settings::Listener &listener, const settings::Server &server) const
{
    const auto services =
        std::make_shared<const imap::Services>(m_parts.store, m_parts.authenticator, m_parts.clock,
                                               imap::Options{.startTls = listener.tls == settings::TlsMode::StartTls,
                                                             .hostname = server.hostname.toUtf8(),
                                                             .cramMd5 = server.cramMd5,
                                                             .refuseUnknownKeys = listener.refuseUnknownKeys});
    return [services] { return std::make_unique<imap::Session>(services); };
}

net::SessionFactory Listeners::httpFactory(const settings::Listener &listener) const
{
    const auto services =
        std::make_shared<const http::Services>(http::Services{.clock = m_parts.clock,
                                                              .enrolments = m_parts.enrolments,
                                                              .limits = m_parts.httpLimits,
                                                              .metrics = listener.kind == ListenerKind::Metrics});
    return [services] { return std::make_unique<http::Session>(services); };
}

Result<std::shared_ptr<const tls::Context>>
Listeners::contextOf(const settings::Listener &listener, const QByteArray &hostname, const Certificates &certificates)
{
    using settings::SessionTickets;
    const bool incoming = listener.kind == ListenerKind::Smtp;
    auto &ticketKeys = m_ticketKeys[listener.name];
    if (!ticketKeys)
        ticketKeys = std::make_shared<tls::TicketKeys>();
    tls::ServerOptions options{
        .certificatePem = certificates.host.certificatePem,
        .keyPem = certificates.host.keyPem,
        .names = namesOfHost(hostname, certificates.host),
        .unknownName =
            listener.refuseUnknownNames && !incoming ? tls::UnknownName::Refuse : tls::UnknownName::UseDefault,
        .alpn = protocolsOf(listener),
        .tickets = listener.sessionTickets == SessionTickets::On ||
                   (listener.sessionTickets == SessionTickets::Automatic && !incoming),
        .ticketKeys = ticketKeys,
        .askForClientKey = listener.clientKeys && !incoming,
        .clientKeyAlpn = isWeb(listener.kind) ? QList<QByteArray>{"imap", "smtp"} : QList<QByteArray>{},
        .leastVersion = listener.leastTls == settings::LeastTls::Tls13 ? tls::Version::Tls13 : tls::Version::Tls12,
        .wideCiphers = incoming};
    for (auto each = certificates.named.begin(); each != certificates.named.end(); ++each) {
        if (listener.certificates.isEmpty() || listener.certificates.contains(each.key()))
            options.moreCertificates.append(
                {.certificatePem = each->certificatePem, .keyPem = each->keyPem, .names = {}});
    }
    return tls::Context::server(options);
}

void Listeners::rotateTicketKeys()
{
    for (const auto &[name, keys] : m_ticketKeys)
        keys->rotate();
}

// What is spoken as on a port of that kind, which may be another kind than the listener's (ALPN).
net::Protocol Listeners::protocolOf(ListenerKind kind, const settings::Listener &listener,
                                    const settings::Server &server) const
{
    net::Protocol protocol{.name = nameOf(kind)};
    switch (kind) {
    case ListenerKind::Smtp:
        protocol.family = net::Family::Smtp;
        protocol.session = smtpFactory(listener, server, false);
        protocol.open = &kSmtp;
        break;
    case ListenerKind::Submission:
    case ListenerKind::Submissions:
        protocol.family = net::Family::Submission;
        protocol.session = smtpFactory(listener, server, true);
        protocol.open = &kSubmission;
        break;
    case ListenerKind::Imap:
    case ListenerKind::Imaps:
        protocol.family = net::Family::Imap;
        protocol.session = imapFactory(listener, server);
        protocol.open = &kImap;
        break;
    case ListenerKind::Http:
    case ListenerKind::Https:
    case ListenerKind::Metrics:
        protocol.family = net::Family::Http;
        protocol.session = httpFactory(listener);
        protocol.open = &kHttp;
        break;
    }
    return protocol;
}

Result<net::Service> Listeners::serviceOf(const settings::Listener &listener, const settings::Server &server,
                                          const Certificates &certificates)
{
    net::Service service;
    service.protocol = protocolOf(listener.kind, listener, server);
    service.tlsFromStart = listener.tls == settings::TlsMode::Implicit;
    if (isWeb(listener.kind) && listener.mailOnHttps)
        service.alpn = {{"imap", protocolOf(ListenerKind::Imaps, listener, server)},
                        {"smtp", protocolOf(ListenerKind::Submissions, listener, server)}};
    if (listener.tls == settings::TlsMode::None)
        return service;
    auto context = contextOf(listener, server.hostname.toUtf8(), certificates);
    if (!context)
        return std::unexpected(context.error());
    service.tls = std::move(*context);
    return service;
}

Result<void> Listeners::apply(const settings::Server &server, const QList<settings::Listener> &wanted,
                              const Certificates &certificates)
{
    std::vector<std::pair<const settings::Listener *, std::shared_ptr<const net::Service>>> services;
    std::set<Place> kept;
    for (const settings::Listener &listener : wanted) {
        if (!listener.enabled)
            continue;
        auto service = serviceOf(listener, server, certificates);
        if (!service)
            return std::unexpected(service.error());
        services.emplace_back(&listener, std::make_shared<const net::Service>(std::move(*service)));
        kept.emplace(listener.address, listener.port);
    }
    std::erase_if(m_open, [&kept](const auto &each) { return !kept.contains(each.first); });
    m_status.clear();
    for (const auto &[listener, service] : services) {
        api::ListenerStatus status{.name = listener->name,
                                   .kind = QLatin1StringView(nameOf(listener->kind)),
                                   .address = listener->address,
                                   .port = listener->port,
                                   .open = true,
                                   .problem = problemOf(*listener, certificates)};
        auto &place = m_open[{listener->address, listener->port}];
        if (place) {
            place->serve(service);
        } else {
            place = std::make_unique<net::TcpListener>(m_parts.net, service);
            const auto started = place->start(boundAddress(listener->address), static_cast<quint16>(listener->port));
            if (!started) {
                kListenersLog.failed("a port cannot be opened", started.error(), {{"listener", listener->name}});
                status.open = false;
                status.problem = started.error().publicText;
                m_open.erase({listener->address, listener->port});
            }
        }
        m_status.append(status);
    }
    kListenersLog.info("listening", {{"ports", qint64(m_open.size())}});
    return {};
}

} // namespace app
