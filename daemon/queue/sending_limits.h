// How much an account may send within 24 hours: messages, and recipients it never wrote to before. A mailbox whose
// password was stolen is found out by that before the server's good name is gone. Runs in the change that accepts the
// message, so what was refused does not count.
#pragma once

#include "daemon/db/database.h"
#include "shared/base/time.h"

namespace queue {

inline constexpr qint64 kMostMessagesPerDay = 1000;
inline constexpr qint64 kMostNewRecipientsPerDay = 200;

struct SendingLimits
{
    qint64 messages = 0;      // one to n recipients counts n times; 0 = no limit
    qint64 newRecipients = 0; // 0 = no limit
};

// `limits` are the server's; the account's own are used where it has some.
// Error codes "daily-messages" and "daily-recipients", with the limit in the text. Addresses in lower case.
Result<void> countSending(db::Database &db, qint64 accountId, const QList<QByteArray> &recipients,
                          const SendingLimits &limits, Timestamp now);

} // namespace queue
