#include "daemon/queue/attempt.h"

#include "daemon/queue/relay_sign_in.h"
#include "daemon/queue/routes.h"
#include "shared/base/bytes.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"
#include "shared/tls/context.h"

#include <QFile>

namespace queue {

namespace {

const Log kAttemptLog("queue");
const Counter kPlaintextFallback{"postroom_queue_plaintext_fallback_total",
                                 "Deliveries repeated in clear because an optional TLS handshake failed."};
constexpr int kSignInWanted = 530;    // RFC 4954 6
constexpr qsizetype kMostTargets = 8; // addresses dialled in one attempt; RFC 5321 5.1 asks for two at least

bool isUsable(const IpAddress &address, bool loopbackOnly)
{
    if (loopbackOnly)
        return address.isLoopback();
    const auto &octets = address.octets();
    const bool nowhere = address.isV4() ? octets[0] == 0 || octets[0] >= 224 // this network, multicast, reserved
                                        : octets[0] == 0xff || address == IpAddress();
    return !nowhere && !address.isLoopback();
}

// "[192.0.2.1]" or "[IPv6:2001:db8::1]"     RFC 5321 4.1.3
std::optional<IpAddress> literal(const QByteArray &domain)
{
    if (!domain.startsWith('[') || !domain.endsWith(']'))
        return {};
    QByteArray inside = domain.mid(1, domain.size() - 2);
    if (bytes::startsWithIgnoreCase(inside, "IPv6:"))
        inside = inside.sliced(5);
    const auto address = IpAddress::parse(inside);
    return address ? std::optional(*address) : std::nullopt;
}

// For a relay: TLS from the start, and our certificate where it is one.
Result<std::shared_ptr<const net::Service>> serviceFor(const api::Transport &relay)
{
    tls::ClientOptions options;
    if (!relay.clientCertificate.isEmpty()) {
        QFile file(relay.clientCertificate);
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::User, QStringLiteral("the relay's client certificate cannot be read"));
        options.certificatePem = options.keyPem = file.readAll();
    }
    const auto tls = tls::Context::client(options);
    if (!tls)
        return std::unexpected(tls.error());
    return std::make_shared<const net::Service>(
        net::Service{.protocol = {.name = "queue"},
                     .alpn = {},
                     .tls = *tls,
                     .tlsFromStart = relay.kind == api::TransportKind::Submissions});
}

SenderTls senderTls(const Job &job) { return job.recipients.first().tls; }

} // namespace

Attempt::Attempt(std::shared_ptr<const AttemptServices> services, Job job, Done done)
    : m_services(std::move(services))
    , m_job(std::move(job))
    , m_done(std::move(done))
    , m_begun(m_services->clock.steady())
{
    m_result.results.resize(m_job.recipients.size());
    m_known = QList<bool>(m_job.recipients.size(), false);
    for (qsizetype i = 0; i < m_job.recipients.size(); ++i)
        m_open.append(i);
}

// A relay's name is looked up as a host; it may be anywhere, on this machine, too.
void Attempt::startRelay()
{
    if (m_relay->kind == api::TransportKind::Fail) {
        m_result.byHand = true; // says nothing about the address
        return failAll({.permanent = true,
                        .code = m_relay->failCode,
                        .enhanced = "5.0.0",
                        .text = m_relay->failText.isEmpty() ? QByteArray("mail is not taken this way")
                                                            : m_relay->failText.toUtf8()});
    }
    const auto service = serviceFor(*m_relay);
    if (!service)
        return failAll({.enhanced = "4.3.5", .text = publicText(service.error()).toUtf8()});
    m_service = *service;
    const QByteArray host = m_relay->host.toUtf8().toLower();
    if (const auto address = IpAddress::parse(host))
        return found({.hosts = {{.name = host, .addresses = {*address}, .dane = {}}}, .failure = {}});
    if (!m_services->findAddresses)
        return failAll({.enhanced = "4.4.3", .text = "the relay's name cannot be looked up"});
    m_services->findAddresses(host, [self = shared_from_this()](const MailHosts &hosts) {
        self->m_services->post([self, hosts] { self->found(hosts); });
    });
}

