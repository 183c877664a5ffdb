// Addresses that get no more mail from an account, because mail to them came back for good. Values only; any thread.
#pragma once

#include "shared/api/method.h"

namespace api {

struct Suppression
{
    QString id; // account and address
    QString account;
    QString address;
    bool manual = false;
    QString reason;
    Timestamp createdAt;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &Suppression::id, "Account and address.", kKey),
            field("account", &Suppression::account, "Whose mail."),
            field("address", &Suppression::address, "Address that gets none of it."),
            field("manual", &Suppression::manual, "Added by a person."),
            field("reason", &Suppression::reason, "Why."),
            field("createdAt", &Suppression::createdAt, "Since when."),
        };
    }
};
struct SuppressionsListParams
{
    QString account;
    QString address;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &SuppressionsListParams::account, "Only of this account."),
            field("address", &SuppressionsListParams::address, "Only what keeps mail from this address."),
        };
    }
};
struct SuppressionsListResult
{
    QList<Suppression> suppressions;
    static constexpr auto fields()
    {
        return std::tuple{field("suppressions", &SuppressionsListResult::suppressions, "Newest first.")};
    }
};
struct SuppressionsAddParams
{
    QString account;
    QString address;
    QString reason;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &SuppressionsAddParams::account, "Whose mail.", kRequired),
            field("address", &SuppressionsAddParams::address, "Address that is to get none of it.", kRequired),
            field("reason", &SuppressionsAddParams::reason, "Why, for whoever sees it later."),
        };
    }
};
struct SuppressionsRemoveParams
{
    QString account;
    QString address;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &SuppressionsRemoveParams::account, "Whose mail.", kRequired),
            field("address", &SuppressionsRemoveParams::address, "Address that gets mail again.", kRequired),
        };
    }
};
struct SuppressionResult
{
    Suppression suppression;
    static constexpr auto fields()
    {
        return std::tuple{field("suppression", &SuppressionResult::suppression, "The entry.")};
    }
};

inline constexpr Method<SuppressionsListParams, SuppressionsListResult> kSuppressionsList{
    "suppressions.list", "List addresses that get no mail because it came back.", Role::Admin, "suppression", "list"};
inline constexpr Method<SuppressionsAddParams, SuppressionResult> kSuppressionsAdd{
    "suppressions.add",
    "Send no more mail of an account to an address.",
    Role::Admin,
    "suppression",
    "add",
    true,
    "queue"};
inline constexpr Method<SuppressionsRemoveParams, SuppressionResult> kSuppressionsRemove{
    "suppressions.remove", "Send mail to an address again.", Role::Admin, "suppression", "remove", true, "queue"};

} // namespace api
