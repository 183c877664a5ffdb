// Verifies sign-ins against the stored secrets. A verified password is remembered as a keyed hash in memory, so that
// the next sign-in costs no Argon2. Failures per address are limited: 10 a minute (loopback exempt in local mode).
// setPassword runs in a change; check and secrets on workers (they read the database); any thread.
#pragma once

#include "daemon/db/database.h"
#include "shared/base/ip.h"
#include "shared/base/rate_limit.h"
#include "shared/sasl/server.h"

#include <QHash>

#include <mutex>

namespace auth {

extern const char *const kSchema0001;

Result<void> setPassword(db::Database &db, qint64 accountId, const QByteArray &password);

class Authenticator
{
public:
    // login name -> active account
    using Lookup = std::function<std::optional<qint64>(const QByteArray &name)>;
    Authenticator(QString file, Lookup lookup)
        : m_file(std::move(file))
        , m_lookup(std::move(lookup))
    {}
    [[nodiscard]] std::optional<qint64> check(const QByteArray &name, const QByteArray &password);
    [[nodiscard]] std::optional<sasl::Secrets> secrets(const QByteArray &name, crypto::Hash hash) const;
    [[nodiscard]] std::optional<qint64> account(const QByteArray &name) const { return m_lookup(name); }

    // False: too many failures from there; refuse without looking.
    [[nodiscard]] bool mayTry(const IpAddress &address) const;
    void failed(const IpAddress &address);
    void forget(qint64 accountId); // a password was changed

    bool exemptLoopback = false;
    const QByteArray dummyKey = randomKey();

private:
    static QByteArray randomKey();

    const QString m_file;
    const Lookup m_lookup;
    const QByteArray m_memoryKey = randomKey();
    mutable std::mutex m_mutex; // guards the two below
    QHash<qint64, QByteArray> m_verified;
    RateLimit m_failures{10, std::chrono::minutes(1)};
};

} // namespace auth
