// What is kept of an account's passwords, its own and those of single devices. All of them share a salt for Argon2 and
// one for SCRAM, so that one computation tells which of them was given, and a SCRAM client can be told the salt before
// anybody knows. setPassword and addAppPassword run in a change and compute for some 40 ms; reading is for workers.
#pragma once

#include "daemon/db/database.h"
#include "shared/sasl/server.h"

namespace auth {

inline constexpr qsizetype kLeastPasswordLength = 8; // bytes

// cramMd5: also keep what CRAM-MD5 needs, which is easier to attack when it is stolen.
Result<void> setPassword(db::Database &db, qint64 accountId, const QByteArray &password, bool cramMd5 = false);

struct NewAppPassword
{
    qint64 accountId = 0;
    QString name;
    QByteArray password;
    bool cramMd5 = false;
};
// Its number. The account has a password of its own already.
Result<qint64> addAppPassword(db::Database &db, const NewAppPassword &wanted, Timestamp now);

// One password of an account as it is kept; 0 = its own.
template<class T>
struct Kept
{
    qint64 appPassword = 0;
    T value;
};
[[nodiscard]] Result<QList<Kept<QByteArray>>> argon2Hashes(db::Database &db, qint64 accountId);
// Only passwords that have a secret of this kind.
[[nodiscard]] Result<QList<Kept<sasl::Secrets>>> secretsOf(db::Database &db, qint64 accountId, sasl::SecretKind kind);

} // namespace auth
