// Accounts and domains: rows and the functions that change them, and the directory that answers "who is this
// address?" from memory. Functions that take a Database run in a change (writer) or on a reader; Directory is for any
// thread.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/aliases.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <mutex>

namespace store {

inline constexpr auto kKeepRemoved = std::chrono::days(30); // what belongs to a removed account, until it is purged

// How much an account may send in 24 hours.
struct DailyLimits
{
    qint64 messages = -1;      // -1 = the server's setting, 0 = no limit
    qint64 newRecipients = -1; // likewise
};

struct Account
{
    qint64 id = 0;
    QByteArray localpart;
    QByteArray domain;
    QString name;
    QString role;
    QString state;
    Timestamp createdAt;
    qint64 quotaBytes = 0;    // 0 = no limit
    qint64 quotaMessages = 0; // 0 = no limit
    DailyLimits daily = {};
    qint64 usedBytes = 0;
    qint64 messageCount = 0;

    [[nodiscard]] QByteArray address() const { return localpart + '@' + domain; }
};

Result<void> addDomain(db::Database &db, Effects &effects, const QByteArray &domain); // a removed one comes back
// Only without live accounts. One that had accounts is hidden and goes with the last of them (see purge.h).
Result<void> removeDomain(db::Database &db, Effects &effects, const QByteArray &domain, Timestamp now);
[[nodiscard]] Result<QList<QByteArray>> listDomains(db::Database &db);

// With INBOX and the special-use mailboxes, all subscribed.
Result<qint64> addAccount(db::Database &db, Effects &effects, const Account &account, Timestamp now);
[[nodiscard]] Result<QList<Account>> listAccounts(db::Database &db, bool alsoRemoved);
[[nodiscard]] Result<Account> findAccount(db::Database &db, const QByteArray &address);
struct Quota
{
    qint64 bytes = 0; // 0 = no limit
    qint64 messages = 0;
};
Result<void> updateAccount(db::Database &db, Effects &effects, qint64 id, const QString &name, const Quota &quota);
Result<void> setDailyLimits(db::Database &db, qint64 accountId, const DailyLimits &limits);
[[nodiscard]] Result<DailyLimits> dailyLimitsOf(db::Database &db, qint64 accountId);
struct Usage
{
    Quota used;
    Quota limit;

    [[nodiscard]] bool hasRoomFor(qint64 bytes) const; // one message of that size
};
[[nodiscard]] Result<Usage> usageOf(db::Database &db, qint64 accountId);
Result<void> removeAccount(db::Database &db, Effects &effects, qint64 id,
                           Timestamp now); // hidden, sessions cut; restorable for kKeepRemoved
Result<void> restoreAccount(db::Database &db, Effects &effects, qint64 id, Timestamp now);

class Directory
{
public:
    Result<void> reload(db::Database &db);
    [[nodiscard]] bool hosts(const QByteArray &domain) const;
    [[nodiscard]] bool hostsNothing() const;
    // Active accounts behind an address: an alias's members, or whose it is without "+detail"; empty = unknown.
    [[nodiscard]] QList<qint64> resolve(const QByteArray &localpart, const QByteArray &domain) const;
    [[nodiscard]] std::optional<Alias> alias(const QByteArray &key) const;          // by addressKey()
    [[nodiscard]] QList<qint64> accountsOf(const QList<QByteArray> &members) const; // active ones, each once
    // Whether mail of this account may name the address as its author: its own, or an alias's that allows it.
    [[nodiscard]] bool mayWriteAs(qint64 account, const QByteArray &localpart, const QByteArray &domain) const;
    [[nodiscard]] std::optional<qint64> account(const QByteArray &address) const; // active, exact
    [[nodiscard]] bool hasQuota(qint64 account) const;                            // of any kind
    [[nodiscard]] qint64 postmaster() const;                                      // 0 = there is none
    [[nodiscard]] QByteArray addressOf(qint64 account) const;

private:
    [[nodiscard]] qint64 accountOf(const QByteArray &key) const;

    mutable std::mutex m_mutex; // guards all
    QHash<QByteArray, qint64> m_accounts;
    QHash<qint64, QByteArray> m_addresses;
    QSet<qint64> m_withQuota;
    QHash<QByteArray, Alias> m_aliases;
    QList<QByteArray> m_domains;
    qint64 m_postmaster = 0;
};

} // namespace store
