// What people say about junk, noted for the filter to learn from: setting $Junk or $NotJunk, moving messages into or
// out of a mailbox for junk. On the writer's thread, inside a change.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"

namespace store {

struct Training
{
    qint64 accountId = 0;
    qint64 mailboxId = 0; // where the messages are
    std::vector<quint32> uids;
    bool junk = false;
    const char *reason = "flag"; // or "move"
};
Result<void> noteTraining(db::Database &db, const Training &training);

// Of flags that were changed: `before` and after.
Result<void> trainByFlags(db::Database &db, qint64 accountId, qint64 mailboxId, const View &before,
                          const std::vector<Entry> &changed);
// Of messages moved between mailboxes; `uids` in the new one.
Result<void> trainByMove(db::Database &db, qint64 accountId, qint64 from, qint64 to, const std::vector<quint32> &uids);

} // namespace store
