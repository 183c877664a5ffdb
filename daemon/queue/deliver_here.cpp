// The part of queue::Queue that serves recipients of this server, and giving up by hand: both settle without a
// dialogue.
#include "daemon/queue/authors.h"
#include "daemon/queue/queue.h"
#include "daemon/queue/settlement.h"

namespace queue {

namespace {

// The default DeliverHere.
Result<bool> intoInbox(db::Database &db, store::Effects &effects, const store::Directory &directory,
                       const Arrival &arrival)
{
    const smtp::Address &to = arrival.rcpt.forwardPath;
    const auto alias = directory.alias(store::addressKey(to.localpart, to.domain));
    const QList<qint64> accounts =
        alias ? directory.accountsOf(store::readers(*alias, authorKeys(arrival.message->content)))
              : directory.resolve(to.localpart, to.domain);
    const QByteArray prefix = "Return-Path: <" + arrival.mail.reversePath.toBytes() +
                              ">\r\nDelivered-To: " + to.toBytes() + "\r\n" + arrival.prefix;
    Result<bool> outcome = false; // over quota counts only when nobody has room
    for (const qint64 account : accounts) {
        const auto added = store::addMessage(
            db, effects, arrival.contentId, *arrival.message,
            {.accountId = account, .mailboxId = 0, .prefix = prefix, .flags = {}, .internalDate = arrival.now});
        if (!added && added.error().code != QLatin1StringView("over-quota"))
            return std::unexpected(added.error());
        if (added)
            outcome = true;
        else if (!outcome.value_or(false))
            outcome = std::unexpected(added.error());
    }
    return outcome;
}

smtp::ClientResult nobody()
{
    return {.permanent = true, .code = 550, .enhanced = "5.1.1", .text = "no such user here"};
}
smtp::ClientResult full() { return {.code = 452, .enhanced = "4.2.2", .text = "the mailbox is full"}; }

} // namespace

void Queue::deliverHere(const Job &job)
{
    const auto db = m_services.store.reader();
    auto content = db ? store::readContent(**db, job.message.contentId) : std::unexpected(db.error());
    if (!content)
        return free(job, false);
    const auto message = store::prepare(std::move(*content), job.message.key);
    const auto open = std::make_shared<Job>(Job{.message = job.message, .domain = job.domain, .recipients = {}});
    const auto missed = std::make_shared<AttemptResult>();
    commit(job, m_services.store.change([this, job, message, open, missed](db::Database &to, store::Effects &effects) {
        open->recipients.clear();
        *missed = {.reportsItself = true};
        return arrive(to, effects, job, message, *missed, *open);
    }),
           [this, job, open, missed] {
               if (open->recipients.isEmpty())
                   return free(job, true);
               // The others are in their mailboxes; what is left is settled as after any attempt.
               const Job &rest = *open;
               const auto reader = m_services.store.reader();
               if (!reader)
                   return free(job, false);
               const Timestamp now = m_services.clock.now();
               const auto settlement = std::make_shared<Settlement>(
                   decide(**reader, m_options.hostname, terms().retry, rest, *missed, now));
               commit(job,
                      m_services.store.change([settlement, now, &directory = m_services.store.directory](
                                                  db::Database &to, store::Effects &effects) {
                          return settle(to, effects, directory, *settlement, now);
                      }),
                      {});
           });
}

Result<void> Queue::arrive(db::Database &db, store::Effects &effects, const Job &job,
                           const std::shared_ptr<const store::Prepared> &message, AttemptResult &missed, Job &open)
{
    const Timestamp now = m_services.clock.now();
    for (const Recipient &recipient : job.recipients) {
        const auto present =
            db.number("select recipient_id from queue_recipients where recipient_id = ?1", recipient.id);
        if (!present)
            return std::unexpected(present.error());
        if (!*present)
            continue;
        const Arrival arrival{.message = message,
                              .contentId = job.message.contentId,
                              .prefix = job.message.prefix,
                              .mail = job.message.mail,
                              .rcpt = recipient.rcpt,
                              .now = now};
        const auto delivered = m_services.deliverHere ? m_services.deliverHere(db, effects, arrival)
                                                      : intoInbox(db, effects, m_services.store.directory, arrival);
        if (!delivered && delivered.error().code != QLatin1StringView("over-quota"))
            return std::unexpected(delivered.error());
        if (!delivered || !*delivered) {
            open.recipients.append(recipient);
            missed.results.append({.result = delivered ? nobody() : full(), .host = m_options.hostname});
        } else if (auto done = arrived(db, effects, job.message, recipient, now); !done) {
            return done;
        }
    }
    effects.topics.insert("queue");
    return tidy(db, job.message.id);
}

Result<void> Queue::arrived(db::Database &db, store::Effects &effects, const Message &message,
                            const Recipient &recipient, Timestamp now)
{
    const auto gone =
        settle(db, {.recipientId = recipient.id, .fate = Fate::Done, .result = {}, .host = {}, .next = now}, now);
    if (!gone)
        return std::unexpected(gone.error());
    const QString address = QString::fromUtf8(recipient.rcpt.forwardPath.toBytes());
    if (auto noted = store::addTrace(db, message.key, "delivered", "inbox",
                                     {{QStringLiteral("to"), address}, {QStringLiteral("account"), address}}, now);
        !noted)
        return noted;
    const auto report = makeReport(
        db, m_options.hostname, message, mime::DsnAction::Delivered,
        {{.recipient = recipient, .result = {.enhanced = "2.0.0"}, .host = {}, .next = {}, .tryUntil = {}}}, now);
    return report ? deliverReport(db, effects, m_services.store.directory, *report, now) : Result<void>();
}

Result<qint64> Queue::fail(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    const auto jobs = findJobs(db, ids);
    if (!jobs)
        return std::unexpected(jobs.error());
    qint64 count = 0;
    for (const Job &job : *jobs) {
        AttemptResult cancelled{.byHand = true};
        for (qsizetype i = 0; i < job.recipients.size(); ++i)
            cancelled.results.append({.result = {.permanent = true,
                                                 .enhanced = "5.0.0",
                                                 .text = "the administrator of this server cancelled the delivery"},
                                      .host = {}});
        const Settlement settlement = decide(db, m_options.hostname, terms().retry, job, cancelled, now);
        if (auto done = settle(db, effects, m_services.store.directory, settlement, now); !done)
            return std::unexpected(done.error());
        count += job.recipients.size();
    }
    return count;
}

} // namespace queue
