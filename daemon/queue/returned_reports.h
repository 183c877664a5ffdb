// Reports that come back for mail we sent: found by the Message-ID in what they return and the recipient they name,
// among what the account that gets the report has sent lately. A report of failure changes what became of the message,
// and counts for the suppression list; every report is in the message's trace. Who knows both has seen the message, so
// nobody else can tell us stories about it. Runs in the writer's transaction.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

inline constexpr qsizetype kLargestReport = 1024 * 1024; // larger mail is not looked at

// `content` was delivered to these accounts with a null reverse-path.
Result<void> noteReturned(db::Database &db, store::Effects &effects, const QSet<qint64> &accounts,
                          const QByteArray &content, Timestamp now);

} // namespace queue
