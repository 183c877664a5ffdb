#include "daemon/queue/find_hosts.h"

#include "shared/dns/mail_hosts.h"
#include "shared/mailauth/dane.h"

#include <QRandomGenerator>

namespace queue {

namespace {

using Problem = dns::MailHosts::Problem;

struct Row
{
    Problem problem;
    bool permanent;
    const char *status; // RFC 3463, RFC 7505 4.2
};
constexpr std::array kRows = {
    Row{Problem::NoSuchDomain, true, "5.1.2"},
    Row{Problem::NullMx, true, "5.1.10"},
    Row{Problem::NoAddress, true, "5.4.4"},
    Row{Problem::Temporary, false, "4.4.3"},
};

bool isUs(const dns::MailHost &host, const FindHostsOptions &options)
{
    if (!options.ownName.isEmpty() && host.name == options.ownName)
        return true;
    return options.isOwn && std::ranges::any_of(host.addresses, options.isOwn);
}

Dane daneOf(const dns::MailHost &host, const QByteArray &domain, const dns::MailHosts &answer)
{
    if (host.tlsaState == dns::TlsaState::None)
        return {};
    if (host.tlsaState == dns::TlsaState::Failed)
        return {.state = DaneState::Failed, .records = {}, .names = {}, .why = host.why.toUtf8()};
    QList<tls::TlsaRecord> records;
    for (const QByteArray &raw : host.tlsa) {
        if (const auto record = mailauth::parseTlsa(raw))
            records.append(*record);
    }
    Dane dane{.state = DaneState::Usable, .records = mailauth::usableTlsa(records), .names = {}, .why = {}};
    if (dane.records.isEmpty())
        dane.state = DaneState::Unusable;
    for (const QByteArray &name : {host.tlsaBase, domain, answer.canonicalDomain}) { // RFC 7672 3.2.2
        if (!name.isEmpty() && !dane.names.contains(name))
            dane.names.append(name);
    }
    return dane;
}

MailHosts toHosts(const dns::MailHosts &answer, const QByteArray &domain, const FindHostsOptions &options)
{
    if (answer.problem != Problem::None) {
        const Row &row = *std::ranges::find(kRows, answer.problem, &Row::problem);
        return {.hosts = {},
                .failure = smtp::ClientResult{
                    .permanent = row.permanent, .enhanced = row.status, .text = answer.why.toUtf8()}};
    }
    std::optional<int> ours; // the best preference of this server
    for (const dns::MailHost &host : answer.hosts) {
        if (isUs(host, options))
            ours = std::min(ours.value_or(host.preference), host.preference);
    }
    MailHosts result{.hosts = {}, .failure = {}, .authentic = answer.authentic};
    for (const dns::MailHost &host : answer.hosts) {
        if (!ours || host.preference < *ours) // RFC 5321 5.1: behind it are those that would hand it back
            result.hosts.append({.name = host.name, .addresses = host.addresses, .dane = daneOf(host, domain, answer)});
    }
    if (result.hosts.isEmpty())
        result.failure = smtp::ClientResult{
            .permanent = true, .enhanced = "5.4.6", .text = "mail for this domain would come back to this server"};
    return result;
}

} // namespace

FindHosts findHostsBy(dns::Resolver &resolver, FindHostsOptions options)
{
    return [&resolver, options = std::move(options)](const QByteArray &domain,
                                                     const std::function<void(MailHosts)> &found) {
        dns::findMailHosts(
            resolver,
            {.domain = domain,
             .port = options.port,
             .shuffle =
                 [](QList<dns::MailHost> &equals) {
                     std::shuffle(equals.begin(), equals.end(), *QRandomGenerator::global());
                 }},
            [options, domain, found](const dns::MailHosts &answer) { found(toHosts(answer, domain, options)); });
    };
}

FindHosts findAddressesBy(dns::Resolver &resolver)
{
    return [&resolver](const QByteArray &host, const std::function<void(MailHosts)> &found) {
        resolver.lookUp(host, dns::Type::Aaaa, [&resolver, host, found](const dns::Answer &six) {
            resolver.lookUp(host, dns::Type::A, [host, found, six](const dns::Answer &four) {
                const QList<IpAddress> addresses = six.addresses + four.addresses;
                if (!addresses.isEmpty())
                    return found({.hosts = {{.name = host, .addresses = addresses, .dane = {}}}, .failure = {}});
                found({.hosts = {},
                       .failure = smtp::ClientResult{.enhanced = "4.4.3", .text = "the relay's name was not found"}});
            });
        });
    };
}

} // namespace queue
