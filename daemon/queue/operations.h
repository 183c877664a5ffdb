// What administrators do to messages of the queue. Each runs in the writer's transaction, counts what it was done to,
// and is traced; hold, release and schedule can be taken back (undo.h).
#pragma once

#include "daemon/queue/rows.h"
#include "shared/api/hold_rules.h"

namespace queue {

// heldBy: the rule, 0 = a person; a rule's work is not taken back here but with the rule.
Result<api::QueueCountResult> hold(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now,
                                   qint64 heldBy = 0);
Result<api::QueueCountResult> release(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                      Timestamp now);
Result<api::QueueCountResult> retryNow(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                       Timestamp now);
struct NewTime
{
    std::optional<Timestamp> at;
    std::chrono::milliseconds later{0}; // added to what it is
};
Result<api::QueueCountResult> schedule(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                       const NewTime &time, Timestamp now);
Result<api::QueueCountResult> setTls(db::Database &db, store::Effects &effects, const QList<qint64> &ids, SenderTls tls,
                                     Timestamp now);
Result<api::QueueCountResult> setTransportOf(db::Database &db, store::Effects &effects, const QList<qint64> &ids,
                                             const QString &transport, Timestamp now);
Result<api::QueueCountResult> drop(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now);

} // namespace queue
