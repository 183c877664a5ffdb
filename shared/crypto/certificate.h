// X.509 certificates as Postroom makes them itself: a private authority for the playground, and certificates for names
// and addresses. Everything is PEM in and out. Errors carry OpenSSL's reason. Any thread.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QByteArray>
#include <QList>

namespace crypto {

struct KeyAndCertificate
{
    QByteArray keyPem; // PKCS#8, P-256
    QByteArray certificatePem;
};

[[nodiscard]] Result<KeyAndCertificate> makeAuthority(const QByteArray &commonName, Timestamp now,
                                                      std::chrono::days validity);

// names: DNS names (a first label of "*" allowed) or IP addresses; the first is the common name.
[[nodiscard]] Result<KeyAndCertificate> issueCertificate(const KeyAndCertificate &authority,
                                                         const QList<QByteArray> &names, Timestamp now,
                                                         std::chrono::days validity);

// Self-signed, for signing in with the key instead of a password (SASL EXTERNAL): only the key counts, see tls::Info.
[[nodiscard]] Result<KeyAndCertificate> makeDeviceCertificate(const QByteArray &deviceName, Timestamp now,
                                                              std::chrono::days validity);

// Of the first certificate of the text.
[[nodiscard]] Result<Timestamp> notAfter(const QByteArray &certificatePem);
[[nodiscard]] Result<QList<QByteArray>>
names(const QByteArray &certificatePem); // DNS in lower case, then IP addresses; may be empty

} // namespace crypto
