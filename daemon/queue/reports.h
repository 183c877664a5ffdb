// Reports to senders: who gets one (RFC 3461 4.1, 5.2; never the null reverse-path), how it is made, and how it is
// delivered: into the sender's own mailbox in the same transaction that settles the message, or else as a message of
// the queue's own. makeReport() reads; deliverReport() runs in the writer's transaction.
#pragma once

#include "daemon/queue/rows.h"
#include "daemon/store/store.h"
#include "shared/mime/dsn.h"

namespace queue {

// What a report says about one recipient.
struct Told
{
    Recipient recipient;
    smtp::ClientResult result;
    QByteArray host;                   // who answered; empty = nobody
    std::optional<Timestamp> next;     // Delayed
    std::optional<Timestamp> tryUntil; // Delayed
};

struct Report
{
    Outgoing outgoing; // ready for the queue, should the sender not be here
    smtp::Address to;
    QList<qint64> about; // recipient ids
    mime::DsnAction action = mime::DsnAction::Failed;
};

[[nodiscard]] bool wantsReport(const Message &message, const smtp::Rcpt &rcpt, mime::DsnAction action);

// Nothing when nobody of those told about wants one.
[[nodiscard]] std::optional<Report> makeReport(db::Database &db, const QByteArray &hostname, const Message &message,
                                               mime::DsnAction action, const QList<Told> &told, Timestamp now);
Result<void> deliverReport(db::Database &db, store::Effects &effects, const store::Directory &directory,
                           const Report &report, Timestamp now);

} // namespace queue
