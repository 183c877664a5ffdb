#include "daemon/auth/authenticator.h"

#include "shared/base/bytes.h"
#include "shared/base/random.h"
#include "shared/base/unicode.h"
#include "shared/crypto/password.h"

namespace auth {

QByteArray Authenticator::randomKey() { return randomBytes(32); }

Result<void> Authenticator::load(db::Database &db)
{
    auto row = db.query("select secret from server_secrets where name = 'unknown-names'");
    if (row.next())
        m_unknownNames = row.bytes(0);
    if (row.failed())
        return std::unexpected(row.error());
    return devices.reload(db);
}

QByteArray Authenticator::comparable(const QByteArray &name)
{
    return name.isValidUtf8() ? bytes::toLower(unicode::nfc(QByteArrayView(name))) : QByteArray();
}

std::optional<qint64> Authenticator::account(const QByteArray &name) const
{
    const QByteArray wanted = comparable(name);
    return wanted.isEmpty() ? std::nullopt : m_lookup(wanted);
}

std::optional<Authenticator::Proved> Authenticator::check(const QByteArray &name, const QByteArray &password)
{
    const auto prepared = unicode::opaqueString(password);
    const auto found = account(name);
    const auto db = db::reader(m_file);
    if (!prepared || !db)
        return {};
    const QByteArray remembered = crypto::hmac(crypto::Hash::Sha256, m_memoryKey, *prepared);
    quint64 changes = 0;
    if (found) {
        const std::lock_guard lock(m_mutex);
        const Remembered &known = m_remembered[*found];
        changes = known.changes;
        if (const auto hit = known.passwords.constFind(remembered); hit != known.passwords.constEnd())
            return Proved{.account = *found, .appPassword = *hit};
    }
    const auto kept = argon2Hashes(**db, found.value_or(0));
    const QByteArray salt =
        kept && !kept->isEmpty() ? crypto::saltOfHash(kept->first().value) : QByteArray(); // else a random one
    const QByteArray hash = crypto::hashPasswordWith(*prepared, salt); // an unknown name takes as long
    if (!found || salt.isEmpty())
        return {};
    std::optional<Proved> proved;
    for (const Kept<QByteArray> &each : *kept) {
        if (bytes::equalConstantTime(hash, each.value))
            proved = Proved{.account = *found, .appPassword = each.appPassword};
    }
    if (proved) {
        const std::lock_guard lock(m_mutex);
        Remembered &known = m_remembered[*found];
        if (known.changes == changes)
            known.passwords.insert(remembered, proved->appPassword);
    }
    return proved;
}

Authenticator::Secrets Authenticator::secrets(const QByteArray &name, sasl::SecretKind kind) const
{
    Secrets result{.account = account(name)};
    const auto db = db::reader(m_file);
    if (const auto kept = db ? secretsOf(**db, result.account.value_or(0), kind) : std::unexpected(db.error()); kept) {
        for (const Kept<sasl::Secrets> &each : *kept) {
            result.secrets.append(each.value);
            result.appPasswords.append(each.appPassword);
        }
    }
    result.missing = result.account.has_value() && result.secrets.isEmpty();
    if (result.secrets.isEmpty()) {
        // The same salt for a name tomorrow and after a restart, as an account has.
        const QByteArray salt = crypto::hmac(crypto::Hash::Sha256, m_unknownNames, comparable(name)).first(16);
        const bool cramMd5 = kind == sasl::SecretKind::CramMd5;
        result.secrets.append({.salt = salt, .storedKey = cramMd5 ? randomKey() : QByteArray(), .serverKey = {}});
        result.appPasswords.append(0);
    }
    return result;
}

void Authenticator::forget(qint64 accountId)
{
    const std::lock_guard lock(m_mutex);
    Remembered &known = m_remembered[accountId];
    known.passwords.clear();
    ++known.changes;
}

} // namespace auth
