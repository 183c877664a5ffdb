// Rules that hold outgoing mail back: what a rule names must all fit, for mail that waits as for mail that comes.
// Values only; any thread.
#pragma once

#include "shared/api/queue.h"

namespace api {

struct HoldRule
{
    qint64 id = 0;
    QString note;
    bool everything = false; // it names nothing
    QString account;
    QString sender;
    QString senderDomain;
    QString recipient;
    QString recipientDomain;
    qint64 minBytes = 0;
    Timestamp endsAt; // never set = when it is removed
    Timestamp createdAt;
    qint64 holds = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &HoldRule::id, "Number of the rule.", kKey),
            field("note", &HoldRule::note, "Why it holds."),
            field("everything", &HoldRule::everything, "It holds all outgoing mail."),
            field("account", &HoldRule::account, "Whose mail."),
            field("sender", &HoldRule::sender, "Sender's address."),
            field("senderDomain", &HoldRule::senderDomain, "Sender's domain."),
            field("recipient", &HoldRule::recipient, "Recipient's address."),
            field("recipientDomain", &HoldRule::recipientDomain, "Recipient's domain."),
            field("minBytes", &HoldRule::minBytes, "Size, at least.", kBytes),
            field("endsAt", &HoldRule::endsAt, "When it ends and lets go; none: when it is removed."),
            field("createdAt", &HoldRule::createdAt, "When it was made."),
            field("holds", &HoldRule::holds, "Messages it holds now."),
        };
    }
};
struct HoldConditions
{
    bool everything = false;
    QString account;
    QString sender;
    QString senderDomain;
    QString recipient;
    QString recipientDomain;
    qint64 minBytes = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("everything", &HoldConditions::everything, "All outgoing mail; instead of the others."),
            field("account", &HoldConditions::account, "Mail of this account."),
            field("sender", &HoldConditions::sender, "Mail from this address."),
            field("senderDomain", &HoldConditions::senderDomain, "Mail from this domain."),
            field("recipient", &HoldConditions::recipient, "Mail to this address."),
            field("recipientDomain", &HoldConditions::recipientDomain, "Mail to this domain."),
            field("minBytes", &HoldConditions::minBytes, "Mail of this size or more.", kBytes),
        };
    }
};
struct HoldRulesAddParams : HoldConditions
{
    QString note;
    std::optional<std::chrono::seconds> lasts;
    static constexpr auto fields()
    {
        return std::tuple_cat(
            HoldConditions::fields(),
            std::tuple{field("note", &HoldRulesAddParams::note, "Why, for whoever sees the rule later."),
                       field("lasts", &HoldRulesAddParams::lasts,
                             "Ends by itself after this time, and lets go what it held: 15m, 8h.")});
    }
};
struct HoldRuleResult
{
    HoldRule rule;
    qint64 count = 0;
    QString note;
    static constexpr auto fields()
    {
        return std::tuple{
            field("rule", &HoldRuleResult::rule, "The rule."),
            field("count", &HoldRuleResult::count, "Waiting messages that it now holds, or that were released."),
            field("note", &HoldRuleResult::note, "What is worth knowing about it.")};
    }
};
struct HoldRulesListResult
{
    QList<HoldRule> rules;
    static constexpr auto fields() { return std::tuple{field("rules", &HoldRulesListResult::rules, "Oldest first.")}; }
};
struct HoldRulesRemoveParams
{
    qint64 id = 0;
    bool release = false;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &HoldRulesRemoveParams::id, "Number of the rule.", kRequired | kKey),
            field("release", &HoldRulesRemoveParams::release, "Also release what it holds; else that stays held."),
        };
    }
};
struct HoldRulesTestResult
{
    QList<QueueMessage> messages;
    QList<QueueRetired> sent;
    qint64 now = 0;
    qint64 recent = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("messages", &HoldRulesTestResult::messages, "Waiting messages it would hold; the first 100."),
            field("sent", &HoldRulesTestResult::sent, "What it would have held in the last 7 days; the last 100."),
            field("now", &HoldRulesTestResult::now, "How many it would hold now."),
            field("recent", &HoldRulesTestResult::recent, "How many it would have held in the last 7 days."),
        };
    }
};

inline constexpr Method<None, HoldRulesListResult> kHoldRulesList{
    "holdRules.list", "List the rules that hold outgoing mail.", Role::Admin, "hold-rule", "list"};
inline constexpr Method<HoldRulesAddParams, HoldRuleResult> kHoldRulesAdd{
    "holdRules.add", "Hold outgoing mail that fits.", Role::Admin, "hold-rule", "add", true, "queue"};
inline constexpr Method<HoldRulesRemoveParams, HoldRuleResult> kHoldRulesRemove{
    "holdRules.remove",
    "Remove a rule; what it holds stays held unless it is released, too.",
    Role::Admin,
    "hold-rule",
    "remove",
    true,
    "queue"};
inline constexpr Method<HoldConditions, HoldRulesTestResult> kHoldRulesTest{
    "holdRules.test", "Show what a rule would hold now and would have held in the last 7 days.", Role::Admin,
    "hold-rule", "test"};

} // namespace api
