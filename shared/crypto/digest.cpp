#include "shared/crypto/digest.h"

#include "shared/crypto/openssl.h"

namespace crypto {

void Digest::Free::operator()(evp_md_ctx_st *context) const { EVP_MD_CTX_free(context); }

Digest::Digest(Hash hash)
    : m_hash(hash)
    , m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex2(m_context.get(), digestOf(m_hash), nullptr);
}

Digest::~Digest() = default;
Digest::Digest(Digest &&other) noexcept = default;
Digest &Digest::operator=(Digest &&other) noexcept = default;

void Digest::add(QByteArrayView data)
{
    EVP_DigestUpdate(m_context.get(), data.data(), static_cast<size_t>(data.size()));
}

QByteArray Digest::result()
{
    QByteArray hash(EVP_MD_get_size(digestOf(m_hash)), '\0');
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(hash.data()), nullptr);
    EVP_DigestInit_ex2(m_context.get(), digestOf(m_hash), nullptr);
    return hash;
}

} // namespace crypto
