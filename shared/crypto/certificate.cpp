#include "shared/crypto/certificate.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"
#include "shared/base/ip.h"
#include "shared/base/random.h"
#include "shared/crypto/openssl.h"

#include <openssl/x509v3.h>

namespace crypto {

namespace {

std::unexpected<Error> serverError(const QString &what, std::source_location where = std::source_location::current())
{
    return opensslError(ErrorKind::Server, what, where);
}

// The names become OpenSSL's own configuration text, where "," and ":" have a meaning.
bool isUsableName(QByteArrayView name)
{
    static constexpr qsizetype kLongestName = 253; // RFC 1035 2.3.4, without the final dot
    static constexpr CharClass kAllowed = kAlpha | kDigit | CharClass::of("-._");
    if (IpAddress::parse(name))
        return true;
    const QByteArrayView host = name.startsWith("*.") ? name.sliced(2) : name;
    return !host.isEmpty() && host.size() <= kLongestName &&
           std::ranges::all_of(host, [](char c) { return kAllowed.contains(c); });
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

// iPAddress = 4 or 16 octets     RFC 5280 4.2.1.6
QByteArray addressOf(QByteArrayView octets)
{
    if (octets.size() == 4) {
        std::array<quint8, 4> four = {};
        std::ranges::copy(octets, four.begin());
        return IpAddress::v4(four).toBytes();
    }
    std::array<quint8, 16> sixteen = {};
    if (octets.size() != 16)
        return {};
    std::ranges::copy(octets, sixteen.begin());
    return IpAddress::v6(sixteen).toBytes();
}

// Version 3, random serial, validity from an hour ago (clocks differ), subject.
CertificatePointer begin(const QByteArray &commonName, Timestamp now, std::chrono::days validity, EVP_PKEY *key)
{
    CertificatePointer certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    const QByteArray serial = randomBytes(15);
    BIGNUM *number = BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.constData()),
                               static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    const auto start = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() - 3600;
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), start + std::chrono::seconds(validity).count());
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.constData()),
                               static_cast<int>(commonName.size()), -1, 0);
    return certificate;
}

Result<KeyAndCertificate> finish(X509 *certificate, EVP_PKEY *key, EVP_PKEY *signer)
{
    if (X509_sign(certificate, signer, EVP_sha256()) == 0)
        return serverError(QStringLiteral("cannot sign a certificate"));
    const BioPointer keyBio(BIO_new(BIO_s_mem()));
    const BioPointer certificateBio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PKCS8PrivateKey(keyBio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
        PEM_write_bio_X509(certificateBio.get(), certificate) != 1)
        return serverError(QStringLiteral("cannot write a certificate"));
    return KeyAndCertificate{.keyPem = content(keyBio.get()), .certificatePem = content(certificateBio.get())};
}

} // namespace

Result<KeyAndCertificate> makeAuthority(const QByteArray &commonName, Timestamp now, std::chrono::days validity)
{
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return serverError(QStringLiteral("cannot make a key"));
    const CertificatePointer certificate = begin(commonName, now, validity, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    if (!addExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !addExtension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !addExtension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash"))
        return serverError(QStringLiteral("cannot describe an authority"));
    return finish(certificate.get(), key.get(), key.get());
}

Result<KeyAndCertificate> issueCertificate(const KeyAndCertificate &authority, const QList<QByteArray> &names,
                                           Timestamp now, std::chrono::days validity)
{
    if (names.isEmpty() || !std::ranges::all_of(names, [](const QByteArray &name) { return isUsableName(name); }))
        return failure(ErrorKind::User, QStringLiteral("a certificate needs DNS names or IP addresses"));
    const KeyPointer signer = readKey(authority.keyPem);
    const CertificatePointer issuer = readCertificate(authority.certificatePem);
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!signer || !issuer || !key)
        return serverError(QStringLiteral("cannot issue a certificate"));
    const CertificatePointer certificate = begin(names.first(), now, validity, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    QByteArray alternatives;
    for (const QByteArray &name : names)
        alternatives.append(alternatives.isEmpty() ? "" : ",")
            .append(IpAddress::parse(name) ? "IP:" : "DNS:")
            .append(name);
    if (!addExtension(certificate.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
        !addExtension(certificate.get(), issuer.get(), NID_key_usage, "critical,digitalSignature") ||
        !addExtension(certificate.get(), issuer.get(), NID_ext_key_usage, "serverAuth") ||
        !addExtension(certificate.get(), issuer.get(), NID_subject_key_identifier, "hash") ||
        !addExtension(certificate.get(), issuer.get(), NID_authority_key_identifier, "keyid:always") ||
        !addExtension(certificate.get(), issuer.get(), NID_subject_alt_name, alternatives))
        return serverError(QStringLiteral("cannot describe a certificate"));
    return finish(certificate.get(), key.get(), signer.get());
}

Result<KeyAndCertificate> makeDeviceCertificate(const QByteArray &deviceName, Timestamp now, std::chrono::days validity)
{
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return serverError(QStringLiteral("cannot make a key"));
    const CertificatePointer certificate = begin(deviceName, now, validity, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    if (!addExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE") ||
        !addExtension(certificate.get(), certificate.get(), NID_key_usage, "critical,digitalSignature") ||
        !addExtension(certificate.get(), certificate.get(), NID_ext_key_usage, "clientAuth"))
        return serverError(QStringLiteral("cannot describe a certificate"));
    return finish(certificate.get(), key.get(), key.get());
}

Result<Timestamp> notAfter(const QByteArray &certificatePem)
{
    const CertificatePointer certificate = readCertificate(certificatePem);
    tm parts = {};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1)
        return failure(ErrorKind::Syntax, QStringLiteral("not a PEM certificate"));
    return fromMilliseconds(static_cast<qint64>(timegm(&parts)) * 1000);
}

Result<QList<QByteArray>> names(const QByteArray &certificatePem)
{
    const CertificatePointer certificate = readCertificate(certificatePem);
    if (!certificate)
        return opensslError(ErrorKind::Syntax, QStringLiteral("not a PEM certificate"));
    const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>> alternatives(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
    QList<QByteArray> hosts;
    QList<QByteArray> addresses;
    for (int i = 0; alternatives && i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
        int kind = 0;
        const auto *value = static_cast<const ASN1_STRING *>(
            GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(alternatives.get(), i), &kind));
        if (kind != GEN_DNS && kind != GEN_IPADD)
            continue;
        const QByteArrayView bytes(ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
        if (kind == GEN_DNS)
            hosts.append(bytes::toLower(bytes));
        else if (const auto address = addressOf(bytes); !address.isEmpty())
            addresses.append(address);
    }
    return hosts + addresses;
}

} // namespace crypto
