// X.509 certificates as Postroom makes them itself: a private authority for the playground, and certificates for names and
// addresses. Everything is PEM in and out. Errors carry OpenSSL's reason.
// Any thread.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QByteArray>
#include <QList>

namespace crypto {

struct KeyAndCertificate
{
    QByteArray keyPem;           // PKCS#8, P-256
    QByteArray certificatePem;
};

[[nodiscard]] Result<KeyAndCertificate> makeAuthority(const QByteArray &commonName, Timestamp now, std::chrono::days validity);

// names: DNS names or IP addresses; the first is the common name.
[[nodiscard]] Result<KeyAndCertificate> issueCertificate(const KeyAndCertificate &authority, const QList<QByteArray> &names, Timestamp now,
                                                         std::chrono::days validity);

[[nodiscard]] Result<Timestamp> notAfter(const QByteArray &certificatePem);

} // namespace crypto
