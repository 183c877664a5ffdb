// One mail transaction as MAIL and RCPT made it, and the message that ends it. Values; whoever has the session has it.
#pragma once

#include "daemon/queue/rows.h"
#include "daemon/queue/sending_limits.h"
#include "daemon/store/accounts.h"
#include "shared/smtp/command.h"

namespace smtp {

struct Recipient
{
    Rcpt rcpt;
    Address address;
    QList<qint64> accounts;            // who reads this address; empty for an alias: that depends on the author
    std::optional<store::Alias> alias; // members are chosen when the author is known
    bool leaves = false;               // for the queue
};

// A recipient's copies in mailboxes here.
struct Copies
{
    Rcpt rcpt;
    Address address;
    QList<qint64> accounts;
    bool anyWillDo = false; // an alias: taken if one of its members has room
    QByteArray prefix;      // header lines of these copies alone
};

// Everything a change needs to take a message.
struct Delivery
{
    std::shared_ptr<const store::Prepared> message;
    QList<Copies> copies;
    queue::Outgoing leaving;       // no recipients: nothing leaves
    std::optional<qint64> account; // who submitted it
    QList<QByteArray> addressees;  // all recipients as keys, for the account's daily limits
    queue::SendingLimits limits;
    Mail mail;
    QByteArray received; // our trace line
    QByteArray hostname;
    QJsonObject story; // of the trace
    Timestamp now;
};

// In the writer's transaction: rows, traces and reports of one message. Error codes "over-quota", "daily-messages",
// "daily-recipients".
Result<void> deliver(db::Database &db, store::Effects &effects, const store::Directory &directory,
                     const Delivery &delivery);

} // namespace smtp
