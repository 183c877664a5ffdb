#include "shared/crypto/crypto.h"

#include "shared/base/bytes.h"
#include "shared/base/encoding.h"
#include "shared/base/random.h"
#include "shared/crypto/openssl.h"
#include "shared/crypto/password.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace crypto {

namespace {

const unsigned char *raw(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }

constexpr quint32 kMemoryKiB = 19456;
constexpr quint32 kPasses = 2;
constexpr char kArgon2Prefix[] = "$argon2id$v=19$m=19456,t=2,p=1$";
constexpr qsizetype kHashBytes = 32;

QByteArray argon2id(QByteArrayView password, QByteArrayView salt)
{
    QByteArray result(kHashBytes, '\0');
    QByteArray secret = password.toByteArray();
    QByteArray seasoning = salt.toByteArray();
    quint32 memory = kMemoryKiB;
    quint32 passes = kPasses;
    quint32 lanes = 1;
    const std::array parameters = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, secret.data(), static_cast<size_t>(secret.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, seasoning.data(), static_cast<size_t>(seasoning.size())),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &passes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_LANES, &lanes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_MEMCOST, &memory),
        OSSL_PARAM_construct_end(),
    };
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "ARGON2ID", nullptr),
                                                                &EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            &EVP_KDF_CTX_free);
    if (EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char *>(result.data()), kHashBytes,
                       parameters.data()) != 1)
        return {};
    return result;
}

} // namespace

QByteArray digest(Hash hash, QByteArrayView data)
{
    QByteArray result(EVP_MD_get_size(digestOf(hash)), '\0');
    EVP_Digest(data.data(), static_cast<size_t>(data.size()), reinterpret_cast<unsigned char *>(result.data()), nullptr,
               digestOf(hash), nullptr);
    return result;
}

QByteArray hmac(Hash hash, QByteArrayView key, QByteArrayView data)
{
    QByteArray result(EVP_MD_get_size(digestOf(hash)), '\0');
    HMAC(digestOf(hash), key.data(), static_cast<int>(key.size()), raw(data), static_cast<size_t>(data.size()),
         reinterpret_cast<unsigned char *>(result.data()), nullptr);
    return result;
}

QByteArray pbkdf2(Hash hash, QByteArrayView password, QByteArrayView salt, int iterations)
{
    QByteArray result(EVP_MD_get_size(digestOf(hash)), '\0');
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), raw(salt), static_cast<int>(salt.size()),
                      iterations, digestOf(hash), static_cast<int>(result.size()),
                      reinterpret_cast<unsigned char *>(result.data()));
    return result;
}

QByteArray hashPasswordWith(QByteArrayView password, QByteArrayView salt)
{
    const QByteArray used = salt.isEmpty() ? randomBytes(16) : salt.toByteArray();
    const auto base64 = [](QByteArrayView data) { return data.toByteArray().toBase64(QByteArray::OmitTrailingEquals); };
    return QByteArray(kArgon2Prefix) + base64(used) + '$' + base64(argon2id(password, used));
}

QByteArray saltOfHash(QByteArrayView encoded)
{
    const QList<QByteArray> parts = encoded.toByteArray().split('$');
    return encoded.startsWith(kArgon2Prefix) && parts.size() == 6 ? QByteArray::fromBase64(parts.at(4)) : QByteArray();
}

QByteArray hashPassword(QByteArrayView password) { return hashPasswordWith(password, {}); }

bool verifyPassword(QByteArrayView password, QByteArrayView encoded)
{
    const QByteArray salt = saltOfHash(encoded);
    return !salt.isEmpty() && bytes::equalConstantTime(hashPasswordWith(password, salt), encoded);
}

} // namespace crypto
