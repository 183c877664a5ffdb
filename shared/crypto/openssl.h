// What the .cpp files of shared/crypto and shared/tls share: owning pointers of OpenSSL's objects, PEM in memory,
// errors with OpenSSL's reason. Not for other folders. Any thread (OpenSSL's error queue is per thread).
#pragma once

#include "shared/base/result.h"
#include "shared/crypto/crypto.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <QByteArray>

#include <array>
#include <memory>

namespace crypto {

template<auto kFree>
struct Freed
{
    template<class T>
    void operator()(T *object) const
    {
        kFree(object);
    }
};
inline const EVP_MD *digestOf(Hash hash) { return hash == Hash::Sha1 ? EVP_sha1() : EVP_sha256(); }

using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freed<X509_free>>;
using BioPointer = std::unique_ptr<BIO, Freed<BIO_free>>;

[[nodiscard]] inline std::unexpected<Error> opensslError(ErrorKind kind, const QString &what,
                                                         std::source_location where = std::source_location::current())
{
    std::array<char, 256> text = {};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return failure(kind, what + QStringLiteral(": ") + QString::fromLatin1(text.data()), where);
}

[[nodiscard]] inline BioPointer memory(const QByteArray &bytes)
{
    return BioPointer(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

[[nodiscard]] inline QByteArray content(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

// An encrypted key is refused instead of asking on a terminal.
inline int noPassphrase(char *, int, int, void *) { return -1; }

[[nodiscard]] inline CertificatePointer readCertificate(const QByteArray &pem)
{
    return CertificatePointer(PEM_read_bio_X509(memory(pem).get(), nullptr, &noPassphrase, nullptr));
}

[[nodiscard]] inline KeyPointer readKey(const QByteArray &pem)
{
    return KeyPointer(PEM_read_bio_PrivateKey(memory(pem).get(), nullptr, &noPassphrase, nullptr));
}

[[nodiscard]] inline Result<QByteArray> writeKey(const EVP_PKEY *key)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot write a key"));
    return content(bio.get());
}

} // namespace crypto
