// setup.apply: from nothing to a server that takes mail: its name, the first domain, the first account. Refused once
// there is one.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/control/stored_document.h"

namespace control {

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
    wanted.domains.append({.name = QString::fromUtf8(*domain), .dkim = {}});
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
        if (error.path == QLatin1StringView("/name"))
            error.path = QStringLiteral("/displayName");
        return failure(std::move(error));
    }
    const auto dns = dnsFor(call.db, QString::fromUtf8(*domain), QString::fromUtf8(*hostname));
    if (!dns)
        return std::unexpected(dns.error());
    return api::SetupResult{
        .address = QString::fromUtf8(*address), .generatedPassword = added->generatedPassword, .dns = *dns};
}

} // namespace control
