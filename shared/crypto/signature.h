// Signatures over bytes with keys of key.h, as DKIM needs them: RSA with SHA-256 (PKCS#1 v1.5, RFC 8017 8.2) and
// Ed25519 (RFC 8032 5.1). Any thread; a signature with RSA takes about 1 ms.
#pragma once

#include "shared/crypto/key.h"

#include <QByteArrayView>

namespace crypto {

[[nodiscard]] Result<KeyKind> kindOfKey(const QByteArray &keyPem); // RSA keys of any size are Rsa2048

// RSA: of the SHA-256 of `data`; Ed25519: of `data` itself.
[[nodiscard]] Result<QByteArray> sign(const QByteArray &keyPem, QByteArrayView data);

// `publicKey`: SubjectPublicKeyInfo or RSAPublicKey in DER; keys under 1,024 bits verify nothing (RFC 8301 3.2).
[[nodiscard]] bool verifyRsaSha256(QByteArrayView publicKey, QByteArrayView data, QByteArrayView signature);
[[nodiscard]] bool verifyEd25519(QByteArrayView publicKey, QByteArrayView data, QByteArrayView signature); // 32 bytes

[[nodiscard]] Result<QByteArray> rawEd25519PublicKey(const QByteArray &keyPem); // 32 bytes

} // namespace crypto
