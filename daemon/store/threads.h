// Which thread a message belongs to (RFC 8474 5.2): that of the first message identifier it names that is known in the
// account, else a thread of its own. Decided once, when the message is stored, and kept for ever. On the writer's
// thread, inside a change.
#pragma once

#include "daemon/db/database.h"

namespace store {

// 0 = none of them is known.
[[nodiscard]] Result<qint64> findThread(db::Database &db, qint64 accountId, const QList<qint64> &references);
Result<void> rememberThread(db::Database &db, qint64 accountId, const QList<qint64> &references, qint64 threadId);

} // namespace store
