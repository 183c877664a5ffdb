// Reports that come back for mail we sent: found by the id in the address they come to (an envelope sender of its own,
// preferences.h), or else by the Message-ID in what they return and the recipient they name, among what the account
// that gets the report has sent lately. A report of failure changes what became of the message, and counts for the
// suppression list; every report is in the message's trace. Who knows id or Message-ID has seen the message, so nobody
// else can tell us stories about it. Runs in the writer's transaction.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

inline constexpr qsizetype kLargestReport = 1024 * 1024; // larger mail is not looked at

// Mail with a null reverse-path that was delivered.
struct Returned
{
    QSet<qint64> accounts;          // who got it
    QList<smtp::Address> addresses; // that it came to
    const QByteArray &content;
};

Result<void> noteReturned(db::Database &db, store::Effects &effects, const Returned &mail, Timestamp now);

} // namespace queue
