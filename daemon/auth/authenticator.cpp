#include "daemon/auth/authenticator.h"

#include "shared/base/bytes.h"
#include "shared/base/metrics.h"
#include "shared/base/random.h"
#include "shared/base/unicode.h"

namespace auth {

namespace {

const CounterFamily kSignIns{"postroom_sign_ins_total", "Password checks by result.", {"result"}};

QByteArray source(const IpAddress &address) { return (address.isV4() ? address : address.prefix(64)).toBytes(); }

} // namespace

QByteArray Authenticator::randomKey() { return randomBytes(32); }

Result<void> setPassword(db::Database &db, qint64 accountId, const QByteArray &password)
{
    const auto prepared = unicode::opaqueString(password);
    if (!prepared)
        return std::unexpected(prepared.error());
    if (prepared->size() < 8)
        return failure(Error{.kind = ErrorKind::User,
                             .text = QStringLiteral("a password needs at least 8 characters"),
                             .publicText = QStringLiteral("a password needs at least 8 characters"),
                             .code = QStringLiteral("weak-password")});
    const QByteArray salt = randomBytes(16);
    const auto sha1 = sasl::deriveSecrets(crypto::Hash::Sha1, *prepared, salt);
    const auto sha256 = sasl::deriveSecrets(crypto::Hash::Sha256, *prepared, salt);
    return db
        .run("insert into auth_secrets(account_id, argon2, scram_sha1, scram_sha256, salt, iterations) values(?1, ?2, "
             "?3, ?4, ?5, ?6) "
             "on conflict(account_id) do update set argon2 = excluded.argon2, scram_sha1 = excluded.scram_sha1, "
             "scram_sha256 = excluded.scram_sha256, salt = excluded.salt, iterations = excluded.iterations",
             accountId, QString::fromLatin1(crypto::hashPassword(*prepared)), sha1.storedKey + sha1.serverKey,
             sha256.storedKey + sha256.serverKey, salt, sha1.iterations)
        .transform([](qint64) {});
}

std::optional<qint64> Authenticator::check(const QByteArray &name, const QByteArray &password)
{
    const auto prepared = unicode::opaqueString(password);
    const auto account = m_lookup(unicode::nfc(QByteArrayView(name)));
    const auto db = db::reader(m_file);
    if (!prepared || !db) {
        kSignIns.add({"bad"});
        return {};
    }
    const QByteArray remembered = crypto::hmac(crypto::Hash::Sha256, m_memoryKey, *prepared);
    if (account) {
        const std::lock_guard lock(m_mutex);
        if (bytes::equalConstantTime(m_verified.value(*account), remembered)) {
            kSignIns.add({"ok"});
            return account;
        }
    }
    QByteArray encoded;
    {
        auto row = (*db)->query("select argon2 from auth_secrets where account_id = ?1", account.value_or(0));
        if (row.next())
            encoded = row.text(0).toLatin1();
    }
    if (encoded.isEmpty()) {
        std::ignore = crypto::hashPassword(*prepared); // an unknown name takes as long
        kSignIns.add({"bad"});
        return {};
    }
    if (!crypto::verifyPassword(*prepared, encoded)) {
        kSignIns.add({"bad"});
        return {};
    }
    const std::lock_guard lock(m_mutex);
    m_verified.insert(*account, remembered);
    kSignIns.add({"ok"});
    return account;
}

std::optional<sasl::Secrets> Authenticator::secrets(const QByteArray &name, crypto::Hash hash) const
{
    const auto account = m_lookup(unicode::nfc(QByteArrayView(name)));
    const auto db = db::reader(m_file);
    if (!account || !db)
        return {};
    auto row = (*db)->query("select scram_sha1, scram_sha256, salt, iterations from auth_secrets where account_id = ?1",
                            *account);
    if (!row.next())
        return {};
    const QByteArray keys = row.bytes(hash == crypto::Hash::Sha1 ? 0 : 1);
    return sasl::Secrets{.salt = row.bytes(2),
                         .iterations = static_cast<int>(row.integer(3)),
                         .storedKey = keys.first(keys.size() / 2),
                         .serverKey = keys.last(keys.size() / 2)};
}

bool Authenticator::mayTry(const IpAddress &address) const
{
    if (exemptLoopback && address.isLoopback())
        return true;
    const std::lock_guard lock(m_mutex);
    return m_failures.current(source(address), std::chrono::steady_clock::now()) < 10;
}

void Authenticator::failed(const IpAddress &address)
{
    const std::lock_guard lock(m_mutex);
    m_failures.add(source(address), std::chrono::steady_clock::now());
}

void Authenticator::forget(qint64 accountId)
{
    const std::lock_guard lock(m_mutex);
    m_verified.remove(accountId);
}

} // namespace auth
