// Digests, HMAC, key derivation, and comparing secrets: OpenSSL's, as functions over bytes.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

enum class Hash
{
    Sha1, // SCRAM-SHA-1 only
    Sha256,
};

[[nodiscard]] QByteArray digest(Hash hash, QByteArrayView data);
[[nodiscard]] QByteArray hmac(Hash hash, QByteArrayView key, QByteArrayView data);
[[nodiscard]] QByteArray pbkdf2(Hash hash, QByteArrayView password, QByteArrayView salt,
                                int iterations); // one digest long

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" (RFC 9106; memory and passes as OWASP's minimum). About 20 ms.
[[nodiscard]] QByteArray hashPassword(QByteArrayView password);
[[nodiscard]] bool verifyPassword(QByteArrayView password, QByteArrayView encoded);

} // namespace crypto
