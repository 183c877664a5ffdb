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
    std::optional<Timestamp> notBefore; // not tried earlier: FUTURERELEASE, RFC 4865
    SenderTls tls = SenderTls::Default; // REQUIRETLS, TLS-Required: RFC 8689
    QByteArray fromId;                  // makes the reverse-path its own: localpart+id@domain; empty = plain
    QJsonObject extra;                  // what the sender notes down about it
    QString subject;                    // the rest is computed by prepareOutgoing()
    QString headerId;                   // Message-ID, without brackets
    bool eightBit = false;
    bool international = false;
};
[[nodiscard]] Outgoing prepareOutgoing(Outgoing outgoing);

// One row per recipient; the content is used once. Notes "queued" in the trace and tells the topic "queue". Error code
// "bad-from-id": another message has it.
Result<void> add(db::Database &db, store::Effects &effects, const Outgoing &outgoing, qint64 contentId, Timestamp now);

struct Recipient
{
    qint64 id = 0;
    smtp::Rcpt rcpt;
    int attempts = 0;
    bool delayTold = false;
    Timestamp nextAttempt;
    SenderTls tls = SenderTls::Default;
    QByteArray transport; // chosen by an administrator; empty = by the routes
};

struct Message
{
    qint64 id = 0;
    qint64 contentId = 0;
    QByteArray prefix;
    smtp::Mail mail;   // as it goes out: size, body and SMTPUTF8 are those of the message
    QByteArray fromId; // of its reverse-path on the wire
    qint64 accountId = 0;
    QByteArray key;
    Timestamp createdAt;
    Timestamp releasedAt; // when its first attempt was due: later than createdAt if the sender had it held
};

// "ann+id@example.org" for what goes out, so that reports that come back say what they are about.
[[nodiscard]] smtp::Mail mailOnWire(const Message &message);
// What stands behind the first '+' of a localpart.
[[nodiscard]] QByteArray detailOf(const QByteArray &localpart);

// What one attempt is about: recipients of one message in one domain that go the same way.
struct Job
{
    Message message;
    QByteArray domain;
    QList<Recipient> recipients;
    QByteArray slot; // whose connections it counts among: a relay's; empty = the domain's
};

struct DomainDue
{
    QByteArray domain;
    Timestamp next;
};
// Every domain with a row that is not held and its earliest time. Costs an index seek per domain, not per row.
[[nodiscard]] Result<QList<DomainDue>> listDomains(db::Database &db);
// The oldest due rows of a domain, whole messages, without those in `taken`: at most `most` jobs. With an account: only
// its own. Costs as many rows as it lists, however many wait.
[[nodiscard]] Result<QList<Job>> listDue(db::Database &db, const QByteArray &domain, Timestamp now,
                                         const QSet<qint64> &taken, qsizetype most, std::optional<qint64> account = {});
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
    QByteArray ip;
    bool encrypted = false;
    std::chrono::milliseconds duration{0};
    Timestamp next; // Wait
    bool tellDelay = false;
    bool suppressed = false; // Failed without an attempt
};
// Takes the row away or moves its time. False: the row was dropped meanwhile.
Result<bool> settle(db::Database &db, const Outcome &outcome, Timestamp now);
// Deletes messages that have no recipient any more, and gives their content back.
Result<void> tidy(db::Database &db, qint64 messageId);

// Times no further away than `most`, after the clock was set back.
Result<void> clampTimes(db::Database &db, Timestamp now, std::chrono::milliseconds most);

// A page of the list.
[[nodiscard]] Result<api::QueueListResult> list(db::Database &db, const api::QueueListParams &params,
                                                const QSet<qint64> &sending, Timestamp now);
// Every row that fits, from where params.after says on and without end, until `take` says no more.
Result<void> visit(db::Database &db, const api::QueueListParams &params, const QSet<qint64> &sending, Timestamp now,
                   const std::function<bool(const api::QueueMessage &)> &take);
struct Counts
{
    qint64 waiting = 0;
    qint64 held = 0;
    std::optional<Timestamp> oldest; // of those that wait
};
[[nodiscard]] Result<Counts> count(db::Database &db);

// The jobs these recipients belong to, one for each message and way; those that are gone are left out.
[[nodiscard]] Result<QList<Job>> findJobs(db::Database &db, const QList<qint64> &ids);

} // namespace queue
