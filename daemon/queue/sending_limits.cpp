#include "daemon/queue/sending_limits.h"

#include "shared/base/refusal.h"

namespace queue {

namespace {

constexpr auto kPeriod = std::chrono::hours(24);

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
                          const SendingLimits &limits, Timestamp now)
{
    if (auto done = countMessages(db, accountId, recipients.size(), limits.messages, now); !done)
        return done;
    for (const QByteArray &recipient : recipients) {
        if (auto done = db.run("insert into queue_correspondents(account_id, address, first_at) values(?1, ?2, ?3) on "
                               "conflict do nothing",
                               accountId, QString::fromUtf8(recipient), now);
            !done)
            return std::unexpected(done.error());
    }
    if (limits.newRecipients == 0)
        return {};
    const auto met = db.number("select count(*) from queue_correspondents where account_id = ?1 and first_at > ?2",
                               accountId, now - kPeriod);
    if (!met)
        return std::unexpected(met.error());
    if (met->value_or(0) > limits.newRecipients)
        return refuse("daily-recipients", QStringLiteral("more than %1 first-time recipients in 24 hours, the limit of "
                                                         "this account")
                                              .arg(limits.newRecipients));
    return {};
}

} // namespace queue
