#include "shared/crypto/pkcs12.h"

#include "shared/crypto/openssl.h"

#include <openssl/pkcs12.h>

namespace crypto {

namespace {

using Pkcs12Pointer = std::unique_ptr<PKCS12, Freed<PKCS12_free>>;

void freeStack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
using StackPointer = std::unique_ptr<STACK_OF(X509), Freed<freeStack>>;

constexpr long kMostRounds = 10'000'000; // some seconds

struct Protection
{
    int keyCipher;
    int certificateCipher;
    int keyRounds;
    int macRounds;
};

constexpr Protection protectionOf(Pkcs12Form form)
{
    if (form == Pkcs12Form::Modern)
        return {.keyCipher = NID_aes_256_cbc,
                .certificateCipher = NID_aes_256_cbc,
                .keyRounds = 100'000,
                .macRounds = 100'000};
    return {.keyCipher = NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
            .certificateCipher = NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
            .keyRounds = 2048,
            .macRounds = 2048};
}

Result<QByteArray> encoded(const PKCS12 *file)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_PKCS12(file, &bytes);
    if (length <= 0)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot encode a key file"));
    QByteArray result(reinterpret_cast<const char *>(bytes), length);
    OPENSSL_free(bytes);
    return result;
}

void freeSafes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
void freeBags(STACK_OF(PKCS12_SAFEBAG) * bags) { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
// How often the password is hashed to check the file; 0 = it is not protected against changes.
long roundsOf(const PKCS12 *file)
{
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_INTEGER *rounds = nullptr;
    PKCS12_get0_mac(nullptr, &algorithm, nullptr, &rounds, file);
    if (!algorithm)
        return 0;
    const ASN1_OBJECT *name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    if (OBJ_obj2nid(name) != NID_pbmac1)
        return rounds ? ASN1_INTEGER_get(rounds) : 1; // RFC 7292 4: 1 is the default
    const std::unique_ptr<PBKDF2PARAM, Freed<PBKDF2PARAM_free>> derivation(PBMAC1_get1_pbkdf2_param(algorithm));
    return derivation ? ASN1_INTEGER_get(derivation->iter) : 0; // RFC 9579
}

} // namespace

Result<QByteArray> makePkcs12(const KeyAndCertificate &identity, const QByteArray &friendlyName,
                              const QByteArray &password, Pkcs12Form form)
{
    if (password.isEmpty())
        return failure(ErrorKind::User, QStringLiteral("a key file needs a password"));
    const KeyPointer key = readKey(identity.keyPem);
    const BioPointer chain = memory(identity.certificatePem);
    const CertificatePointer leaf(PEM_read_bio_X509(chain.get(), nullptr, &noPassphrase, nullptr));
    if (!key || !leaf)
        return opensslError(ErrorKind::User, QStringLiteral("not a PEM key and certificate"));
    if (X509_check_private_key(leaf.get(), key.get()) != 1)
        return opensslError(ErrorKind::User, QStringLiteral("certificate and key do not fit"));
    const StackPointer others(sk_X509_new_null());
    while (X509 *each = PEM_read_bio_X509(chain.get(), nullptr, &noPassphrase, nullptr))
        sk_X509_push(others.get(), each);
    ERR_clear_error(); // the end of the PEM text is reported as an error
    const Protection protection = protectionOf(form);
    const Pkcs12Pointer file(PKCS12_create(password.constData(), friendlyName.constData(), key.get(), leaf.get(),
                                           others.get(), protection.keyCipher, protection.certificateCipher,
                                           protection.keyRounds, -1, 0));
    // -1: no MAC yet, so that its digest fits the form.
    if (!file || PKCS12_set_mac(file.get(), password.constData(), static_cast<int>(password.size()), nullptr, 0,
                                protection.macRounds, form == Pkcs12Form::Modern ? EVP_sha256() : EVP_sha1()) != 1)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot make a key file"));
    return encoded(file.get());
}

Result<KeyAndCertificate> readPkcs12(const QByteArray &der, const QByteArray &password)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const Pkcs12Pointer file(d2i_PKCS12(nullptr, &at, der.size()));
    if (const long rounds = file ? roundsOf(file.get()) : 0; rounds < 1 || rounds > kMostRounds)
        return opensslError(ErrorKind::User, QStringLiteral("not a key file protected by a password"));
    EVP_PKEY *rawKey = nullptr;
    X509 *rawLeaf = nullptr;
    STACK_OF(X509) *rawOthers = nullptr;
    const bool good = file && PKCS12_parse(file.get(), password.constData(), &rawKey, &rawLeaf, &rawOthers) == 1;
    const KeyPointer key(rawKey);
    const CertificatePointer leaf(rawLeaf);
    const StackPointer others(rawOthers);
    if (!good || !key || !leaf)
        return opensslError(ErrorKind::User, QStringLiteral("wrong password or damaged key file"));
    const BioPointer bio(BIO_new(BIO_s_mem()));
    bool written = PEM_write_bio_X509(bio.get(), leaf.get()) == 1;
    for (int i = 0; others && i < sk_X509_num(others.get()); ++i)
        written = written && PEM_write_bio_X509(bio.get(), sk_X509_value(others.get(), i)) == 1;
    const auto keyPem = writeKey(key.get());
    if (!keyPem || !written)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot write a certificate"));
    return KeyAndCertificate{.keyPem = *keyPem, .certificatePem = content(bio.get())};
}

bool isEncryptedPkcs12(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const auto *end = at + der.size();
    const Pkcs12Pointer file(d2i_PKCS12(nullptr, &at, der.size()));
    const std::unique_ptr<STACK_OF(PKCS7), Freed<freeSafes>> safes(
        file && at == end && PKCS12_mac_present(file.get()) == 1 ? PKCS12_unpack_authsafes(file.get()) : nullptr);
    bool encrypted = bool(safes);
    for (int i = 0; encrypted && i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7 *safe = sk_PKCS7_value(safes.get(), i);
        if (!PKCS7_type_is_data(safe))
            continue;
        const std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), Freed<freeBags>> bags(PKCS12_unpack_p7data(safe));
        encrypted = bool(bags);
        for (int bag = 0; bags && bag < sk_PKCS12_SAFEBAG_num(bags.get()); ++bag)
            encrypted = encrypted && PKCS12_SAFEBAG_get_nid(sk_PKCS12_SAFEBAG_value(bags.get(), bag)) != NID_keyBag;
    }
    ERR_clear_error();
    return encrypted;
}

} // namespace crypto
