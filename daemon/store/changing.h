// What the functions that change mailboxes share: taking UIDs and mod-sequences, counting, and what a mailbox holds at
// this moment of the transaction. On the writer's thread, inside a change.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"
#include "daemon/store/flags.h"

namespace store {

// The mask for flags in this mailbox; keywords it does not know yet get the next bits (addUnknown) or are left out.
Result<quint64> maskOf(db::Database &db, Effects &effects, qint64 mailboxId, const Flags &flags, bool addUnknown);
[[nodiscard]] Result<QList<QByteArray>> keywordsOf(db::Database &db, qint64 mailboxId);

// The account's next mod-sequence: one counter for all its mailboxes (RFC 7162 3.1).
Result<qint64> nextModseq(db::Database &db, qint64 accountId);
// Something in the mailbox has this mod-sequence now.
Result<void> touch(db::Database &db, Effects &effects, qint64 mailboxId, qint64 modseq);

struct Place
{
    quint32 uid = 0; // the first of those taken
    quint32 uidValidity = 0;
};
Result<Place> takeUids(db::Database &db, Effects &effects, qint64 mailboxId, qint64 modseq, qint64 count);

Result<void> count(db::Database &db, Effects &effects, qint64 accountId, qint64 sizeBytes, qint64 messages);
// Error code "over-quota" when the account has no room for so much more.
Result<void> checkQuota(db::Database &db, qint64 accountId, qint64 sizeBytes, qint64 messages);

// The mailbox with everything that changed in this transaction so far.
Result<View> stateOf(const Effects &effects, qint64 mailboxId);

// A line of the flag log. FlagChange as a number.
Result<void> logFlags(db::Database &db, qint64 mailboxId, qint64 modseq, int operation, quint64 flags,
                      const std::vector<quint32> &uids);

} // namespace store
