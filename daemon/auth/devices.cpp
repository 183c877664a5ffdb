#include "daemon/auth/devices.h"

#include "shared/base/refusal.h"

namespace auth {

namespace {

constexpr char kAppPrefix[] = "app-";

Result<void> expectOne(const Result<qint64> &changed, const QString &missing)
{
    if (!changed)
        return std::unexpected(changed.error());
    return *changed == 1 ? Result<void>() : refuse("not-found", missing);
}

QString noKey() { return QStringLiteral("there is no such key"); }
QString noAppPassword() { return QStringLiteral("there is no such app password"); }

#define KEY_COLUMNS                                                                                                    \
    "fingerprint, account_id, login_address, type, name, no_imap_preauth, certificate, created_at, last_used_at, "     \
    "last_used_from, last_used_by, preauth_sign_ins"

TlsKey readKey(const db::Query &row)
{
    return {.fingerprint = row.text(0).toLatin1(),
            .accountId = row.integer(1),
            .loginAddress = row.text(2).toUtf8(),
            .type = row.text(3).toLatin1(),
            .name = row.text(4),
            .noImapPreauth = row.integer(5) != 0,
            .certificateDer = row.bytes(6),
            .createdAt = row.time(7),
            .lastUse = {.at = row.time(8), .from = row.text(9), .by = row.text(10)},
            .preauthSignIns = row.integer(11)};
}

AppPassword readAppPassword(const db::Query &row)
{
    return {.id = row.integer(0),
            .accountId = row.integer(1),
            .name = row.text(2),
            .createdAt = row.time(3),
            .lastUse = {.at = row.time(4), .from = row.text(5), .by = row.text(6)}};
}

SeenKey readSeenKey(const db::Query &row)
{
    return {.fingerprint = row.text(0).toLatin1(),
            .accountId = row.integer(1),
            .type = row.text(2).toLatin1(),
            .name = row.text(3),
            .certificateDer = row.bytes(4),
            .firstSeenAt = row.time(5),
            .lastSeen = {.at = row.time(6), .from = row.text(7), .by = row.text(8)}};
}

template<class T>
Result<QList<T>> readAll(db::Query rows, T (*read)(const db::Query &))
{
    QList<T> list;
    while (rows.next())
        list.append(read(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

template<class T>
Result<T> readOne(db::Query row, T (*read)(const db::Query &), const QString &missing)
{
    if (row.next())
        return read(row);
    if (row.failed())
        return std::unexpected(row.error());
    return refuse("not-found", missing);
}

} // namespace

QByteArray deviceOf(qint64 appPasswordId)
{
    return appPasswordId == 0 ? QByteArray() : kAppPrefix + QByteArray::number(appPasswordId);
}

qint64 appPasswordOf(QByteArrayView device)
{
    bool good = false;
    const qint64 id = device.startsWith(kAppPrefix) ? device.sliced(sizeof kAppPrefix - 1).toLongLong(&good) : 0;
    return good && id > 0 && deviceOf(id) == device ? id : 0;
}

Result<QList<TlsKey>> listKeys(db::Database &db, qint64 accountId)
{
    return readAll(db.query("select " KEY_COLUMNS " from tls_public_keys where ?1 in (0, account_id) order by "
                            "account_id, name, fingerprint",
                            accountId),
                   &readKey);
}

Result<TlsKey> findKey(db::Database &db, const QByteArray &fingerprint)
{
    return readOne(db.query("select " KEY_COLUMNS " from tls_public_keys where fingerprint = ?1",
                            QString::fromLatin1(fingerprint)),
                   &readKey, noKey());
}

Result<void> addKey(db::Database &db, const TlsKey &key)
{
    const QString fingerprint = QString::fromLatin1(key.fingerprint);
    const auto taken = db.number("select 1 from tls_public_keys where fingerprint = ?1", fingerprint);
    if (!taken)
        return std::unexpected(taken.error());
    if (*taken)
        return refuse("key-exists", QStringLiteral("this key signs somebody in already"));
    const auto count = db.number("select count(*) from tls_public_keys where account_id = ?1", key.accountId);
    if (!count)
        return std::unexpected(count.error());
    if (**count >= kMostKeys)
        return refuse("too-many-keys", QStringLiteral("an account may have %1 keys").arg(kMostKeys));
    const auto added =
        db.run("insert into tls_public_keys(fingerprint, account_id, login_address, type, name, no_imap_preauth, "
               "certificate, created_at) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
               fingerprint, key.accountId, QString::fromUtf8(key.loginAddress), QString::fromLatin1(key.type), key.name,
               key.noImapPreauth, key.certificateDer, key.createdAt);
    if (!added)
        return std::unexpected(added.error());
    return db.run("delete from seen_keys where fingerprint = ?1", fingerprint).transform([](qint64) {});
}

Result<void> updateKey(db::Database &db, const TlsKey &key)
{
    return expectOne(db.run("update tls_public_keys set name = ?1, login_address = ?2, no_imap_preauth = ?3, "
                            "preauth_sign_ins = ?4 where fingerprint = ?5",
                            key.name, QString::fromUtf8(key.loginAddress), key.noImapPreauth, key.preauthSignIns,
                            QString::fromLatin1(key.fingerprint)),
                     noKey());
}

Result<void> removeKey(db::Database &db, const QByteArray &fingerprint)
{
    return expectOne(db.run("delete from tls_public_keys where fingerprint = ?1", QString::fromLatin1(fingerprint)),
                     noKey());
}

Result<QList<AppPassword>> listAppPasswords(db::Database &db, qint64 accountId)
{
    return readAll(db.query("select app_password_id, account_id, name, created_at, last_used_at, last_used_from, "
                            "last_used_by from app_passwords where ?1 in (0, account_id) order by account_id, name, "
                            "app_password_id",
                            accountId),
                   &readAppPassword);
}

Result<AppPassword> findAppPassword(db::Database &db, qint64 id)
{
    return readOne(db.query("select app_password_id, account_id, name, created_at, last_used_at, last_used_from, "
                            "last_used_by from app_passwords where app_password_id = ?1",
                            id),
                   &readAppPassword, noAppPassword());
}

Result<void> removeAppPassword(db::Database &db, qint64 id)
{
    return expectOne(db.run("delete from app_passwords where app_password_id = ?1", id), noAppPassword());
}

Result<QList<SeenKey>> listSeenKeys(db::Database &db)
{
    return readAll(db.query("select fingerprint, account_id, type, name, certificate, first_seen_at, last_seen_at, "
                            "last_seen_from, last_seen_by from seen_keys order by last_seen_at desc"),
                   &readSeenKey);
}

Result<SeenKey> findSeenKey(db::Database &db, const QByteArray &fingerprint, qint64 accountId)
{
    return readOne(db.query("select fingerprint, account_id, type, name, certificate, first_seen_at, last_seen_at, "
                            "last_seen_from, last_seen_by from seen_keys where fingerprint = ?1 and account_id = ?2",
                            QString::fromLatin1(fingerprint), accountId),
                   &readSeenKey, QStringLiteral("this key did not come with a password of that account"));
}

Result<void> noteSeenKey(db::Database &db, const SeenKey &key)
{
    const QString fingerprint = QString::fromLatin1(key.fingerprint);
    const auto noted = db.run(
        "insert into seen_keys(fingerprint, account_id, type, name, certificate, first_seen_at, last_seen_at, "
        "last_seen_from, last_seen_by) select ?1, account_id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 from accounts where "
        "account_id = ?9 and not exists(select 1 from tls_public_keys where fingerprint = ?10) on "
        "conflict(fingerprint, "
        "account_id) do update set last_seen_at = excluded.last_seen_at, last_seen_from = excluded.last_seen_from, "
        "last_seen_by = iif(excluded.last_seen_by = '', last_seen_by, excluded.last_seen_by)",
        fingerprint, QString::fromLatin1(key.type), key.name, key.certificateDer, key.firstSeenAt, key.lastSeen.at,
        key.lastSeen.from, key.lastSeen.by, key.accountId, fingerprint);
    if (!noted)
        return std::unexpected(noted.error());
    return db
        .run("delete from seen_keys where account_id = ?1 and fingerprint in (select fingerprint from seen_keys where "
             "account_id = ?2 order by last_seen_at desc limit -1 offset ?3)",
             key.accountId, key.accountId, kMostSeenKeys)
        .transform([](qint64) {});
}

Result<void> DeviceDirectory::reload(db::Database &db)
{
    const auto keys = listKeys(db);
    if (!keys)
        return std::unexpected(keys.error());
    for (const TlsKey &each : *keys)
        added(each);
    return {};
}

void DeviceDirectory::added(const TlsKey &key)
{
    const std::lock_guard lock(m_mutex);
    m_keys.insert(key.fingerprint,
                  {.accountId = key.accountId, .loginAddress = key.loginAddress, .noImapPreauth = key.noImapPreauth});
}

void DeviceDirectory::removed(const QByteArray &device)
{
    QList<net::ConnectionId> told;
    {
        const std::lock_guard lock(m_mutex);
        if (m_keys.remove(device) == 0)
            m_removed.insert(device);
        told = m_sessions.value(device);
    }
    for (const net::ConnectionId &each : std::as_const(told)) {
        if (notifierOrNull)
            notifierOrNull->notify(each, {.kind = net::Event::Kind::Revoked, .subject = 0});
    }
}

std::optional<DeviceDirectory::Key> DeviceDirectory::find(const QByteArray &fingerprint) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_keys.constFind(fingerprint);
    return found == m_keys.constEnd() ? std::nullopt : std::optional(*found);
}

bool DeviceDirectory::signIn(const QByteArray &device, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    const bool there = appPasswordOf(device) != 0 ? !m_removed.contains(device) : m_keys.contains(device);
    if (there)
        m_sessions[device].append(connection);
    return there;
}

void DeviceDirectory::signOut(const QByteArray &device, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_sessions.find(device);
    if (found == m_sessions.end())
        return;
    found->removeOne(connection);
    if (found->isEmpty())
        m_sessions.erase(found);
}

} // namespace auth
