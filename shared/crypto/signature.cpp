#include "shared/crypto/signature.h"

#include "shared/crypto/openssl.h"

namespace crypto {

namespace {

constexpr int kLeastRsaBits = 1024; // RFC 8301 3.2
constexpr qsizetype kEd25519Bytes = 32;

using DigestPointer = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

const unsigned char *raw(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

Result<KeyPointer> load(const QByteArray &keyPem)
{
    KeyPointer key = readKey(keyPem);
    if (!key)
        return opensslError(ErrorKind::Syntax, QStringLiteral("not an unencrypted PEM private key"));
    return key;
}

bool verify(EVP_PKEY *key, const EVP_MD *method, QByteArrayView data, QByteArrayView signature)
{
    const DigestPointer context(EVP_MD_CTX_new());
    const bool good = EVP_DigestVerifyInit(context.get(), nullptr, method, nullptr, key) == 1 &&
                      EVP_DigestVerify(context.get(), raw(signature), static_cast<size_t>(signature.size()), raw(data),
                                       static_cast<size_t>(data.size())) == 1;
    ERR_clear_error();
    return good;
}

} // namespace

Result<KeyKind> kindOfKey(const QByteArray &keyPem)
{
    const auto key = load(keyPem);
    if (!key)
        return std::unexpected(key.error());
    switch (EVP_PKEY_get_base_id(key->get())) {
    case EVP_PKEY_RSA: return KeyKind::Rsa2048;
    case EVP_PKEY_ED25519: return KeyKind::Ed25519;
    case EVP_PKEY_EC: return KeyKind::P256;
    default: return failure(ErrorKind::Syntax, QStringLiteral("key of a kind that is not supported"));
    }
}

Result<QByteArray> sign(const QByteArray &keyPem, QByteArrayView data)
{
    const auto key = load(keyPem);
    if (!key)
        return std::unexpected(key.error());
    const EVP_MD *method = EVP_PKEY_get_base_id(key->get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    const DigestPointer context(EVP_MD_CTX_new());
    size_t length = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, method, nullptr, key->get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &length, raw(data), static_cast<size_t>(data.size())) != 1)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot sign"));
    QByteArray signature(static_cast<qsizetype>(length), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length, raw(data),
                       static_cast<size_t>(data.size())) != 1)
        return opensslError(ErrorKind::Server, QStringLiteral("cannot sign"));
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

bool verifyRsaSha256(QByteArrayView publicKey, QByteArrayView data, QByteArrayView signature)
{
    const unsigned char *at = raw(publicKey);
    KeyPointer key(d2i_PUBKEY(nullptr, &at, publicKey.size()));
    if (!key) { // what some publish, and RFC 6376 3.6.1 literally asks for
        at = raw(publicKey);
        key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, publicKey.size()));
    }
    ERR_clear_error();
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key.get()) < kLeastRsaBits)
        return false;
    return verify(key.get(), EVP_sha256(), data, signature);
}

bool verifyEd25519(QByteArrayView publicKey, QByteArrayView data, QByteArrayView signature)
{
    if (publicKey.size() != kEd25519Bytes)
        return false;
    const KeyPointer key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(publicKey), kEd25519Bytes));
    return key && verify(key.get(), nullptr, data, signature);
}

Result<QByteArray> rawEd25519PublicKey(const QByteArray &keyPem)
{
    const auto key = load(keyPem);
    if (!key)
        return std::unexpected(key.error());
    QByteArray bytes(kEd25519Bytes, '\0');
    size_t length = kEd25519Bytes;
    if (EVP_PKEY_get_raw_public_key(key->get(), reinterpret_cast<unsigned char *>(bytes.data()), &length) != 1 ||
        length != kEd25519Bytes)
        return opensslError(ErrorKind::Syntax, QStringLiteral("not an Ed25519 key"));
    return bytes;
}

} // namespace crypto
