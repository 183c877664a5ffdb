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

using settings::AliasPost;

struct Alias
{
    QString address;
    QStringList members;
    AliasPost post = AliasPost::Anyone;
    QStringList senders;
    bool listMembers = false;
    bool allowFrom = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &Alias::address, "Address of the alias.", kRequired | kKey),
            field("members", &Alias::members, "Addresses of the accounts that get the mail.", kRequired | kKey),
            field("post", &Alias::post, "Who may write to it: anyone, members, or senders."),
            field("senders", &Alias::senders, "Who may write to it besides its members, with post = senders."),
            field("listMembers", &Alias::listMembers, "Whether each copy names the members."),
            field("allowFrom", &Alias::allowFrom, "Whether members may write with its address."),
        };
    }
};
// What is left out stays as it is; of a new alias: anyone may write to it, and nobody as it.
struct AliasesAddParams
{
    QString address;
    QStringList members;
    std::optional<AliasPost> post;
    std::optional<QStringList> senders;
    std::optional<bool> listMembers;
    std::optional<bool> allowFrom;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AliasesAddParams::address, "Address of the alias.", kRequired | kKey),
            field("members", &AliasesAddParams::members, "Addresses of the accounts that get the mail.",
                  kRequired | kKey),
            field("post", &AliasesAddParams::post, "Who may write to it: anyone, members, or senders."),
            field("senders", &AliasesAddParams::senders,
                  "Who may write to it besides its members, with post = senders."),
            field("listMembers", &AliasesAddParams::listMembers, "Whether each copy names the members."),
            field("allowFrom", &AliasesAddParams::allowFrom, "Whether members may write with its address."),
        };
    }
};
struct AliasesUpdateParams
{
    QString address;
    std::optional<QStringList> members;
    std::optional<AliasPost> post;
    std::optional<QStringList> senders;
    std::optional<bool> listMembers;
    std::optional<bool> allowFrom;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AliasesUpdateParams::address, "Address of the alias.", kRequired | kKey),
            field("members", &AliasesUpdateParams::members, "Addresses of the accounts that get the mail."),
            field("post", &AliasesUpdateParams::post, "Who may write to it: anyone, members, or senders."),
            field("senders", &AliasesUpdateParams::senders,
                  "Who may write to it besides its members, with post = senders."),
            field("listMembers", &AliasesUpdateParams::listMembers, "Whether each copy names the members."),
            field("allowFrom", &AliasesUpdateParams::allowFrom, "Whether members may write with its address."),
        };
    }
};
struct AliasesTestParams
{
    QString address;
    QString from;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AliasesTestParams::address, "Address of the alias.", kRequired | kKey),
            field("from", &AliasesTestParams::from, "Who would write, as in the From field.", kRequired),
        };
    }
};
enum class CopyFate
{
    Delivered,
    WroteIt,  // no copy for the author
    Inactive, // the account is not in use
    Full,     // no room in the mailbox
};
constexpr auto enumNames(CopyFate)
{
    return std::array{EnumName{CopyFate::Delivered, "delivered"}, EnumName{CopyFate::WroteIt, "wrote-it"},
                      EnumName{CopyFate::Inactive, "inactive"}, EnumName{CopyFate::Full, "full"}};
}
struct AliasCopy
{
    QString address;
    CopyFate fate = CopyFate::Delivered;
    QString why;
    static constexpr auto fields()
    {
        return std::tuple{
            field("address", &AliasCopy::address, "The member.", kKey),
            field("fate", &AliasCopy::fate, "What would become of the copy."),
            field("why", &AliasCopy::why, "In words."),
        };
    }
};
struct AliasesTestResult
{
    bool accepted = false;
    QString why;
    QList<AliasCopy> members;
    static constexpr auto fields()
    {
        return std::tuple{
            field("accepted", &AliasesTestResult::accepted, "Whether such a message would be taken."),
            field("why", &AliasesTestResult::why, "The rule that decides it."),
            field("members", &AliasesTestResult::members, "Who would get a copy; none when it is turned away."),
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
inline constexpr Method<AliasesAddParams, AliasResult> kAliasesAdd{
    "aliases.add", "Add an alias, or give the one with this address other members.",
    Role::Admin,   "aliases",
    "add",         true,
    "aliases"};
inline constexpr Method<AliasesUpdateParams, AliasResult> kAliasesUpdate{
    "aliases.update", "Change an alias: its members, and who may write to it and as it.",
    Role::Admin,      "aliases",
    "update",         true,
    "aliases"};
inline constexpr Method<AliasesTestParams, AliasesTestResult> kAliasesTest{
    "aliases.test", "Say who would get a message to an alias, and why; nothing is sent.", Role::Admin, "aliases",
    "test"};
inline constexpr Method<AddressParams, AliasResult> kAliasesRemove{
    "aliases.remove", "Remove an alias.", Role::Admin, "aliases", "remove", true, "aliases"};

} // namespace api
