// What administrators do to the queue.
#include "daemon/queue/operations.h"

#include "daemon/queue/history.h"
#include "daemon/queue/undo.h"
#include "daemon/store/store.h"

namespace queue {

namespace {

struct Named
{
    qint64 messageId = 0;
    QByteArray key;
    QString recipient;
};

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

// Runs `change` for every id that is there; `event` goes to its trace, with what `details` says.
template<class Change>
Result<api::QueueCountResult> forEach(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                      const char *event, Timestamp now, Change change, const QJsonObject &details = {})
{
    api::QueueCountResult result;
    for (const qint64 id : ids) {
        const auto named = find(db, id);
        if (!named)
            return std::unexpected(named.error());
        if (!*named)
            continue;
        const Result<qint64> changed = change(id, **named);
        if (!changed)
            return std::unexpected(changed.error());
        if (*changed == 0)
            continue;
        ++result.count;
        QJsonObject arguments = details;
        arguments.insert(QStringLiteral("to"), (*named)->recipient);
        if (auto noted = store::addTrace(db, (*named)->key, event, "", arguments, now); !noted)
            return std::unexpected(noted.error());
    }
    if (result.count > 0)
        effects.topics.insert("queue");
    return result;
}

// As forEach, with a way back.
template<class Change>
Result<api::QueueCountResult> revocably(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                        const char *event, Timestamp now, Change change)
{
    const auto undo = remember(db, ids, now);
    if (!undo)
        return std::unexpected(undo.error());
    return forEach(db, effects, ids, event, now, change).transform([&undo](api::QueueCountResult result) {
        result.undo = result.count > 0 ? *undo : 0;
        return result;
    });
}

// Rules that still are there and held some of these: who releases by hand should know.
Result<QString> rulesOf(db::Database &db, const QList<qint64> &ids)
{
    QStringList rules;
    for (const qint64 id : ids) {
        const auto rule = db.number("select r.held_by from queue_recipients r join queue_hold_rules h on "
                                    "h.rule_id = r.held_by where r.recipient_id = ?1 and r.held = 1",
                                    id);
        if (!rule)
            return std::unexpected(rule.error());
        if (*rule && !rules.contains(QString::number(**rule)))
            rules << QString::number(**rule);
    }
    return rules.isEmpty() ? QString()
                           : QStringLiteral("rule %1 still holds what comes").arg(rules.join(QStringLiteral(", ")));
}

} // namespace

Result<api::QueueCountResult> hold(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now,
                                   qint64 heldBy)
{
    const auto change = [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set held = 1, held_by = ?1 where recipient_id = ?2 and held = 0", heldBy,
                      id);
    };
    return heldBy != 0 ? forEach(db, effects, ids, "held", now, change, {{QStringLiteral("rule"), heldBy}})
                       : revocably(db, effects, ids, "held", now, change);
}

Result<api::QueueCountResult> release(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                      Timestamp now)
{
    const auto note = rulesOf(db, ids);
    if (!note)
        return std::unexpected(note.error());
    // What was to be sent later, and was never tried, keeps its time.
    auto result = revocably(db, effects, ids, "released", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set held = 0, held_by = 0, "
                      "next_attempt = max(?1, iif(attempts = 0, next_attempt, 0)) "
                      "where recipient_id = ?2 and held = 1",
                      now, id);
    });
    if (result)
        result->note = *note;
    return result;
}

Result<api::QueueCountResult> retryNow(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                       Timestamp now)
{
    return forEach(db, effects, ids, "retry", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set next_attempt = ?1 where recipient_id = ?2", now, id);
    });
}

Result<api::QueueCountResult> schedule(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                       const NewTime &time, Timestamp now)
{
    return revocably(db, effects, ids, "scheduled", now, [&](qint64 id, const Named &) {
        if (time.at)
            return db.run("update queue_recipients set next_attempt = ?1 where recipient_id = ?2", *time.at, id);
        return db.run("update queue_recipients set next_attempt = max(next_attempt, ?1) + ?2 where recipient_id = ?3",
                      now, static_cast<qint64>(time.later.count()), id);
    });
}

Result<api::QueueCountResult> setTls(db::Database &db, store::Effects &effects, const QList<qint64> &ids, SenderTls tls,
                                     Timestamp now)
{
    return forEach(db, effects, ids, "tls-changed", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set tls = ?1 where recipient_id = ?2 and tls <> ?3",
                      static_cast<int>(tls), id, static_cast<int>(tls));
    });
}

Result<api::QueueCountResult> setTransportOf(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                             const QString &transport, Timestamp now)
{
    return forEach(db, effects, ids, "transport-changed", now, [&](qint64 id, const Named &) {
        return db.run("update queue_recipients set transport = ?1 where recipient_id = ?2 and transport <> ?3",
                      transport, id, transport);
    });
}

Result<api::QueueCountResult> drop(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now)
{
    return forEach(db, effects, ids, "dropped", now, [&](qint64 id, const Named &named) -> Result<qint64> {
        if (auto done = retireUntried(db, id, "dropped", now); !done)
            return std::unexpected(done.error());
        return tidy(db, named.messageId).transform([] { return qint64(1); });
    });
}

Result<Counts> count(db::Database &db)
{
    auto row = db.query("select (select count(*) from queue_recipients where held = 0), "
                        "(select count(*) from queue_recipients where held = 1), "
                        "(select created_at from queue_messages order by message_id limit 1)");
    if (!row.next())
        return std::unexpected(row.error());
    return Counts{.waiting = row.integer(0),
                  .held = row.integer(1),
                  .oldest = row.isNull(2) ? std::nullopt : std::optional(row.time(2))};
}

} // namespace queue
