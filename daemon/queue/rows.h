// The queue as rows: what enters it, what is due, what happened to it, and what administrators do to it. Functions that
// take a Database run in a change (writer) unless they only read; prepareOutgoing() is pure and runs on a worker.
// Content is shared with mailboxes and counted; whoever takes the last row of a message away gives its content back.
#pragma once

#include "daemon/queue/tls_terms.h"
#include "daemon/store/messages.h"
#include "shared/api/queue.h"
#include "shared/smtp/client.h"

#include <QJsonObject>

namespace queue {

// A message on its way in.
struct Outgoing
{
    std::shared_ptr<const store::Prepared> message;
    QByteArray prefix; // header lines before the content: our Received
    smtp::Mail mail;
    QList<smtp::Rcpt> recipients;
    qint64 accountId = 0;               // who sends it; 0 = the postmaster answers for it
    std::optional<Timestamp> notBefore; // not tried earlier
    QJsonObject extra = {};             // what the sender wants told again, by key
    QString subject;                    // the rest is computed by prepareOutgoing()
    bool eightBit = false;
    bool international = false;
    SenderTls tls = SenderTls::Default;
};
[[nodiscard]] Outgoing prepareOutgoing(Outgoing outgoing);

// One row per recipient; the content is used once. Notes "queued" in the trace and tells the topic "queue".
Result<void> add(db::Database &db, store::Effects &effects, const Outgoing &outgoing, qint64 contentId, Timestamp now);

struct Recipient
{
    qint64 id = 0;
    smtp::Rcpt rcpt;
    int attempts = 0;
    bool delayTold = false;
    Timestamp nextAttempt;
    SenderTls requireTls = SenderTls::Default;
};

struct Message
{
    qint64 id = 0;
    qint64 contentId = 0;
    QByteArray prefix;
    smtp::Mail mail; // as it goes out: size, body and SMTPUTF8 are those of the message
    qint64 accountId = 0;
    QByteArray key;
    Timestamp createdAt;
    Timestamp releasedAt; // when its first attempt was due: later than createdAt if the sender had it held
};

// What one attempt is about: recipients of one message in one domain.
struct Job
{
    Message message;
    QByteArray domain;
    QList<Recipient> recipients;
};

struct DomainDue
{
    QByteArray domain;
    Timestamp next;
};
// Every domain with a row that is not held and its earliest time. Costs an index seek per domain, not per row.
[[nodiscard]] Result<QList<DomainDue>> listDomains(db::Database &db);
// The oldest due rows of a domain, whole messages, without those in `taken`: at most `most` jobs.
[[nodiscard]] Result<QList<Job>> listDue(db::Database &db, const QByteArray &domain, Timestamp now,
                                         const QSet<qint64> &taken, qsizetype most);
[[nodiscard]] Result<Message> readMessage(db::Database &db, qint64 messageId);

// What an attempt came to, for one recipient.
enum class Fate
{
    Done, // delivered, or handed on
    Wait,
    Failed,
};
struct Outcome
{
    qint64 recipientId = 0;
    Fate fate = Fate::Wait;
    smtp::ClientResult result;
    QByteArray host; // who answered: name or address; empty = nobody
    Timestamp next;  // Wait
    bool tellDelay = false;
};
// Takes the row away or moves its time. False: the row was dropped meanwhile.
Result<bool> settle(db::Database &db, const Outcome &outcome, Timestamp now);
// Deletes messages that have no recipient any more, and gives their content back.
Result<void> tidy(db::Database &db, qint64 messageId);

// Times no further away than `most`, after the clock was set back.
Result<void> clampTimes(db::Database &db, Timestamp now, std::chrono::milliseconds most);

[[nodiscard]] Result<QList<api::QueueMessage>> list(db::Database &db, const api::QueueListParams &params,
                                                    const QSet<qint64> &sending);
struct Counts
{
    qint64 waiting = 0;
    qint64 held = 0;
    std::optional<Timestamp> oldest; // of those that wait
};
[[nodiscard]] Result<Counts> count(db::Database &db);

// Operations on recipient ids; each returns how many rows there were. Traced.
Result<qint64> retryNow(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now);
Result<qint64> hold(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now);
Result<qint64> release(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now);
Result<qint64> drop(db::Database &db, store::Effects &effects, const QList<qint64> &ids, Timestamp now);
// The jobs these recipients belong to, one for each message; those that are gone are left out.
[[nodiscard]] Result<QList<Job>> findJobs(db::Database &db, const QList<qint64> &ids);

} // namespace queue
