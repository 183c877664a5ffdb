// holdRules.*
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/queue/hold_rules.h"

namespace control {

namespace {

constexpr qsizetype kLongestNote = 500;
constexpr auto kLongest = std::chrono::days(365);

// Domains as the queue keeps them: lower case, A-labels.
Result<queue::HoldRule> ruleFrom(Reading &call, const api::HoldConditions &params)
{
    api::HoldConditions stored = params;
    for (const auto &[text, path] :
         {std::pair{&stored.senderDomain, "/senderDomain"}, std::pair{&stored.recipientDomain, "/recipientDomain"}}) {
        if (text->isEmpty())
            continue;
        const auto domain = storedDomain(*text, QLatin1StringView(path));
        if (!domain)
            return std::unexpected(domain.error());
        *text = QString::fromUtf8(*domain);
    }
    return queue::makeRule(call.db, stored);
}

} // namespace

Result<api::HoldRulesListResult> handleHoldRulesList(Reading &call, const api::None &)
{
    return queue::listRules(call.db);
}

Result<api::HoldRuleResult> handleHoldRulesAdd(Writing &call, const api::HoldRulesAddParams &params)
{
    auto rule = ruleFrom(call, params);
    if (!rule)
        return std::unexpected(rule.error());
    if (params.note.size() > kLongestNote)
        return failure(refusal("too-long", QStringLiteral("must be at most %1 characters").arg(kLongestNote), {},
                               QStringLiteral("/note")));
    if (params.lasts && (params.lasts->count() < 1 || *params.lasts > kLongest))
        return failure(refusal("invalid-time", QStringLiteral("must be between a second and a year"), {},
                               QStringLiteral("/lasts")));
    rule->note = params.note;
    if (params.lasts)
        rule->endsAt = call.now + *params.lasts;
    return queue::addRule(call.db, call.effects, *rule, call.now);
}

Result<api::HoldRuleResult> handleHoldRulesRemove(Writing &call, const api::HoldRulesRemoveParams &params)
{
    return queue::removeRule(call.db, call.effects, params, call.now);
}

Result<api::HoldRulesTestResult> handleHoldRulesTest(Reading &call, const api::HoldConditions &params)
{
    return ruleFrom(call, params).and_then([&call](const queue::HoldRule &rule) {
        return queue::testRule(call.db, rule, call.now);
    });
}

} // namespace control
