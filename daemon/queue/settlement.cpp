#include "daemon/queue/settlement.h"

#include "daemon/queue/suppressions.h"
#include "shared/base/metrics.h"

#include <QJsonArray>
#include <QRandomGenerator>

namespace queue {

namespace {

const CounterFamily kAttempts{
    "postroom_queue_attempts_total", "Delivery attempts for a recipient, by what they came to.", {"result"}};

struct FateRow
{
    Fate fate;
    const char *event; // in the trace
    const char *label;
};
constexpr std::array kFates = {FateRow{Fate::Done, "sent", "delivered"}, FateRow{Fate::Wait, "attempt", "deferred"},
                               FateRow{Fate::Failed, "failed", "failed"}};

const FateRow &rowOf(Fate fate) { return *std::ranges::find(kFates, fate, &FateRow::fate); }

QString words(const smtp::ClientResult &result)
{
    QString text = QString::fromUtf8(result.text);
    if (!result.enhanced.isEmpty())
        text.prepend(QString::fromUtf8(result.enhanced) + u' ');
    return result.code > 0 ? QString::number(result.code) + u' ' + text : text;
}

QJsonObject story(const Recipient &recipient, const Outcome &outcome, const AttemptResult &attempt)
{
    QJsonObject arguments{{QStringLiteral("to"), QString::fromUtf8(recipient.rcpt.forwardPath.toBytes())},
                          {QStringLiteral("attempt"), recipient.attempts + 1},
                          {QStringLiteral("milliseconds"), static_cast<qint64>(attempt.duration.count())},
                          {QStringLiteral("tls"), attempt.encrypted}};
    const QString said = words(outcome.result);
    const QString host = QString::fromUtf8(outcome.host);
    if (!host.isEmpty())
        arguments.insert(QStringLiteral("host"), host);
    if (outcome.fate == Fate::Done)
        arguments.insert(QStringLiteral("reply"), said);
    else
        arguments.insert(QStringLiteral("reason"), host.isEmpty() ? said : host + QStringLiteral(": ") + said);
    if (outcome.fate == Fate::Wait)
        arguments.insert(QStringLiteral("next"), toIso(outcome.next));
    if (!attempt.tried.isEmpty())
        arguments.insert(QStringLiteral("tried"), QJsonArray::fromStringList(attempt.tried));
    return arguments;
}

// What is the same for all recipients of an attempt; `chance` too, so that they stay together.
struct Deciding
{
    const RetryPolicy &policy;
    const Message &message;
    const AttemptResult &attempt;
    Timestamp now;
    double chance;
};

Outcome decideOne(const Deciding &all, const Recipient &recipient, const RecipientResult &got)
{
    const AttemptResult &attempt = all.attempt;
    const Timestamp now = all.now;
    Outcome outcome{.recipientId = recipient.id,
                    .result = got.result,
                    .host = got.host,
                    .ip = got.ip,
                    .encrypted = attempt.encrypted,
                    .duration = attempt.duration,
                    .next = now,
                    .suppressed = attempt.suppressed};
    if (got.result.accepted) {
        outcome.fate = Fate::Done;
        return outcome;
    }
    outcome.fate = Fate::Failed;
    if (got.result.permanent)
        return outcome;
    const RetryDecision decision =
        decideRetry(all.policy, all.message.releasedAt, recipient.attempts + 1, recipient.delayTold, now, all.chance);
    if (decision.giveUp)
        return outcome;
    outcome.fate = Fate::Wait;
    outcome.next = got.result.again ? now : decision.next; // only the transaction was full
    outcome.tellDelay = !got.result.again && decision.tellDelay;
    return outcome;
}

// What it says about the address; recipients of this server are settled elsewhere when they get their mail.
Result<void> remember(db::Database &db, store::Effects &effects, const Settlement &settlement, qsizetype i,
                      Timestamp now)
{
    const Outcome &outcome = settlement.outcomes.at(i);
    const qint64 account = settlement.message.accountId;
    if (outcome.fate == Fate::Done)
        return noteDelivered(db, account, settlement.addresses.at(i));
    if (outcome.fate == Fate::Wait || outcome.suppressed || settlement.byHand)
        return {};
    return noteFailed(db, effects, account, settlement.addresses.at(i), outcome.result, now);
}

} // namespace

Settlement decide(db::Database &db, const QByteArray &hostname, const RetryPolicy &policy, const Job &job,
                  const AttemptResult &result, Timestamp now)
{
    Settlement settlement{
        .message = job.message, .outcomes = {}, .addresses = {}, .stories = {}, .reports = {}, .byHand = result.byHand};
    const Deciding all{.policy = policy,
                       .message = job.message,
                       .attempt = result,
                       .now = now,
                       .chance = QRandomGenerator::global()->generateDouble()};
    QMap<mime::DsnAction, QList<Told>> told;
    for (qsizetype i = 0; i < job.recipients.size(); ++i) {
        const Recipient &recipient = job.recipients.at(i);
        const Outcome outcome = decideOne(all, recipient, result.results.at(i));
        settlement.outcomes.append(outcome);
        settlement.addresses.append(recipient.rcpt.forwardPath);
        settlement.stories.append(story(recipient, outcome, result));
        Told about{.recipient = recipient, .result = outcome.result, .host = outcome.host, .next = {}, .tryUntil = {}};
        if (outcome.fate == Fate::Failed) {
            told[mime::DsnAction::Failed].append(about);
        } else if (outcome.tellDelay) {
            about.next = outcome.next;
            about.tryUntil = job.message.releasedAt + policy.giveUpAfter;
            told[mime::DsnAction::Delayed].append(about);
        } else if (outcome.fate == Fate::Done && !result.reportsItself) {
            told[mime::DsnAction::Relayed].append(about); // RFC 3461 5.2.2: who asked for SUCCESS hears where it ends
        }
    }
    for (const auto &[action, list] : told.asKeyValueRange()) {
        if (auto report = makeReport(db, hostname, job.message, action, list, now))
            settlement.reports.append(std::move(*report));
    }
    return settlement;
}

Result<void> settle(db::Database &db, store::Effects &effects, const store::Directory &directory,
                    const Settlement &settlement, Timestamp now)
{
    QSet<qint64> present;
    for (qsizetype i = 0; i < settlement.outcomes.size(); ++i) {
        const Outcome &outcome = settlement.outcomes.at(i);
        const auto was = settle(db, outcome, now);
        if (!was)
            return std::unexpected(was.error());
        if (!*was) // dropped while it was being sent
            continue;
        present.insert(outcome.recipientId);
        kAttempts.add({rowOf(outcome.fate).label});
        if (auto done = remember(db, effects, settlement, i, now); !done)
            return done;
        if (auto noted = store::addTrace(db, settlement.message.key, rowOf(outcome.fate).event, "",
                                         settlement.stories.at(i), now);
            !noted)
            return noted;
    }
    for (const Report &report : settlement.reports) {
        const bool any = std::ranges::any_of(report.about, [&present](qint64 id) { return present.contains(id); });
        if (auto done = any ? deliverReport(db, effects, directory, report, now) : Result<void>(); !done)
            return done;
    }
    effects.topics.insert("queue");
    return tidy(db, settlement.message.id);
}

} // namespace queue
