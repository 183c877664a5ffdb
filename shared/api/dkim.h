// DKIM keys and the DNS records of a domain. Values only; any thread.
#pragma once

#include "shared/api/domains.h"
#include "shared/api/settings.h"
#include "shared/settings/dkim.h"

namespace api {

using settings::DkimAlgorithm;
using settings::DkimState;

struct DkimKey
{
    QString domain;
    QString selector;
    DkimAlgorithm algorithm = DkimAlgorithm::Rsa;
    DkimState state = DkimState::Active;
    Timestamp createdAt;
    QString record;
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &DkimKey::domain, "Domain it signs for."),
            field("selector", &DkimKey::selector, "Name of the key."),
            field("algorithm", &DkimKey::algorithm, "rsa or ed25519."),
            field("state", &DkimKey::state, "next: not used yet; active: signs; retired: stays published."),
            field("createdAt", &DkimKey::createdAt, "When it was made."),
            field("record", &DkimKey::record, "Text of the TXT record SELECTOR._domainkey.DOMAIN."),
        };
    }
};
struct DkimListParams
{
    QString domain;
    static constexpr auto fields()
    {
        return std::tuple{field("domain", &DkimListParams::domain, "Only of this domain.", kKey)};
    }
};
struct DkimListResult
{
    QList<DkimKey> keys;
    static constexpr auto fields()
    {
        return std::tuple{field("keys", &DkimListResult::keys, "By domain and selector.")};
    }
};
struct DkimAddParams
{
    QString domain;
    QString selector;
    DkimAlgorithm algorithm = DkimAlgorithm::Rsa;
    DkimState state = DkimState::Next;
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &DkimAddParams::domain, "Domain it signs for.", kRequired | kKey),
            field("selector", &DkimAddParams::selector, "Name of the key; without one it is made of the date."),
            field("algorithm", &DkimAddParams::algorithm, "rsa or ed25519."),
            field("state", &DkimAddParams::state, "next: publish it first; active: sign at once."),
        };
    }
};
struct DkimSetParams
{
    QString domain;
    QString selector;
    DkimState state = DkimState::Active;
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &DkimSetParams::domain, "Domain it signs for.", kRequired | kKey),
            field("selector", &DkimSetParams::selector, "Name of the key.", kRequired | kKey),
            field("state", &DkimSetParams::state, "next, active or retired.", kRequired),
        };
    }
};
struct DkimSelectorParams
{
    QString domain;
    QString selector;
    static constexpr auto fields()
    {
        return std::tuple{
            field("domain", &DkimSelectorParams::domain, "Domain it signs for.", kRequired | kKey),
            field("selector", &DkimSelectorParams::selector, "Name of the key.", kRequired | kKey),
        };
    }
};
struct DkimKeyResult
{
    DkimKey key;
    static constexpr auto fields() { return std::tuple{field("key", &DkimKeyResult::key, "The key.")}; }
};
struct DkimRotateParams
{
    QString domain;
    static constexpr auto fields()
    {
        return std::tuple{field("domain", &DkimRotateParams::domain, "Domain.", kRequired | kKey)};
    }
};
struct DkimRotateResult
{
    QString nextStep;
    QList<DkimKey> keys;
    static constexpr auto fields()
    {
        return std::tuple{
            field("nextStep", &DkimRotateResult::nextStep, "What is to be done in the DNS now."),
            field("keys", &DkimRotateResult::keys, "The domain's keys."),
        };
    }
};
struct DomainDnsResult
{
    QList<DnsEntry> records;
    static constexpr auto fields()
    {
        return std::tuple{field("records", &DomainDnsResult::records, "DNS records to enter.")};
    }
};

inline constexpr Method<DkimListParams, DkimListResult> kDkimList{"dkim.list", "List the keys that sign mail.",
                                                                  Role::Admin, "dkim", "list"};
inline constexpr Method<DkimAddParams, DkimKeyResult> kDkimAdd{
    "dkim.add", "Make another DKIM key for a domain.", Role::Admin, "dkim", "add", true, "domains"};
inline constexpr Method<DkimSetParams, DkimKeyResult> kDkimSet{
    "dkim.set", "Let a DKIM key sign, wait or retire.", Role::Admin, "dkim", "set", true, "domains"};
inline constexpr Method<DkimSelectorParams, DkimKeyResult> kDkimRemove{
    "dkim.remove", "Remove a DKIM key that does not sign.", Role::Admin, "dkim", "remove", true, "domains"};
inline constexpr Method<DkimRotateParams, DkimRotateResult> kDkimRotate{
    "dkim.rotate", "Make the next DKIM keys of a domain; called again, let them sign.",
    Role::Admin,   "dkim",
    "rotate",      true,
    "domains"};
inline constexpr Method<DomainParams, DomainDnsResult> kDomainsDns{
    "domains.dns", "Print the DNS records a domain needs.", Role::Admin, "domains", "dns"};

} // namespace api
