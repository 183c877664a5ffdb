#include "daemon/auth/sign_in_log.h"

#include "shared/base/metrics.h"

namespace auth {

namespace {

using api::SignInResult;

const CounterFamily kSignIns{"postroom_sign_ins_total", "Sign-ins and attempts.", {"service", "mechanism", "result"}};
const Counter kUnrecorded("postroom_sign_ins_unrecorded_total", "Attempts too many to be listed.");

QByteArray keyOf(const Attempt &attempt)
{
    const QList<QByteArray> parts{attempt.login.toUtf8(), attempt.device,         attempt.service,
                                  attempt.mechanism,      attempt.from.toBytes(), attempt.client.toUtf8(),
                                  nameOf(attempt.result)};
    return parts.join('\0');
}

SignInResult resultNamed(const QString &name)
{
    for (const auto &entry : enumNames(SignInResult{})) {
        if (name == QLatin1StringView(entry.name))
            return entry.value;
    }
    return SignInResult::BadCredentials;
}

Result<void> noteUse(db::Database &db, const Attempt &attempt, Timestamp at)
{
    const QString from = attempt.from.toString();
    if (const qint64 app = appPasswordOf(attempt.device); app != 0)
        return db
            .run("update app_passwords set last_used_at = ?1, last_used_from = ?2, last_used_by = iif(?3 = '', "
                 "last_used_by, ?4) where app_password_id = ?5",
                 at, from, attempt.client, attempt.client, app)
            .transform([](qint64) {});
    return db
        .run("update tls_public_keys set last_used_at = ?1, last_used_from = ?2, last_used_by = iif(?3 = '', "
             "last_used_by, ?4) where fingerprint = ?5",
             at, from, attempt.client, attempt.client, QString::fromLatin1(attempt.device))
        .transform([](qint64) {});
}

Result<void> writeClient(db::Database &db, const QByteArray &device, const QString &client)
{
    if (const qint64 app = appPasswordOf(device); app != 0)
        return db.run("update app_passwords set last_used_by = ?1 where app_password_id = ?2", client, app)
            .transform([](qint64) {});
    return db
        .run("update tls_public_keys set last_used_by = ?1 where fingerprint = ?2", client, QString::fromLatin1(device))
        .transform([](qint64) {});
}

} // namespace

void SignInLog::note(Attempt attempt, Timestamp now)
{
    kSignIns.add({attempt.service, attempt.mechanism, nameOf(attempt.result)});
    attempt.login.truncate(kLongestLogin);
    const QByteArray key = keyOf(attempt);
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_waiting.isEmpty();
        if (m_waiting.attempts.size() >= kMostWaiting && !m_waiting.attempts.contains(key)) {
            kUnrecorded.add();
            return;
        }
        Count &entry = m_waiting.attempts[key];
        if (entry.count++ == 0) {
            entry.first = now;
            entry.attempt = std::move(attempt);
        }
        entry.last = now;
    }
    tell(wasEmpty);
}

void SignInLog::noteClient(const QByteArray &device, const QString &client)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_waiting.isEmpty();
        m_waiting.clients.insert(device, client);
    }
    tell(wasEmpty);
}

void SignInLog::noteSeen(const SeenKey &key)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_waiting.isEmpty();
        if (m_waiting.seen.size() < kMostWaiting)
            m_waiting.seen.insert_or_assign({key.fingerprint, key.accountId}, key);
    }
    tell(wasEmpty);
}

void SignInLog::tell(bool wasEmpty) const
{
    if (wasEmpty && onNews)
        onNews();
}

Result<void> SignInLog::write(db::Database &db)
{
    Waiting waiting;
    {
        const std::lock_guard lock(m_mutex);
        waiting = std::exchange(m_waiting, {});
    }
    for (const auto &[key, each] : waiting.attempts) {
        if (auto done = write(db, each); !done)
            return done;
    }
    for (auto each = waiting.clients.cbegin(); each != waiting.clients.cend(); ++each) {
        if (auto done = writeClient(db, each.key(), each.value()); !done)
            return done;
    }
    for (const auto &[key, each] : waiting.seen) {
        if (auto done = noteSeenKey(db, each); !done)
            return done;
    }
    return {};
}

Result<void> SignInLog::write(db::Database &db, const Count &each)
{
    const Attempt &attempt = each.attempt;
    const auto added = db.run(
        "insert into sign_ins(account_id, login, device, service, mechanism, from_address, client, result, count, "
        "first_at, last_at) values((select account_id from accounts where account_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, "
        "?8, ?9, ?10, ?11) on conflict(login, device, service, mechanism, from_address, client, result) do update set "
        "account_id = excluded.account_id, count = count + excluded.count, last_at = excluded.last_at",
        attempt.account, attempt.login, QString::fromLatin1(attempt.device), QString::fromLatin1(attempt.service),
        QString::fromLatin1(attempt.mechanism), attempt.from.toString(), attempt.client,
        QString::fromLatin1(nameOf(attempt.result)), each.count, each.first, each.last);
    if (!added)
        return std::unexpected(added.error());
    if (attempt.device.isEmpty())
        return {};
    if (attempt.result == SignInResult::Ok)
        return noteUse(db, attempt, each.last);
    if (attempt.result != SignInResult::InPreauth)
        return {};
    return db
        .run("update tls_public_keys set preauth_sign_ins = preauth_sign_ins + ?1 where fingerprint = ?2", each.count,
             QString::fromLatin1(attempt.device))
        .transform([](qint64) {});
}

Result<QList<api::SignIn>> listSignIns(db::Database &db, qint64 accountId, std::optional<SignInResult> result,
                                       qint64 most)
{
    QList<api::SignIn> list;
    const QString wanted = result ? QString::fromLatin1(nameOf(*result)) : QString();
    auto rows = db.query("select login, coalesce(localpart || '@' || domain, ''), result, service, mechanism, "
                         "from_address, client, device, count, first_at, last_at from sign_ins left join accounts "
                         "using(account_id) where ?1 in (0, account_id) and ?2 in ('', result) order by last_at desc "
                         "limit ?3",
                         accountId, wanted, most);
    while (rows.next())
        list.append({.lastAt = rows.time(10),
                     .firstAt = rows.time(9),
                     .count = rows.integer(8),
                     .login = rows.text(0),
                     .account = rows.text(1),
                     .result = resultNamed(rows.text(2)),
                     .service = rows.text(3),
                     .mechanism = rows.text(4),
                     .from = rows.text(5),
                     .client = rows.text(6),
                     .device = rows.text(7)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<void> sweepSignIns(db::Database &db, Timestamp now)
{
    const auto old = db.run("delete from sign_ins where last_at < ?1", now - kKeepSignIns);
    if (!old)
        return std::unexpected(old.error());
    const auto beyond = db.run("delete from sign_ins where sign_in_id in (select sign_in_id from sign_ins order by "
                               "last_at desc limit -1 offset ?1)",
                               kMostSignIns);
    if (!beyond)
        return std::unexpected(beyond.error());
    return db.run("delete from seen_keys where last_seen_at < ?1", now - kKeepSeenKeys).transform([](qint64) {});
}

} // namespace auth
