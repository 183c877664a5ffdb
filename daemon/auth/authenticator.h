// Who may sign in, for the whole server: the accounts' passwords and those of their devices, keys, limits, and the log
// of sign-ins. A verified password is remembered as a keyed hash in memory, so that the next sign-in costs no Argon2;
// it is forgotten as soon as a password of the account changes. check and secrets run on workers (they read the
// database and compute); everything else on any thread. The mutex guards what is remembered. See sign_in.h for a
// connection's part.
#pragma once

#include "daemon/auth/devices.h"
#include "daemon/auth/limits.h"
#include "daemon/auth/passwords.h"
#include "daemon/auth/sign_in_log.h"
#include "shared/base/time.h"

#include <mutex>

namespace auth {

extern const char *const kSchema0001;
extern const char *const kSchema0002;

class Authenticator
{
public:
    // login name -> active account
    using Lookup = std::function<std::optional<qint64>(const QByteArray &name)>;
    Authenticator(QString file, const Clock &usedClock, Lookup lookup)
        : clock(usedClock)
        , m_file(std::move(file))
        , m_lookup(std::move(lookup))
    {}
    Result<void> load(db::Database &db); // keys and this server's own secret; before the first connection

    struct Proved
    {
        qint64 account = 0;
        qint64 appPassword = 0; // 0 = its own
    };
    [[nodiscard]] std::optional<Proved> check(const QByteArray &name, const QByteArray &password);

    struct Secrets
    {
        std::optional<qint64> account;
        QList<sasl::Secrets> secrets; // never empty: nobody's look like anybody's
        QList<qint64> appPasswords;   // whose they are, in the same order
        bool missing = false;         // the account exists and has none of this kind
    };
    [[nodiscard]] Secrets secrets(const QByteArray &name, sasl::SecretKind kind) const;

    [[nodiscard]] std::optional<qint64> account(const QByteArray &name) const;
    [[nodiscard]] static QByteArray comparable(const QByteArray &name); // NFC, ASCII in lower case
    void forget(qint64 accountId);                                      // a password was changed or revoked

    const Clock &clock;
    DeviceDirectory devices;
    SignInLog log;
    Limits limits;

private:
    struct Remembered
    {
        QHash<QByteArray, qint64> passwords; // keyed hash -> app password, 0 = its own
        quint64 changes = 0;                 // counts forget(): what was read before it must not be remembered
    };

    const QString m_file;
    const Lookup m_lookup;
    const QByteArray m_memoryKey = randomKey();
    QByteArray m_unknownNames = randomKey(); // secret; salts of names that are nobody's are made of it
    static QByteArray randomKey();
    mutable std::mutex m_mutex;
    QHash<qint64, Remembered> m_remembered;
};

} // namespace auth
