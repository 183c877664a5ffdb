// What an attempt comes to: for each recipient done, wait or give up, with the reports and trace rows that go with it.
// decide() reads and composes on the queue's thread; settle() carries all of it out in one writer's transaction, so
// that a message and what its sender is told about it never part ways.
#pragma once

#include "daemon/queue/attempt.h"
#include "daemon/queue/reports.h"
#include "daemon/queue/retry.h"

namespace queue {

struct Settlement
{
    Message message;
    QList<Outcome> outcomes;
    QList<smtp::Address> addresses; // beside the outcomes, as are
    QList<QJsonObject> stories;     // trace arguments
    QList<Report> reports;
    bool byHand = false; // given up by an administrator
};

[[nodiscard]] Settlement decide(db::Database &db, const QByteArray &hostname, const RetryPolicy &policy, const Job &job,
                                const AttemptResult &result, Timestamp now);
Result<void> settle(db::Database &db, store::Effects &effects, const store::Directory &directory,
                    const Settlement &settlement, Timestamp now);

} // namespace queue
