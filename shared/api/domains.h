// Domains and aliases. Values only; any thread.
#pragma once

#include "shared/api/accounts.h"

namespace api {

struct Domain
{
    QString name;
    qint64 accountCount = 0;
    qint64 aliasCount = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Domain::name, "Domain, such as example.org.", kKey),
            field("accountCount", &Domain::accountCount, "People in it."),
            field("aliasCount", &Domain::aliasCount, "Aliases in it."),
        };
    }
};
struct DomainsListResult
{
    QList<Domain> domains;
    static constexpr auto fields() { return std::tuple{field("domains", &DomainsListResult::domains, "By name.")}; }
};
struct DomainParams
{
    QString name;
    static constexpr auto fields()
    {
        return std::tuple{field("name", &DomainParams::name, "Domain, such as example.org.", kRequired | kKey)};
    }
};
struct DomainResult
{
    Domain domain;
    static constexpr auto fields() { return std::tuple{field("domain", &DomainResult::domain, "The domain.")}; }
};

struct Alias
{
    QString address;
    QStringList members;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Alias::address, "Address of the alias.", kRequired | kKey),
            field("members", &Alias::members, "Addresses of the accounts that get the mail.", kRequired | kKey),
        };
    }
};
struct AliasesListResult
{
    QList<Alias> aliases;
    static constexpr auto fields() { return std::tuple{field("aliases", &AliasesListResult::aliases, "By address.")}; }
};
struct AliasResult
{
    Alias alias;
    static constexpr auto fields() { return std::tuple{field("alias", &AliasResult::alias, "The alias.")}; }
};

inline constexpr Method<None, DomainsListResult> kDomainsList{"domains.list", "List the domains mail is taken for.",
                                                              Role::Admin, "domains", "list"};
inline constexpr Method<DomainParams, DomainResult> kDomainsAdd{
    "domains.add", "Add a domain.", Role::Admin, "domains", "add", true, "domains"};
inline constexpr Method<DomainParams, DomainResult> kDomainsRemove{
    "domains.remove", "Stop taking mail for a domain that has no accounts or aliases.",
    Role::Admin,      "domains",
    "remove",         true,
    "domains"};

inline constexpr Method<None, AliasesListResult> kAliasesList{"aliases.list", "List aliases and their members.",
                                                              Role::Admin, "aliases", "list"};
inline constexpr Method<Alias, AliasResult> kAliasesAdd{
    "aliases.add", "Add an alias, or replace the one with this address.", Role::Admin, "aliases", "add", true,
    "aliases"};
inline constexpr Method<AddressParams, AliasResult> kAliasesRemove{
    "aliases.remove", "Remove an alias.", Role::Admin, "aliases", "remove", true, "aliases"};

} // namespace api
