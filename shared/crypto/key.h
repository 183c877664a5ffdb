// Private keys as PEM (PKCS#8): made here, kept by settings, used by tls::Context and certificates. The fingerprint of
// a public key is how a client key is known: base64url SHA-256 of SubjectPublicKeyInfo (RFC 5280 4.1.2.7), as tls::Info
// has it. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>

namespace crypto {

enum class KeyKind
{
    P256,    // TLS
    Ed25519, // DKIM (RFC 8463)
    Rsa2048, // DKIM, and TLS for old peers; takes about 100 ms
};

[[nodiscard]] Result<QByteArray> makeKey(KeyKind kind);

// PKCS#1, SEC 1 or PKCS#8 PEM in, PKCS#8 out; Ed25519, RSA from 1,024 bits and EC only. Encrypted keys are refused.
[[nodiscard]] Result<QByteArray> normaliseKey(const QByteArray &keyPem);

[[nodiscard]] Result<QByteArray> publicKeyDer(const QByteArray &keyPem); // SubjectPublicKeyInfo
[[nodiscard]] Result<QByteArray> keyFingerprint(const QByteArray &keyPem);
[[nodiscard]] Result<QByteArray> certificateFingerprint(const QByteArray &certificatePem); // of its key

} // namespace crypto
