// setup.apply: from nothing to a server that takes mail: its name, the first domain, the first account. Refused once
// there is one.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/control/stored_document.h"

namespace control {

namespace {

QList<api::DnsEntry> dnsFor(const QString &domain, const QString &hostname)
{
    return {
        {hostname, QStringLiteral("A"), QStringLiteral("this server's IPv4 address"),
         QStringLiteral("where the server is")},
        {hostname, QStringLiteral("AAAA"), QStringLiteral("this server's IPv6 address, if it has one"),
         QStringLiteral("where the server is")},
        {domain, QStringLiteral("MX"), QStringLiteral("10 %1.").arg(hostname),
         QStringLiteral("mail for the domain comes here")},
        {domain, QStringLiteral("TXT"), QStringLiteral("v=spf1 mx -all"),
         QStringLiteral("SPF: only this server sends for the domain")},
        {hostname, QStringLiteral("TXT"), QStringLiteral("v=spf1 a -all"),
         QStringLiteral("SPF for reports sent by the server itself")},
        {QStringLiteral("_dmarc.") + domain, QStringLiteral("TXT"),
         QStringLiteral("v=DMARC1; p=reject; rua=mailto:postmaster@%1").arg(domain),
         QStringLiteral("DMARC: others refuse forged mail and report it")},
        {QStringLiteral("_imaps._tcp.") + domain, QStringLiteral("SRV"), QStringLiteral("0 1 993 %1.").arg(hostname),
         QStringLiteral("mail programs find the server, RFC 6186")},
        {QStringLiteral("_submissions._tcp.") + domain, QStringLiteral("SRV"),
         QStringLiteral("0 1 465 %1.").arg(hostname), QStringLiteral("mail programs find the server, RFC 8314")},
    };
}

} // namespace

Result<api::SetupResult> handleSetupApply(Writing &call, const api::SetupParams &params)
{
    const auto domains = store::listDomains(call.db);
    const auto current = loadDocument(call.db, call.services.defaults);
    if (!domains)
        return std::unexpected(domains.error());
    if (!current)
        return std::unexpected(current.error());
    if (!domains->isEmpty())
        return failure(refusal("set-up-already", QStringLiteral("this server is set up already"),
                               QStringLiteral("add to it with postroomctl domains add and accounts add")));
    const auto domain = storedDomain(params.domain, QStringLiteral("/domain"));
    if (!domain)
        return std::unexpected(domain.error());
    const auto hostname =
        storedDomain(params.hostname.isEmpty() ? QStringLiteral("mail.") + params.domain : params.hostname,
                     QStringLiteral("/hostname"));
    if (!hostname)
        return std::unexpected(hostname.error());
    const auto address = storedAddress(params.accountName + u'@' + params.domain, QStringLiteral("/accountName"));
    if (!address)
        return std::unexpected(address.error());
    settings::Document wanted = *current;
    wanted.server.hostname = QString::fromUtf8(*hostname);
    wanted.domains.append({QString::fromUtf8(*domain)});
    if (auto done = applyDocument(call, *current, wanted); !done)
        return std::unexpected(done.error());
    const auto added = handleAccountsAdd(call, {.address = QString::fromUtf8(*address),
                                                .name = params.displayName,
                                                .password = params.accountPassword,
                                                .role = api::AccountRole::Postmaster,
                                                .quotaBytes = 0});
    if (!added) {
        Error error = added.error();
        if (error.path == QLatin1StringView("/password"))
            error.path = QStringLiteral("/accountPassword");
        return failure(std::move(error));
    }
    return api::SetupResult{.address = QString::fromUtf8(*address),
                            .generatedPassword = added->generatedPassword,
                            .dns = dnsFor(QString::fromUtf8(*domain), QString::fromUtf8(*hostname))};
}

} // namespace control
