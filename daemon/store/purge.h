// What is left of removed accounts and domains goes in slices, so that no change holds up mail for long: first their
// messages are expunged, the sweeper deletes those and their content, then the rest goes. Writer's thread.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"

namespace store {

// From now on not restorable; the next purges take it.
Result<void> markForPurging(db::Database &db, qint64 accountId);

// One slice of what was removed more than kKeepRemoved ago or marked. True: there is more to do at once.
Result<bool> purgeRemoved(db::Database &db, Effects &effects, Timestamp now);

} // namespace store
