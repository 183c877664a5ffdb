// A key and its certificates in one password-protected file, as phones and mail clients import them (PKCS#12, RFC
// 7292). Any thread; making one takes some 10 ms of key derivation: a worker of the Hash pool.
#pragma once

#include "shared/base/result.h"
#include "shared/crypto/certificate.h"

namespace crypto {

enum class Pkcs12Form
{
    Modern,     // AES-256, PBKDF2 with HMAC-SHA-256: Thunderbird, Firefox, Android from 2022, Windows from 2019
    Compatible, // triple DES and SHA-1: iOS and macOS before 2023, old Android. The password protects less: tell the
                // user
};

// certificatePem: chain, leaf first. friendlyName: what the device shows. An empty password is refused.
[[nodiscard]] Result<QByteArray> makePkcs12(const KeyAndCertificate &identity, const QByteArray &friendlyName,
                                            const QByteArray &password, Pkcs12Form form);

// Refuses a wrong password and damaged files.
[[nodiscard]] Result<KeyAndCertificate> readPkcs12(const QByteArray &der, const QByteArray &password);

// Whether it is such a file, whole, with no key in it that everybody could read. Needs no password.
[[nodiscard]] bool isEncryptedPkcs12(const QByteArray &der);

} // namespace crypto
