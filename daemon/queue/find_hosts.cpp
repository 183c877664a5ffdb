#include "daemon/queue/find_hosts.h"

#include "shared/dns/mail_hosts.h"

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

MailHosts toHosts(const dns::MailHosts &answer, const QByteArray &ownName)
{
    if (answer.problem != Problem::None) {
        const Row &row = *std::ranges::find(kRows, answer.problem, &Row::problem);
        return {.hosts = {},
                .failure = smtp::ClientResult{
                    .permanent = row.permanent, .enhanced = row.status, .text = answer.why.toUtf8()}};
    }
    MailHosts result;
    for (const dns::MailHost &host : answer.hosts) {
        if (!ownName.isEmpty() && host.name == ownName)
            break; // this server, and behind it those that would hand it back
        result.hosts.append({.name = host.name, .addresses = host.addresses});
    }
    if (result.hosts.isEmpty())
        result.failure = smtp::ClientResult{
            .permanent = true, .enhanced = "5.4.6", .text = "mail for this domain would come back to this server"};
    return result;
}

} // namespace

FindHosts findHostsBy(dns::Resolver &resolver, const QByteArray &ownName)
{
    return [&resolver, ownName](const QByteArray &domain, const std::function<void(MailHosts)> &found) {
        dns::findMailHosts(
            resolver, domain,
            [](QList<dns::MailHost> &equals) {
                std::shuffle(equals.begin(), equals.end(), *QRandomGenerator::global());
            },
            [ownName, found](const dns::MailHosts &answer) { found(toHosts(answer, ownName)); });
    };
}

} // namespace queue
