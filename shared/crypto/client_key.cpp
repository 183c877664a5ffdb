#include "shared/crypto/client_key.h"

#include "shared/base/encoding.h"
#include "shared/base/refusal.h"
#include "shared/base/unicode.h"
#include "shared/crypto/crypto.h"
#include "shared/crypto/openssl.h"

#include <openssl/core_names.h>

namespace crypto {

namespace {

constexpr qsizetype kLongestName = 100;

std::unexpected<Error> refused(const QString &text) { return refuse("bad-certificate", text); }

Result<QByteArray> typeOfEc(const EVP_PKEY *key)
{
    // RFC 5480 2.1.1: curves are named. Parameters written out could be of a curve with a back door.
    int isExplicit = 0;
    if (EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit) != 1 || isExplicit)
        return refused(QStringLiteral("the curve of this key must be named, not written out"));
    std::array<char, 64> group = {};
    EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr);
    const QByteArrayView name(group.data());
    if (name == "prime256v1" || name == "P-256")
        return QByteArray("ecdsa-p256");
    if (name == "secp384r1" || name == "P-384")
        return QByteArray("ecdsa-p384");
    return refused(QStringLiteral("keys on the curve %1 are not supported").arg(QString::fromLatin1(name)));
}

Result<QByteArray> typeOf(const EVP_PKEY *key)
{
    const int bits = EVP_PKEY_get_bits(key);
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519: return QByteArray("ed25519");
    case EVP_PKEY_EC: return typeOfEc(key);
    case EVP_PKEY_RSA:
        if (bits < kLeastClientRsaBits)
            return refused(
                QStringLiteral("RSA keys need at least %1 bits; this one has %2").arg(kLeastClientRsaBits).arg(bits));
        if (bits > kMostClientRsaBits)
            return refused(
                QStringLiteral("RSA keys may have %1 bits at most; this one has %2").arg(kMostClientRsaBits).arg(bits));
        return "rsa-" + QByteArray::number(bits);
    default: return refused(QStringLiteral("keys of this kind are not supported"));
    }
}

QByteArray fingerprintOf(const X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes); // as it was sent
    const QByteArray spki(reinterpret_cast<const char *>(bytes), std::max(length, 0));
    OPENSSL_free(bytes);
    return encoding::toBase64Url(digest(Hash::Sha256, spki));
}

QByteArray nameOf(X509 *certificate)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = nullptr;
    const int length =
        at < 0 ? -1 : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    const QString name =
        length > 0 ? unicode::printable(QString::fromUtf8(QByteArrayView(text, length)), kLongestName).trimmed()
                   : QString();
    OPENSSL_free(text);
    if (!name.isEmpty())
        return name.toUtf8();
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    const QByteArray octets(reinterpret_cast<const char *>(ASN1_STRING_get0_data(serial)), ASN1_STRING_length(serial));
    return "serial " + encoding::toHex(octets.first(std::min<qsizetype>(octets.size(), 20))); // RFC 5280 4.1.2.2
}

} // namespace

Result<ClientKey> readClientCertificate(QByteArrayView der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.data());
    const auto *end = at + der.size();
    if (der.size() > kLargestClientCertificate)
        return refused(QStringLiteral("the certificate is larger than %1 KiB").arg(kLargestClientCertificate / 1024));
    const CertificatePointer certificate(der.isEmpty() ? nullptr : d2i_X509(nullptr, &at, der.size()));
    const EVP_PKEY *key = certificate && at == end ? X509_get0_pubkey(certificate.get()) : nullptr;
    ERR_clear_error();
    if (!key)
        return refused(QStringLiteral("this is not a certificate with a key that can be read"));
    const auto type = typeOf(key);
    if (!type)
        return std::unexpected(type.error());
    return ClientKey{.fingerprint = fingerprintOf(certificate.get()),
                     .type = *type,
                     .name = nameOf(certificate.get()),
                     .certificateDer = der.toByteArray()};
}

Result<ClientKey> readClientCertificatePem(const QByteArray &pem)
{
    const BioPointer bio = memory(pem);
    QByteArray der;
    int certificates = 0;
    bool secret = false;
    char *label = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long length = 0;
    while (PEM_read_bio(bio.get(), &label, &header, &data, &length) == 1) {
        const QByteArrayView kind(label);
        secret = secret || kind.endsWith("PRIVATE KEY");
        if (kind == "CERTIFICATE" && ++certificates == 1)
            der = QByteArray(reinterpret_cast<const char *>(data), length);
        OPENSSL_cleanse(data, static_cast<size_t>(length));
        OPENSSL_free(label);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }
    ERR_clear_error(); // the end of the text is reported as an error
    if (secret)
        return refused(QStringLiteral("this has a private key in it; give the certificate alone"));
    if (certificates != 1)
        return refused(certificates == 0 ? QStringLiteral("this is not a certificate in PEM")
                                         : QStringLiteral("this is more than one certificate"));
    return readClientCertificate(der);
}

QByteArray certificatePem(QByteArrayView der)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio(bio.get(), "CERTIFICATE", "", reinterpret_cast<const unsigned char *>(der.data()), der.size());
    return content(bio.get());
}

} // namespace crypto
