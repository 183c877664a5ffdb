#include "daemon/auth/passwords.h"

#include "daemon/auth/devices.h"
#include "shared/base/random.h"
#include "shared/base/refusal.h"
#include "shared/base/unicode.h"
#include "shared/crypto/password.h"

namespace auth {

namespace {

constexpr qsizetype kSaltBytes = 16;

struct Salts
{
    QByteArray argon2; // empty = there is no password yet
    QByteArray scram;
    int iterations = 4096;
};

struct Derived
{
    QString argon2;
    QByteArray scramSha1; // stored key, then server key
    QByteArray scramSha256;
    QByteArray cramMd5;
};

Result<Salts> saltsOf(db::Database &db, qint64 accountId)
{
    auto row = db.query("select argon2, salt, iterations from auth_secrets where account_id = ?1", accountId);
    if (row.next())
        return Salts{.argon2 = crypto::saltOfHash(row.text(0).toLatin1()),
                     .scram = row.bytes(1),
                     .iterations = static_cast<int>(row.integer(2))};
    if (row.failed())
        return std::unexpected(row.error());
    return Salts{.argon2 = {}, .scram = randomBytes(kSaltBytes)};
}

Derived derive(const QByteArray &prepared, const Salts &salts, bool cramMd5)
{
    const auto sha1 = sasl::deriveSecrets(crypto::Hash::Sha1, prepared, salts.scram, salts.iterations);
    const auto sha256 = sasl::deriveSecrets(crypto::Hash::Sha256, prepared, salts.scram, salts.iterations);
    return {.argon2 = QString::fromLatin1(crypto::hashPasswordWith(prepared, salts.argon2)),
            .scramSha1 = sha1.storedKey + sha1.serverKey,
            .scramSha256 = sha256.storedKey + sha256.serverKey,
            .cramMd5 = cramMd5 ? sasl::deriveCramMd5(prepared).storedKey : QByteArray()};
}

sasl::Secrets readSecrets(const db::Query &row, sasl::SecretKind kind)
{
    const QByteArray keys = row.bytes(1);
    if (kind == sasl::SecretKind::CramMd5)
        return {.salt = {}, .iterations = 0, .storedKey = keys, .serverKey = {}};
    return {.salt = row.bytes(2),
            .iterations = static_cast<int>(row.integer(3)),
            .storedKey = keys.first(keys.size() / 2),
            .serverKey = keys.last(keys.size() / 2)};
}

db::Query secretRows(db::Database &db, qint64 accountId, sasl::SecretKind kind)
{
    switch (kind) {
    case sasl::SecretKind::ScramSha1:
        return db.query("select 0, scram_sha1, salt, iterations from auth_secrets where account_id = ?1 union all "
                        "select app_password_id, p.scram_sha1, salt, iterations from app_passwords p join auth_secrets "
                        "using(account_id) where account_id = ?2",
                        accountId, accountId);
    case sasl::SecretKind::ScramSha256:
        return db.query("select 0, scram_sha256, salt, iterations from auth_secrets where account_id = ?1 union all "
                        "select app_password_id, p.scram_sha256, salt, iterations from app_passwords p join "
                        "auth_secrets using(account_id) where account_id = ?2",
                        accountId, accountId);
    case sasl::SecretKind::CramMd5: break;
    }
    return db.query("select 0, cram_md5 from auth_secrets where account_id = ?1 union all select app_password_id, "
                    "cram_md5 from app_passwords where account_id = ?2",
                    accountId, accountId);
}

} // namespace

Result<void> setPassword(db::Database &db, qint64 accountId, const QByteArray &password, bool cramMd5)
{
    const auto prepared = unicode::opaqueString(password);
    if (!prepared)
        return std::unexpected(prepared.error());
    if (prepared->size() < kLeastPasswordLength)
        return refuse("weak-password",
                      QStringLiteral("a password needs at least %1 characters").arg(kLeastPasswordLength));
    const auto salts = saltsOf(db, accountId); // those of its app passwords stay as they are
    if (!salts)
        return std::unexpected(salts.error());
    const Derived derived = derive(*prepared, *salts, cramMd5);
    return db
        .run("insert into auth_secrets(account_id, argon2, scram_sha1, scram_sha256, cram_md5, salt, iterations) "
             "values(?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict(account_id) do update set argon2 = excluded.argon2, "
             "scram_sha1 = excluded.scram_sha1, scram_sha256 = excluded.scram_sha256, cram_md5 = excluded.cram_md5",
             accountId, derived.argon2, derived.scramSha1, derived.scramSha256, derived.cramMd5, salts->scram,
             salts->iterations)
        .transform([](qint64) {});
}

Result<qint64> addAppPassword(db::Database &db, const NewAppPassword &wanted, Timestamp now)
{
    const auto prepared = unicode::opaqueString(wanted.password);
    if (!prepared)
        return std::unexpected(prepared.error());
    const auto count = db.number("select count(*) from app_passwords where account_id = ?1", wanted.accountId);
    if (!count)
        return std::unexpected(count.error());
    if (**count + 1 >= kMostAppPasswords) // and its own
        return refuse("too-many-app-passwords",
                      QStringLiteral("an account may have %1 app passwords").arg(kMostAppPasswords - 1));
    const auto salts = saltsOf(db, wanted.accountId);
    if (!salts)
        return std::unexpected(salts.error());
    if (salts->argon2.isEmpty())
        return refuse("no-password", QStringLiteral("the account has no password of its own yet"));
    const Derived derived = derive(*prepared, *salts, wanted.cramMd5);
    return db
        .run("insert into app_passwords(account_id, name, argon2, scram_sha1, scram_sha256, cram_md5, created_at) "
             "values(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             wanted.accountId, wanted.name, derived.argon2, derived.scramSha1, derived.scramSha256, derived.cramMd5,
             now)
        .transform([&db](qint64) { return db.lastInsertId(); });
}

Result<QList<Kept<QByteArray>>> argon2Hashes(db::Database &db, qint64 accountId)
{
    QList<Kept<QByteArray>> list;
    auto rows = db.query("select 0, argon2 from auth_secrets where account_id = ?1 union all select app_password_id, "
                         "argon2 from app_passwords where account_id = ?2",
                         accountId, accountId);
    while (rows.next())
        list.append({.appPassword = rows.integer(0), .value = rows.text(1).toLatin1()});
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<QList<Kept<sasl::Secrets>>> secretsOf(db::Database &db, qint64 accountId, sasl::SecretKind kind)
{
    QList<Kept<sasl::Secrets>> list;
    auto rows = secretRows(db, accountId, kind);
    while (rows.next()) {
        if (!rows.bytes(1).isEmpty())
            list.append({.appPassword = rows.integer(0), .value = readSecrets(rows, kind)});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

} // namespace auth
