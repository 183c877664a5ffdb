// The public key of a client's certificate, which is how a device is known (SASL EXTERNAL, RFC 4422 A). The certificate
// around it says nothing: neither its dates nor its names nor who signed it are looked at. Ed25519, ECDSA on P-256 and
// P-384, and RSA from 2,048 bits; other keys are refused with the reason. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace crypto {

inline constexpr int kLeastClientRsaBits = 2048;
inline constexpr int kMostClientRsaBits = 8192; // checking a signature of more takes too long
inline constexpr qsizetype kLargestClientCertificate = 16 * 1024;

struct ClientKey
{
    QByteArray fingerprint; // as tls::Info has it: base64url SHA-256 of SubjectPublicKeyInfo
    QByteArray type;        // "ed25519", "ecdsa-p256", "ecdsa-p384", "rsa-2048"
    QByteArray name;        // the subject's common name, else "serial " and the serial number; UTF-8
    QByteArray certificateDer;
};

[[nodiscard]] Result<ClientKey> readClientCertificate(QByteArrayView der);
// A text with exactly one certificate, and no private key.
[[nodiscard]] Result<ClientKey> readClientCertificatePem(const QByteArray &pem);
[[nodiscard]] QByteArray certificatePem(QByteArrayView der);

} // namespace crypto