void Attempt::start()
{
    m_service = m_services->service;
    if (m_services->route) {
        auto route = m_services->route(m_job);
        if (!route)
            return failAll({.enhanced = "4.3.5", .text = publicText(route.error()).toUtf8()});
        m_relay = std::move(*route);
    }
    if (m_relay)
        return startRelay();
    if (const auto address = literal(m_job.domain)) {
        found({.hosts = {{.name = address->toBytes(), .addresses = {*address}, .dane = {}}}, .failure = {}});
        return;
    }
    if (!m_services->policies || senderTls(m_job) == SenderTls::Optional)
        return policyKnown({});
    m_services->policies->find(m_job.domain, [self = shared_from_this()](const reports::StsAnswer &answer) {
        self->m_services->post([self, answer] { self->policyKnown(answer); });
    });
}

void Attempt::policyKnown(const reports::StsAnswer &answer)
{
    m_policy = answer;
    m_services->findHosts(m_job.domain, [self = shared_from_this()](const MailHosts &hosts) {
        self->m_services->post([self, hosts] { self->found(hosts); });
    });
}

void Attempt::found(const MailHosts &hosts)
{
    if (hosts.failure)
        return failAll(*hosts.failure);
    listTargets(hosts);
    if (m_targets.isEmpty())
        return failAll(m_services->loopbackOnly
                           ? smtp::ClientResult{.permanent = true,
                                                .enhanced = "5.4.4",
                                                .text = "this playground sends nothing beyond this machine"}
                           : smtp::ClientResult{.permanent = true,
                                                .enhanced = "5.4.6",
                                                .text = "the domain's mail servers have no usable address"});
    dialNext();
}

// Host by host, the families in turns, IPv6 first at every other attempt: a reputation that spoils one of them does not
// spoil all attempts.
void Attempt::listTargets(const MailHosts &hosts)
{
    const bool v6First = m_job.recipients.first().attempts % 2 == 0;
    for (const MailHost &host : hosts.hosts) {
        const HostTerms terms = m_relay ? relayTerms(host) : termsOf(host, hosts.authentic);
        QList<IpAddress> first;
        QList<IpAddress> second;
        for (const IpAddress &address : host.addresses) {
            if (mayDial(address))
                (address.isV4() != v6First ? first : second).append(address);
        }
        if (terms.refusal) {
            if (!first.isEmpty() || !second.isEmpty())
                m_targets.append({.host = host.name, .address = {}, .terms = terms});
            continue;
        }
        const bool dualStack = !first.isEmpty() && !second.isEmpty();
        for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
            for (const auto *family : {&first, &second}) {
                if (i < family->size() && m_targets.size() < kMostTargets)
                    m_targets.append(
                        {.host = host.name, .address = family->at(i), .dualStack = dualStack, .terms = terms});
            }
        }
    }
}

bool Attempt::mayDial(const IpAddress &address) const
{
    if (m_relay)
        return !m_services->loopbackOnly || address.isLoopback();
    return !(m_services->isOwn && m_services->isOwn(address)) && isUsable(address, m_services->loopbackOnly);
}

HostTerms Attempt::relayTerms(const MailHost &host) const
{
    const bool required = senderTls(m_job) == SenderTls::Required;
    const bool submission = m_relay->kind != api::TransportKind::Smtp;
    HostTerms terms{.use = submission || required ? smtp::TlsUse::Required : smtp::TlsUse::Opportunistic,
                    .requireTls = required,
                    .by = "relay " + m_relay->name.toUtf8() + ' ' + m_relay->user.toUtf8(),
                    .policy = "no-policy-found"};
    if (m_relay->verify && (submission || required)) {
        terms.verify = tls::PeerTerms{.tlsa = {}, .names = {host.name}};
        terms.mustPass = true;
    }
    return terms;
}

