// domains.*
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/dkim/keys.h"

namespace control {

Result<api::DomainsListResult> handleDomainsList(Reading &call, const api::None &)
{
    const auto domains = store::listDomains(call.db);
    const auto accounts = store::listAccounts(call.db, false);
    const auto aliases = store::listAliases(call.db);
    if (!domains)
        return std::unexpected(domains.error());
    if (!accounts)
        return std::unexpected(accounts.error());
    if (!aliases)
        return std::unexpected(aliases.error());
    api::DomainsListResult result;
    for (const QByteArray &domain : *domains) {
        result.domains.append({.name = QString::fromUtf8(domain),
                               .accountCount = std::ranges::count_if(
                                   *accounts, [&](const store::Account &each) { return each.domain == domain; }),
                               .aliasCount = std::ranges::count_if(*aliases, [&](const store::Alias &each) {
                                   return each.address.endsWith('@' + domain);
                               })});
    }
    return result;
}

Result<api::DomainResult> handleDomainsAdd(Writing &call, const api::DomainParams &params)
{
    const auto name = storedDomain(params.name, QStringLiteral("/name"));
    if (!name)
        return std::unexpected(name.error());
    if (auto done = store::addDomain(call.db, call.effects, *name); !done)
        return std::unexpected(done.error());
    if (auto done = dkim::makeFirstKeys(call.db, *name, call.now); !done)
        return std::unexpected(done.error());
    return api::DomainResult{{.name = QString::fromUtf8(*name)}};
}

Result<api::DomainResult> handleDomainsRemove(Writing &call, const api::DomainParams &params)
{
    const auto name = storedDomain(params.name, QStringLiteral("/name"));
    if (!name)
        return std::unexpected(name.error());
    const auto aliases = store::listAliases(call.db);
    if (!aliases)
        return std::unexpected(aliases.error());
    if (std::ranges::any_of(*aliases, [&](const store::Alias &each) { return each.address.endsWith('@' + *name); }))
        return failure(refusal("domain-in-use", QStringLiteral("the domain %1 still has aliases").arg(params.name),
                               QStringLiteral("postroomctl aliases list shows them"), QStringLiteral("/name")));
    if (auto done = store::removeDomain(call.db, call.effects, *name, call.now); !done)
        return std::unexpected(done.error());
    return api::DomainResult{{.name = QString::fromUtf8(*name)}};
}

} // namespace control
