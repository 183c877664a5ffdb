// What a change did, noted while it runs in the transaction and told to views and sessions after it is durable.
// Filled on the writer's thread.
#pragma once

#include "daemon/store/notices.h"
#include "daemon/store/view.h"

#include <map>
#include <set>

namespace store {

class Views;

struct MailboxEffects
{
    std::vector<Entry> appended;
    std::vector<Entry> changed;
    std::vector<quint32> expunged; // ascending
    std::optional<QList<QByteArray>> keywords;
    qint64 modseq = 0;    // the highest of these; 0 = as before
    qint64 accountId = 0; // whose mailbox it is
    bool gone = false;
};

struct Effects
{
    std::map<qint64, MailboxEffects> mailboxes;
    std::vector<Notice> notices;  // about mailboxes as a whole
    net::ConnectionId origin;     // the connection that asked for this; none: nobody in particular
    bool directory = false;       // accounts, domains or aliases changed
    std::set<qint64> cutAccounts; // their sessions end
    std::set<QByteArray> topics;  // "accounts", "queue", … for the control protocol
    Views *views = nullptr;       // knows what the mailboxes held before; set by Store::change
    bool applied = false;         // the change did what is noted here and waits for the commit
};

} // namespace store
