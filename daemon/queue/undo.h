// The way back from hold, release and schedule: what the rows were before is kept under a number, for a day. Taking
// back is for what is still in the queue. Runs in the writer's transaction.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

inline constexpr auto kKeepUndo = std::chrono::days(1);

// Keeps the rows as they are; 0 when there are none. Forgets what is too old.
Result<qint64> remember(db::Database &db, const QList<qint64> &ids, Timestamp now);
Result<api::QueueCountResult> takeBack(db::Database &db, store::Effects &effects, qint64 undo, Timestamp now);

} // namespace queue
