#include "shared/crypto/device_identity.h"

#include "shared/base/random.h"
#include "shared/crypto/openssl.h"

namespace crypto {

Result<QByteArray> ed25519KeyFromSeed(QByteArrayView seed)
{
    if (seed.size() != kEd25519SeedBytes)
        return failure(ErrorKind::User, QStringLiteral("an Ed25519 key has %1 bytes").arg(kEd25519SeedBytes));
    const KeyPointer key(EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char *>(seed.data()), kEd25519SeedBytes));
    return key ? writeKey(key.get()) : opensslError(ErrorKind::Server, QStringLiteral("cannot make a key"));
}

Result<QByteArray> ed25519Seed(const QByteArray &keyPem)
{
    const KeyPointer key = readKey(keyPem);
    QByteArray seed(kEd25519SeedBytes, '\0');
    size_t length = kEd25519SeedBytes;
    if (!key || EVP_PKEY_get_raw_private_key(key.get(), reinterpret_cast<unsigned char *>(seed.data()), &length) != 1)
        return opensslError(ErrorKind::User, QStringLiteral("not an Ed25519 key"));
    return seed;
}

Result<KeyAndCertificate> certifyKey(const QByteArray &keyPem, const QByteArray &name, Timestamp now,
                                     std::chrono::days validity)
{
    const KeyPointer key = readKey(keyPem);
    const CertificatePointer certificate(X509_new());
    if (!key || !certificate)
        return opensslError(ErrorKind::User, QStringLiteral("not an unencrypted PEM private key"));
    X509_set_version(certificate.get(), X509_VERSION_3);
    const QByteArray serial = randomBytes(15);
    BIGNUM *number = BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.constData()),
                               static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    const auto start = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() - 3600;
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), start + std::chrono::seconds(validity).count());
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(name.constData()),
                               static_cast<int>(name.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    const EVP_MD *method = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256(); // RFC 8410
    const BioPointer bio(BIO_new(BIO_s_mem()));
    if (X509_sign(certificate.get(), key.get(), method) == 0 || PEM_write_bio_X509(bio.get(), certificate.get()) != 1)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot sign a certificate"));
    return KeyAndCertificate{.keyPem = keyPem, .certificatePem = content(bio.get())};
}

} // namespace crypto
