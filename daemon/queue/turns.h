// Whose mail is tried next at a domain: accounts take turns, whoever has least under way first, so that a thousand
// messages of one do not stand before the one of another. Reads; the queue's thread.
#pragma once

#include "daemon/queue/rows.h"

namespace queue {

inline constexpr qsizetype kMostInTurn = 1000; // accounts with mail for a domain that are looked at

struct Turns
{
    QHash<qint64, int> running; // jobs under way, by account
    int mostAtOnce = 100;       // of all; one account gets no more than it leaves for others, shareOf()
};
// Four of five: who comes later finds room.
[[nodiscard]] constexpr int shareOf(int mostAtOnce) { return std::max(1, mostAtOnce - mostAtOnce / 5); }

// At most `most` due jobs of a domain, without recipients in `taken`.
[[nodiscard]] Result<QList<Job>> listTurns(db::Database &db, const QByteArray &domain, Timestamp now,
                                           const QSet<qint64> &taken, qsizetype most, const Turns &turns);

} // namespace queue