HostTerms Attempt::termsOf(const MailHost &host, bool authentic) const
{
    return termsFor({.host = host.name,
                     .dane = host.dane,
                     .mxAuthentic = authentic,
                     .sts = m_policy.policy,
                     .sender = senderTls(m_job)});
}

void Attempt::dialNext()
{
    if (m_open.isEmpty() || m_next >= m_targets.size() || m_result.aborted)
        return finish();
    const Target target = m_targets.at(m_next++);
    if (target.terms.refusal)
        return refuse(target);
    dial(target.terms.use, true);
}

// A host that must not be used counts as one that was passed over.
void Attempt::refuse(const Target &target)
{
    m_anyConnected = true; // the domain is not dead: other messages may go by other rules
    note(target, smtp::TlsUse::Never, {});
    const DialogueResult none{.results = QList<smtp::ClientResult>(m_open.size(), *target.terms.refusal)};
    const QList<qsizetype> asked = std::exchange(m_open, {});
    for (qsizetype i = 0; i < asked.size(); ++i)
        take(asked.at(i), target, none.results.at(i));
    m_result.tried << QString::fromUtf8(target.host) + QStringLiteral(": ") +
                          QString::fromUtf8(target.terms.refusal->text);
    dialNext();
}

void Attempt::dial(smtp::TlsUse tls, bool mayReuse)
{
    const Target target = m_targets.at(m_next - 1);
    const quint16 port = m_relay ? portOf(*m_relay) : m_services->port;
    const auto info = std::make_shared<std::optional<tls::Info>>();
    auto dialogue = std::make_unique<Dialogue>(Dialogue{
        .client = {.hostname = m_services->hostname, .tls = tls, .signIn = {}},
        .transaction = {.mail = mailOnWire(m_job.message), .recipients = {}, .requireTls = target.terms.requireTls},
        .databaseFile = m_services->databaseFile,
        .contentId = m_job.message.contentId,
        .prefix = m_job.message.prefix,
        .checkPeer = {},
        .mustPass = target.terms.mustPass,
        .tls = info,
        .place = {.address = target.address,
                  .port = port,
                  .host = target.host,
                  .terms = tls == smtp::TlsUse::Never ? QByteArray("clear") : target.terms.key()},
        .idle = m_services->idle,
        .done = {}});
    if (m_relay) {
        dialogue->client.signIn = signInFor(*m_relay, info);
        dialogue->client.signInMayLack = signsInByKey(*m_relay);
    }
    if (target.terms.verify)
        dialogue->checkPeer = [services = m_services, terms = *target.terms.verify](const tls::Info &info) {
            return services->verifier->verify(info.peerChain, terms, services->clock.now());
        };
    for (const qsizetype i : std::as_const(m_open))
        dialogue->transaction.recipients.append(m_job.recipients.at(i).rcpt);
    dialogue->done = [self = shared_from_this(), target, tls](DialogueResult result) {
        self->m_services->post([self, target, tls, result = std::move(result)] { self->ended(target, tls, result); });
    };
    if (mayReuse && m_services->idle && m_services->idle->give(dialogue->place, dialogue))
        return;
    m_services->net.dial({.address = target.address, .port = port, .service = m_service, .tlsServerName = target.host},
                         std::make_unique<DeliverySession>(std::move(*dialogue), m_services->clock), [] {});
}

void Attempt::ended(const Target &target, smtp::TlsUse tls, const DialogueResult &dialogue)
{
    if (dialogue.stale) // nothing was said about this message
        return dial(tls, false);
    m_result.aborted = m_result.aborted || dialogue.aborted;
    m_anyConnected = m_anyConnected || dialogue.connected;
    note(target, tls, dialogue);
    if (dialogue.handshakeFailed && tls == smtp::TlsUse::Opportunistic && !m_result.aborted) {
        kPlaintextFallback.add();
        kAttemptLog.info("TLS failed, repeated in clear", {{"host", QString::fromUtf8(target.host)}});
        return dial(smtp::TlsUse::Never, true);
    }
    m_result.encrypted = dialogue.encrypted;
    m_result.reportsItself = dialogue.reportsItself;
    const QList<qsizetype> asked = std::exchange(m_open, {});
    for (qsizetype i = 0; i < asked.size(); ++i)
        take(asked.at(i), target, dialogue.results.at(i));
    if (!m_open.isEmpty())
        m_result.tried << QString::fromUtf8(target.host) + QStringLiteral(" [") + target.address.toString() +
                              QStringLiteral("]: ") +
                              QString::fromUtf8(m_result.results.at(m_open.first()).result.text);
    dialNext();
}

