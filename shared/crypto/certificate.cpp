#include "shared/crypto/certificate.h"

#include "shared/base/ip.h"
#include "shared/base/random.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace crypto {

namespace {

using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertificatePointer = std::unique_ptr<X509, decltype(&X509_free)>;
using BioPointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::unexpected<Error> opensslError(const QString &what, std::source_location where = std::source_location::current())
{
    std::array<char, 256> text = {};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return failure(ErrorKind::Server, what + QStringLiteral(": ") + QString::fromLatin1(text.data()), where);
}

QByteArray content(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

BioPointer memory(const QByteArray &pem) { return {BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), &BIO_free}; }

CertificatePointer readCertificate(const QByteArray &pem)
{
    return {PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr), &X509_free};
}

bool addExtension(X509 *certificate, X509 *issuer, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

// Version 3, random serial, validity from an hour ago (clocks differ), subject.
CertificatePointer begin(const QByteArray &commonName, Timestamp now, std::chrono::days validity, EVP_PKEY *key)
{
    CertificatePointer certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    const QByteArray serial = randomBytes(15);
    BIGNUM *number = BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.constData()), static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    const auto start = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() - 3600;
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), start + std::chrono::seconds(validity).count());
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.constData()), static_cast<int>(commonName.size()), -1, 0);
    return certificate;
}

Result<KeyAndCertificate> finish(X509 *certificate, EVP_PKEY *key, EVP_PKEY *signer)
{
    if (X509_sign(certificate, signer, EVP_sha256()) == 0)
        return opensslError(QStringLiteral("cannot sign a certificate"));
    const BioPointer keyBio(BIO_new(BIO_s_mem()), &BIO_free);
    const BioPointer certificateBio(BIO_new(BIO_s_mem()), &BIO_free);
    if (PEM_write_bio_PKCS8PrivateKey(keyBio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1
        || PEM_write_bio_X509(certificateBio.get(), certificate) != 1)
        return opensslError(QStringLiteral("cannot write a certificate"));
    return KeyAndCertificate{.keyPem = content(keyBio.get()), .certificatePem = content(certificateBio.get())};
}

} // namespace

Result<KeyAndCertificate> makeAuthority(const QByteArray &commonName, Timestamp now, std::chrono::days validity)
{
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
    if (!key)
        return opensslError(QStringLiteral("cannot make a key"));
    const CertificatePointer certificate = begin(commonName, now, validity, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    if (!addExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        || !addExtension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign")
        || !addExtension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash"))
        return opensslError(QStringLiteral("cannot describe an authority"));
    return finish(certificate.get(), key.get(), key.get());
}

Result<KeyAndCertificate> issueCertificate(const KeyAndCertificate &authority, const QList<QByteArray> &names, Timestamp now,
                                           std::chrono::days validity)
{
    const KeyPointer signer(PEM_read_bio_PrivateKey(memory(authority.keyPem).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    const CertificatePointer issuer = readCertificate(authority.certificatePem);
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
    if (!signer || !issuer || !key || names.isEmpty())
        return opensslError(QStringLiteral("cannot issue a certificate"));
    const CertificatePointer certificate = begin(names.first(), now, validity, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    QByteArray alternatives;
    for (const QByteArray &name : names)
        alternatives.append(alternatives.isEmpty() ? "" : ",").append(IpAddress::parse(name) ? "IP:" : "DNS:").append(name);
    if (!addExtension(certificate.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(certificate.get(), issuer.get(), NID_key_usage, "critical,digitalSignature")
        || !addExtension(certificate.get(), issuer.get(), NID_ext_key_usage, "serverAuth")
        || !addExtension(certificate.get(), issuer.get(), NID_subject_key_identifier, "hash")
        || !addExtension(certificate.get(), issuer.get(), NID_authority_key_identifier, "keyid:always")
        || !addExtension(certificate.get(), issuer.get(), NID_subject_alt_name, alternatives))
        return opensslError(QStringLiteral("cannot describe a certificate"));
    return finish(certificate.get(), key.get(), signer.get());
}

Result<Timestamp> notAfter(const QByteArray &certificatePem)
{
    const CertificatePointer certificate = readCertificate(certificatePem);
    tm parts = {};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1)
        return failure(ErrorKind::Syntax, QStringLiteral("not a PEM certificate"));
    return fromMilliseconds(static_cast<qint64>(timegm(&parts)) * 1000);
}

} // namespace crypto
