#include "daemon/queue/sending_limits.h"

#include "daemon/store/accounts.h"
#include "shared/base/refusal.h"

namespace queue {

namespace {

constexpr auto kPeriod = std::chrono::hours(24);

Result<SendingLimits> limitsOf(db::Database &db, qint64 accountId, const SendingLimits &serverLimits)
{
    return store::dailyLimitsOf(db, accountId).transform([&serverLimits](const store::DailyLimits &own) {
        return SendingLimits{.messages = own.messages < 0 ? serverLimits.messages : own.messages,
                             .newRecipients = own.newRecipients < 0 ? serverLimits.newRecipients : own.newRecipients};
    });
}

Result<void> countMessages(db::Database &db, qint64 accountId, qint64 more, qint64 limit, Timestamp now)
{
    if (auto done = db.run("delete from queue_sent where account_id = ?1 and sent_at <= ?2", accountId, now - kPeriod);
        !done)
        return std::unexpected(done.error());
    const auto sent = db.number("select coalesce(sum(recipients), 0) from queue_sent where account_id = ?1", accountId);
    if (!sent)
        return std::unexpected(sent.error());
    if (limit > 0 && sent->value_or(0) + more > limit)
        return refuse("daily-messages",
                      QStringLiteral("more than %1 messages in 24 hours, the limit of this account").arg(limit));
    return db.run("insert into queue_sent(account_id, sent_at, recipients) values(?1, ?2, ?3)", accountId, now, more)
        .transform([](qint64) {});
}

} // namespace

Result<void> countSending(db::Database &db, qint64 accountId, const QList<QByteArray> &recipients,
                          const SendingLimits &serverLimits, Timestamp now)
{
    const auto limits = limitsOf(db, accountId, serverLimits);
    if (!limits)
        return std::unexpected(limits.error());
    if (auto done = countMessages(db, accountId, recipients.size(), limits->messages, now); !done)
        return done;
    qint64 added = 0;
    for (const QByteArray &recipient : recipients) {
        const auto done =
            db.run("insert into queue_correspondents(account_id, address, first_at) values(?1, ?2, ?3) on "
                   "conflict do nothing",
                   accountId, QString::fromUtf8(recipient), now);
        if (!done)
            return std::unexpected(done.error());
        added += *done;
    }
    if (limits->newRecipients == 0 || added == 0)
        return {};
    const auto met = db.number("select count(*) from queue_correspondents where account_id = ?1 and first_at > ?2",
                               accountId, now - kPeriod);
    if (!met)
        return std::unexpected(met.error());
    if (met->value_or(0) > limits->newRecipients)
        return refuse("daily-recipients", QStringLiteral("more than %1 first-time recipients in 24 hours, the limit of "
                                                         "this account")
                                              .arg(limits->newRecipients));
    return {};
}

} // namespace queue