void Attempt::take(qsizetype recipient, const Target &target, smtp::ClientResult result)
{
    // A rule against one of our two addresses may not hold for the other: tried from there before it counts.
    if (result.permanent && target.dualStack && result.enhanced.startsWith("5.7.") &&
        m_job.recipients.at(recipient).attempts == 0)
        result.permanent = false;
    if (m_relay && result.code == kSignInWanted) // for the administrator to mend, so mail waits
        result.permanent = false;
    RecipientResult &kept = m_result.results[recipient];
    // Of hosts that were passed over, one that may work later outweighs those that never will.
    if (!m_known.at(recipient) || kept.result.permanent || !result.permanent || result.accepted)
        kept = {.result = result,
                .host = result.code > 0 || result.stage != smtp::ClientStage::Connect ? target.host : QByteArray(),
                .ip = target.terms.refusal ? QByteArray() : target.address.toBytes()};
    m_known[recipient] = true;
    const bool beforeMail = result.stage < smtp::ClientStage::Mail;
    const bool passedOver = beforeMail || (result.stage == smtp::ClientStage::Mail && !result.permanent);
    if (!result.accepted && passedOver)
        m_open.append(recipient);
}

// What happened to TLS, for the domain's page and the daily report (RFC 8460 4.3).
void Attempt::note(const Target &target, smtp::TlsUse tls, const DialogueResult &dialogue)
{
    const HostTerms &terms = target.terms;
    if (m_relay) // says nothing about the recipient's domain
        return;
    if (dialogue.reused || dialogue.aborted || (!terms.refusal && !dialogue.connected) ||
        (tls == smtp::TlsUse::Never && !terms.refusal)) // in clear after a failure that was noted
        return;
    reports::TlsResult result{.domain = m_job.domain,
                              .policy = terms.policy,
                              .required = terms.by,
                              .host = target.host,
                              .ip = terms.refusal ? QByteArray() : target.address.toBytes(),
                              .tls = dialogue.tls,
                              .failure = {},
                              .detail = {}};
    if (terms.refusal) {
        result.failure = terms.refusalType.isEmpty() ? QByteArray("validation-failure") : terms.refusalType;
        result.detail = terms.refusal->text;
    } else if (dialogue.peerChecked && !dialogue.peerCheck) {
        result.failure = dialogue.peerCheck.error().code.toLatin1();
        result.detail = publicText(dialogue.peerCheck.error()).toUtf8();
    } else if (dialogue.handshakeFailed) {
        result.failure = "validation-failure";
        result.detail = "the TLS handshake failed";
    } else if (!dialogue.encrypted && !dialogue.offersTls) {
        if (dialogue.results.first().stage < smtp::ClientStage::StartTls)
            return; // it never came to that
        result.failure = "starttls-not-supported";
    } else if (!dialogue.encrypted) {
        result.failure = "validation-failure";
        result.detail = "STARTTLS was refused";
    } else if (!terms.refusalType.isEmpty()) { // MTA-STS in testing mode
        result.failure = terms.refusalType;
        result.detail = "the host is not in the policy";
    }
    m_result.tls.append(result);
}

void Attempt::failAll(const smtp::ClientResult &result)
{
    for (RecipientResult &each : m_result.results)
        each.result = result;
    m_open.clear();
    finish();
}

void Attempt::finish()
{
    m_result.duration = std::chrono::duration_cast<std::chrono::milliseconds>(m_services->clock.steady() - m_begun);
    m_result.unreachable = !m_anyConnected && !m_targets.isEmpty();
    m_done(m_job, m_result);
}

} // namespace queue
