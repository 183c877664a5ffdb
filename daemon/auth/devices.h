// The keys and app passwords that sign in besides accounts' own passwords: rows, the functions that change them, and
// the directory that knows keys by their fingerprint and every session by what it signed in with. Functions that take a
// Database run in a change (writer) or on a reader; DeviceDirectory is for any thread and is told after the commit.
#pragma once

#include "daemon/db/database.h"
#include "daemon/net/session.h"
#include "shared/crypto/client_key.h"

#include <QHash>
#include <QSet>

#include <mutex>

namespace auth {

inline constexpr int kMostAppPasswords = 32; // of an account, its own password among them
inline constexpr int kMostKeys = 100;        // of an account
inline constexpr int kMostSeenKeys = 20;     // of an account; the longest unseen go
inline constexpr qsizetype kLongestDeviceName = 100;

struct LastUse
{
    Timestamp at; // epoch = never
    QString from; // IP address
    QString by;   // the client's name and version, as far as known
};

struct TlsKey
{
    QByteArray fingerprint;
    qint64 accountId = 0;
    QByteArray loginAddress;
    QByteArray type;
    QString name;
    bool noImapPreauth = false;
    QByteArray certificateDer;
    Timestamp createdAt;
    LastUse lastUse;
    qint64 preauthSignIns = 0; // attempts to sign in where PREAUTH had done it
};

struct AppPassword
{
    qint64 id = 0;
    qint64 accountId = 0;
    QString name;
    Timestamp createdAt;
    LastUse lastUse;
};

struct SeenKey
{
    QByteArray fingerprint;
    qint64 accountId = 0;
    QByteArray type;
    QString name;
    QByteArray certificateDer;
    Timestamp firstSeenAt;
    LastUse lastSeen;
};

// How a key or app password is named in sessions, logs and the API.
[[nodiscard]] QByteArray deviceOf(qint64 appPasswordId);   // "app-7"; 0 = the account's own password: empty
[[nodiscard]] qint64 appPasswordOf(QByteArrayView device); // 0 = it is none

// Accounts of 0 mean: everyone's.
[[nodiscard]] Result<QList<TlsKey>> listKeys(db::Database &db, qint64 accountId = 0);
[[nodiscard]] Result<TlsKey> findKey(db::Database &db, const QByteArray &fingerprint);
Result<void> addKey(db::Database &db, const TlsKey &key);
Result<void> updateKey(db::Database &db, const TlsKey &key); // name, login address, greeting
Result<void> removeKey(db::Database &db, const QByteArray &fingerprint);

[[nodiscard]] Result<QList<AppPassword>> listAppPasswords(db::Database &db, qint64 accountId = 0);
[[nodiscard]] Result<AppPassword> findAppPassword(db::Database &db, qint64 id);
Result<void> removeAppPassword(db::Database &db, qint64 id);

[[nodiscard]] Result<QList<SeenKey>> listSeenKeys(db::Database &db);
[[nodiscard]] Result<SeenKey> findSeenKey(db::Database &db, const QByteArray &fingerprint, qint64 accountId);
Result<void> noteSeenKey(db::Database &db, const SeenKey &key); // unless it signs somebody in

class DeviceDirectory
{
public:
    struct Key
    {
        qint64 accountId = 0;
        QByteArray loginAddress;
        bool noImapPreauth = false;
    };
    Result<void> reload(db::Database &db);
    void added(const TlsKey &key);          // or changed
    void removed(const QByteArray &device); // its sessions are told
    [[nodiscard]] std::optional<Key> find(const QByteArray &fingerprint) const;

    // A session signs in with a device; false: it was removed meanwhile.
    [[nodiscard]] bool signIn(const QByteArray &device, net::ConnectionId connection);
    void signOut(const QByteArray &device, net::ConnectionId connection);

    net::Notifier *notifierOrNull = nullptr; // set at startup

private:
    mutable std::mutex m_mutex; // guards all
    QHash<QByteArray, Key> m_keys;
    QSet<QByteArray> m_removed; // app passwords; their numbers are not used again
    QHash<QByteArray, QList<net::ConnectionId>> m_sessions;
};

} // namespace auth
