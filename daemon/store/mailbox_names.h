// Which mailbox has which name, of accounts in use, so that SELECT needs no database. What a change makes untrue is
// forgotten before anybody is told of that change. Any thread. Memory: kMostKept names.
#pragma once

#include "daemon/store/mailboxes.h"

#include <QHash>

#include <mutex>
#include <unordered_map>

namespace store {

class MailboxNames
{
public:
    static constexpr qsizetype kMostKept = 50'000;

    // What is remembered; no waiting.
    [[nodiscard]] std::optional<MailboxName> known(qint64 accountId, const QString &name);
    // The same from the database, and remembered. Worker.
    [[nodiscard]] Result<MailboxName> find(db::Database &db, qint64 accountId, const QString &name);
    void publish(const Effects &effects); // writer thread, after the commit
    [[nodiscard]] qsizetype kept();

private:
    std::mutex m_mutex; // guards what follows
    std::unordered_map<qint64, QHash<QString, MailboxName>> m_accounts;
    qsizetype m_kept = 0;
    quint64 m_forgotten = 0; // grows whenever something was: what was read before is not kept
};

} // namespace store
