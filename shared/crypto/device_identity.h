// A key with the smallest certificate that carries it through a TLS handshake: self-signed, a name, nothing else. For
// devices that sign in with their key; see client_key.h for the other side. Any thread.
#pragma once

#include "shared/crypto/certificate.h"

#include <QByteArrayView>

namespace crypto {

inline constexpr qsizetype kEd25519SeedBytes = 32; // RFC 8032 5.1.5

[[nodiscard]] Result<QByteArray> ed25519KeyFromSeed(QByteArrayView seed); // PKCS#8 PEM
[[nodiscard]] Result<QByteArray> ed25519Seed(const QByteArray &keyPem);   // secret
[[nodiscard]] Result<KeyAndCertificate> certifyKey(const QByteArray &keyPem, const QByteArray &name, Timestamp now,
                                                   std::chrono::days validity);

} // namespace crypto
