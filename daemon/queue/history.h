// What became of mail: every attempt is kept with its recipient, and what has left the queue is kept for a while with
// all of them, for its sender's questions, for what a hold rule would have caught, and for reports that come back. Rows
// of queue_retired; retire() runs in the writer's transaction, the rest only reads.
#pragma once

#include "daemon/queue/rows.h"
#include "shared/mime/dsn_explain.h"

namespace queue {

// One attempt as it is kept: the JSON of an api::QueueAttempt.
[[nodiscard]] QString attemptText(const Outcome &outcome, Timestamp now);
[[nodiscard]] QList<api::QueueAttempt> attemptsFrom(const QString &results);

// Moves a recipient out of the queue, with its last attempt. False: it was gone.
Result<bool> retire(db::Database &db, const Outcome &last, Timestamp now);
// As it stands: "dropped" by hand.
Result<bool> retireUntried(db::Database &db, qint64 recipientId, const char *outcome, Timestamp now);

[[nodiscard]] Result<api::QueueHistoryResult> history(db::Database &db, const api::QueueHistoryParams &params);
[[nodiscard]] Result<api::QueueShowResult> show(db::Database &db, qint64 id, const QSet<qint64> &sending,
                                                Timestamp now);
// What was queued since then, newest first.
Result<void> eachRetired(db::Database &db, Timestamp since,
                         const std::function<void(qint64 accountId, const api::QueueRetired &)> &take);
// Forgets what is older than its account wants; a slice of each account's at a time.
Result<void> sweepRetired(db::Database &db, Timestamp now);

// What the last words mean, for a row of the list or the history.
template<class Row>
void explainTo(Row &row, const QString &status, const QString &words)
{
    if (words.isEmpty())
        return;
    const mime::StatusExplanation &why = mime::explainStatus(status.toUtf8(), words.toUtf8());
    row.reason = QString::fromUtf8(why.code);
    row.cause = QString::fromUtf8(why.cause);
    row.nextStep = QString::fromUtf8(why.nextStep);
}
// "mx.example.org: 450 4.2.1 busy", for lists.
[[nodiscard]] QString lastError(const QString &host, qint64 code, const QString &text);
[[nodiscard]] QString addressText(const QString &localpart, const QString &domain);
// "millisecond-number" at the end of a page; empty = the first page.
struct PageStart
{
    qint64 value = 0;
    qint64 id = 0;
};
[[nodiscard]] Result<std::optional<PageStart>> parsePage(const QString &after);
[[nodiscard]] QString pageText(const PageStart &start);

} // namespace queue
