#include "shared/crypto/key.h"

#include "shared/base/encoding.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/openssl.h"

namespace crypto {

namespace {

constexpr int kLeastRsaBits = 1024;

Result<KeyPointer> parsed(const QByteArray &keyPem)
{
    KeyPointer key = readKey(keyPem);
    if (!key)
        return opensslError(ErrorKind::Syntax, QStringLiteral("not an unencrypted PEM private key"));
    const int kind = EVP_PKEY_get_base_id(key.get());
    if (kind != EVP_PKEY_EC && kind != EVP_PKEY_ED25519 && kind != EVP_PKEY_RSA)
        return failure(ErrorKind::Syntax, QStringLiteral("key of a kind that is not supported"));
    if (kind == EVP_PKEY_RSA && EVP_PKEY_get_bits(key.get()) < kLeastRsaBits)
        return failure(ErrorKind::Syntax, QStringLiteral("RSA key too short"));
    return key;
}

Result<QByteArray> der(const EVP_PKEY *key)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_PUBKEY(key, &bytes);
    if (length <= 0)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot encode a public key"));
    QByteArray result(reinterpret_cast<const char *>(bytes), length);
    OPENSSL_free(bytes);
    return result;
}

QByteArray fingerprint(const QByteArray &spki) { return encoding::toBase64Url(digest(Hash::Sha256, spki)); }

} // namespace

Result<QByteArray> makeKey(KeyKind kind)
{
    KeyPointer key;
    switch (kind) {
    case KeyKind::P256: key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")); break;
    case KeyKind::Ed25519: key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); break;
    case KeyKind::Rsa2048: key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(2048))); break;
    }
    if (!key)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot make a key"));
    return writeKey(key.get());
}

Result<QByteArray> normaliseKey(const QByteArray &keyPem)
{
    return parsed(keyPem).and_then([](const KeyPointer &key) { return writeKey(key.get()); });
}

Result<QByteArray> publicKeyDer(const QByteArray &keyPem)
{
    return parsed(keyPem).and_then([](const KeyPointer &key) { return der(key.get()); });
}

Result<QByteArray> keyFingerprint(const QByteArray &keyPem) { return publicKeyDer(keyPem).transform(&fingerprint); }

Result<QByteArray> certificateFingerprint(const QByteArray &certificatePem)
{
    const CertificatePointer certificate = readCertificate(certificatePem);
    const EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    if (!key)
        return opensslError(ErrorKind::Syntax, QStringLiteral("not a PEM certificate"));
    return der(key).transform(&fingerprint);
}

} // namespace crypto
