// What administrators see of the queue and do to it.
#include "daemon/queue/rows.h"

#include "daemon/store/store.h"
#include "shared/base/bytes.h"

namespace queue {

namespace {

constexpr int kMostScanned = 200'000;

struct Named
{
    qint64 messageId = 0;
    QByteArray key;
    QString recipient;
};

QString addressText(const QString &localpart, const QString &domain)
{
    return QString::fromUtf8(smtp::Address{.localpart = localpart.toUtf8(), .domain = domain.toUtf8()}.toBytes());
}

Result<std::optional<Named>> find(db::Database &db, qint64 id)
{
    auto row = db.query("select r.message_id, m.message_key, r.localpart, r.domain from queue_recipients r join "
                        "queue_messages m using(message_id) where r.recipient_id = ?1",
                        id);
    if (row.next())
        return Named{.messageId = row.integer(0),
                     .key = row.text(1).toUtf8(),
                     .recipient = addressText(row.text(2), row.text(3))};
    if (row.failed())
        return std::unexpected(row.error());
    return std::nullopt;
}

// Runs `change` for every id that is there; `event` goes to its trace.
template<class Change>
Result<qint64> forEach(db::Database &db, store::Effects &effects, const QList<qint64> &ids, const char *event,
                       Timestamp now, Change change)
{
    qint64 count = 0;
    for (const qint64 id : ids) {
        const auto named = find(db, id);
        if (!named)
            return std::unexpected(named.error());
        if (!*named)
            continue;
        const Result<qint64> changed = change(id, **named);
        if (!changed)
            return changed;
        if (*changed == 0)
            continue;
        ++count;
        if (auto noted =
                store::addTrace(db, (*named)->key, event, "", {{QStringLiteral("to"), (*named)->recipient}}, now);
            !noted)
            return std::unexpected(noted.error());
    }
    if (count > 0)
        effects.topics.insert("queue");
    return count;
}

QString lastError(const db::Query &row, int first)
{
    const qint64 code = row.integer(first + 1);
    const QString host = row.text(first);
    const QString words = (code > 0 ? QString::number(code) + u' ' : QString()) + row.text(first + 3);
    return host.isEmpty() || words.isEmpty() ? words : host + QStringLiteral(": ") + words;
}

} // namespace

Result<QList<api::QueueMessage>> list(db::Database &db, const api::QueueListParams &params, const QSet<qint64> &sending)
{
    QList<api::QueueMessage> found;
    auto rows = db.query(
        "select r.recipient_id, m.reverse_path, r.localpart, r.domain, m.subject, m.size, r.held, r.attempts, "
        "m.created_at, r.next_attempt, r.last_host, r.last_code, r.last_status, r.last_text "
        "from queue_recipients r join queue_messages m using(message_id) order by r.next_attempt, r.recipient_id "
        "limit ?1",
        kMostScanned);
    while (rows.next() && found.size() < params.limit) {
        const qint64 id = rows.integer(0);
        const api::QueueState state = sending.contains(id)   ? api::QueueState::Sending
                                      : rows.integer(6) != 0 ? api::QueueState::Held
                                                             : api::QueueState::Waiting;
        const QString recipient = addressText(rows.text(2), rows.text(3));
        if (params.state && *params.state != state)
            continue;
        if (!params.text.isEmpty() && !recipient.contains(params.text, Qt::CaseInsensitive) &&
            !rows.text(1).contains(params.text, Qt::CaseInsensitive))
            continue;
        found.append({.id = id,
                      .sender = rows.text(1),
                      .recipient = recipient,
                      .subject = rows.text(4),
                      .sizeBytes = rows.integer(5),
                      .state = state,
                      .attempts = static_cast<int>(rows.integer(7)),
                      .queuedAt = rows.time(8),
                      .nextAttempt = rows.time(9),
                      .lastError = lastError(rows, 10)});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return found;
}

Result<Counts> count(db::Database &db)
{
    auto row = db.query("select (select count(*) from queue_recipients where held = 0), "
                        "(select count(*) from queue_recipients where held = 1), "
                        "(select min(m.created_at) from queue_messages m)");
    if (!row.next())
        return std::unexpected(row.error());
    return Counts{.waiting = row.integer(0),
                  .held = row.integer(1),
                  .oldest = row.isNull(2) ? std::nullopt : std::optional(row.time(2))};
}

Result<qint64> retryNow(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    return forEach(db, effects, ids, "retry", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set next_attempt = ?1 where recipient_id = ?2", now, id);
    });
}

Result<qint64> hold(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    return forEach(db, effects, ids, "held", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set held = 1 where recipient_id = ?1 and held = 0", id);
    });
}

Result<qint64> release(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    return forEach(db, effects, ids, "released", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set held = 0, next_attempt = ?1 where recipient_id = ?2 and held = 1",
                      now, id);
    });
}

Result<qint64> drop(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    return forEach(db, effects, ids, "dropped", now, [&](qint64 id, const Named &named) -> Result<qint64> {
        if (auto done = db.run("delete from queue_recipients where recipient_id = ?1", id); !done)
            return done;
        return tidy(db, named.messageId).transform([] { return qint64(1); });
    });
}

Result<QList<Job>> findJobs(db::Database &db, const QList<qint64> &ids)
{
    QList<Job> jobs;
    for (const qint64 id : ids) {
        qint64 messageId = 0;
        Recipient recipient;
        {
            auto row = db.query("select message_id, localpart, domain, notify, original_recipient, attempts, "
                                "delay_told, next_attempt, require_tls from queue_recipients where recipient_id = ?1",
                                id);
            if (!row.next()) {
                if (row.failed())
                    return std::unexpected(row.error());
                continue;
            }
            messageId = row.integer(0);
            recipient.id = id;
            recipient.rcpt.forwardPath = {.localpart = row.text(1).toUtf8(), .domain = row.text(2).toUtf8()};
            recipient.rcpt.notify = row.text(3).toUtf8();
            recipient.rcpt.originalRecipient = row.text(4).toUtf8();
            recipient.requireTls = static_cast<SenderTls>(row.integer(8));
            recipient.attempts = static_cast<int>(row.integer(5));
            recipient.delayTold = row.integer(6) != 0;
            recipient.nextAttempt = row.time(7);
        }
        auto job = std::ranges::find_if(jobs, [messageId](const Job &each) { return each.message.id == messageId; });
        if (job == jobs.end()) {
            auto message = readMessage(db, messageId);
            if (!message)
                return std::unexpected(message.error());
            jobs.append(Job{.message = std::move(*message), .domain = {}, .recipients = {}});
            job = jobs.end() - 1;
        }
        job->recipients.append(recipient);
    }
    return jobs;
}

} // namespace queue
