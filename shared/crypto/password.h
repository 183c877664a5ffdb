// Hashes of passwords that share a salt, so that one computation tells which of many a password is. The form is that of
// hashPassword (crypto.h). Any thread; about 20 ms.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

[[nodiscard]] QByteArray hashPasswordWith(QByteArrayView password, QByteArrayView salt); // empty salt: a random one
[[nodiscard]] QByteArray saltOfHash(QByteArrayView encoded);                             // empty = not such a hash

} // namespace crypto
