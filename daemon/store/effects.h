// What a change did, noted while it runs in the transaction and told to views and sessions after it is durable.
// Filled on the writer's thread.
#pragma once

#include "daemon/store/view.h"

#include <map>
#include <set>

namespace store {

struct MailboxEffects
{
    std::vector<Entry> appended;
    std::vector<Entry> changed;
    std::vector<quint32> expunged; // ascending
    std::optional<QList<QByteArray>> keywords;
    bool gone = false;
};

struct Effects
{
    std::map<qint64, MailboxEffects> mailboxes;
    bool directory = false;       // accounts, domains or aliases changed
    std::set<qint64> cutAccounts; // their sessions end
    std::set<QByteArray> topics;  // "accounts", "queue", … for the control protocol
};

} // namespace store
