#include "daemon/queue/undo.h"

#include "daemon/store/store.h"

namespace queue {

Result<qint64> remember(db::Database &db, const QList<qint64> &ids, Timestamp now)
{
    if (ids.isEmpty())
        return 0;
    if (auto done =
            db.run("delete from queue_undo_rows where undo_id in (select undo_id from queue_undos where at < ?1)",
                   now - kKeepUndo);
        !done)
        return done;
    if (auto done = db.run("delete from queue_undos where at < ?1", now - kKeepUndo); !done)
        return done;
    if (auto done = db.run("insert into queue_undos(at) values(?1)", now); !done)
        return done;
    const qint64 undo = db.lastInsertId();
    for (const qint64 id : ids) {
        if (auto done = db.run("insert into queue_undo_rows(undo_id, recipient_id, held, held_by, next_attempt) "
                               "select ?1, recipient_id, held, held_by, next_attempt from queue_recipients "
                               "where recipient_id = ?2",
                               undo, id);
            !done)
            return done;
    }
    return undo;
}

Result<api::QueueCountResult> takeBack(db::Database &db, store::Effects &effects, qint64 undo, Timestamp now)
{
    const auto known = db.number("select count(*) from queue_undo_rows where undo_id = ?1", undo);
    if (!known)
        return std::unexpected(known.error());
    if (known->value_or(0) == 0) {
        Error error{.kind = ErrorKind::User,
                    .text = QStringLiteral("there is nothing to take back under this number"),
                    .publicText = QStringLiteral("there is nothing to take back under this number"),
                    .code = QStringLiteral("not-found"),
                    .hint = QStringLiteral("hold, release and schedule answer one, which is good for a day"),
                    .path = QStringLiteral("/undo")};
        return failure(std::move(error));
    }
    const auto changed =
        db.run("update queue_recipients set held = u.held, held_by = u.held_by, next_attempt = u.next_attempt "
               "from queue_undo_rows u where u.undo_id = ?1 and u.recipient_id = queue_recipients.recipient_id",
               undo);
    if (!changed)
        return std::unexpected(changed.error());
    QStringList keys;
    {
        auto rows = db.query("select distinct m.message_key from queue_undo_rows u join queue_recipients r "
                             "using(recipient_id) join queue_messages m using(message_id) where u.undo_id = ?1",
                             undo);
        while (rows.next())
            keys << rows.text(0);
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    for (const QString &key : std::as_const(keys)) {
        if (auto noted = store::addTrace(db, key.toLatin1(), "taken-back", "", {}, now); !noted)
            return std::unexpected(noted.error());
    }
    for (const char *sql :
         {"delete from queue_undo_rows where undo_id = ?1", "delete from queue_undos where undo_id = ?1"}) {
        if (auto done = db.run(sql, undo); !done)
            return std::unexpected(done.error());
    }
    effects.topics.insert("queue");
    api::QueueCountResult result{.count = *changed, .undo = 0, .note = {}};
    if (*changed < known->value_or(0))
        result.note = QStringLiteral("%1 messages have left the queue meanwhile").arg(known->value_or(0) - *changed);
    return result;
}

} // namespace queue
