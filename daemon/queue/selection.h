// Which messages an operation is for: numbers, or a filter of which everything must fit. Reads; any thread.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

// Whether a row is one of those meant. Says nothing about `all`: a selection that says nothing fits every row.
[[nodiscard]] bool selects(const api::QueueSelection &selection, const api::QueueMessage &row, Timestamp now);
// Nothing is said at all, which is refused where something is done.
[[nodiscard]] bool saysNothing(const api::QueueSelection &selection);
// The numbers meant, oldest first; those named that are not there are left out.
[[nodiscard]] Result<QList<qint64>> find(db::Database &db, const api::QueueSelection &selection, Timestamp now);

} // namespace queue
