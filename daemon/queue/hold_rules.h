// Hold rules: mail that fits everything a rule names waits until somebody releases it, or until the rule ends. One
// function says whether a rule fits, for mail that is added, for mail that waits, and for what a rule would have held.
// A sender's address or domain never fits the null reverse-path. Changes run in the writer's transaction.
#pragma once

#include "daemon/queue/rows.h"
#include "shared/api/hold_rules.h"

namespace queue {

struct HoldRule
{
    qint64 id = 0;
    QString note;
    qint64 accountId = 0; // 0 = any; so is what is empty below
    smtp::Address sender;
    QByteArray senderDomain;
    smtp::Address recipient;
    QByteArray recipientDomain;
    qint64 minBytes = 0;
    std::optional<Timestamp> endsAt;
};

struct MailFacts
{
    qint64 accountId = 0;
    smtp::Address sender;
    smtp::Address recipient;
    qint64 sizeBytes = 0;
};
[[nodiscard]] bool matches(const HoldRule &rule, const MailFacts &facts);

[[nodiscard]] Result<QList<HoldRule>> activeRules(db::Database &db, Timestamp now); // oldest first
// From what a person typed, its addresses as the queue keeps them. Errors name the parameter.
[[nodiscard]] Result<HoldRule> makeRule(db::Database &db, const api::HoldConditions &conditions);

// With how many waiting messages it holds now.
Result<api::HoldRuleResult> addRule(db::Database &db, store::Effects &effects, const HoldRule &rule, Timestamp now);
Result<api::HoldRuleResult> removeRule(db::Database &db, store::Effects &effects,
                                       const api::HoldRulesRemoveParams &params, Timestamp now);
// Takes rules away whose time is over, with what they held.
Result<void> endRules(db::Database &db, store::Effects &effects, Timestamp now);
[[nodiscard]] Result<std::optional<Timestamp>> nextEnd(db::Database &db);

[[nodiscard]] Result<api::HoldRulesListResult> listRules(db::Database &db);
[[nodiscard]] Result<api::HoldRulesTestResult> testRule(db::Database &db, const HoldRule &rule, Timestamp now);

} // namespace queue
