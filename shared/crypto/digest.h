// A digest over bytes that come in pieces: contents while they are spooled, bodies while they are parsed.
// The one-call forms are in crypto.h. Belongs to one thread at a time.
#pragma once

#include "shared/crypto/crypto.h"

#include <memory>

struct evp_md_ctx_st;

namespace crypto {

class Digest
{
public:
    explicit Digest(Hash hash);
    ~Digest();
    Digest(Digest &&other) noexcept;
    Digest &operator=(Digest &&other) noexcept;

    void add(QByteArrayView data);
    [[nodiscard]] QByteArray result(); // of everything added; the next add() begins anew

private:
    struct Free
    {
        void operator()(evp_md_ctx_st *context) const;
    };
    Hash m_hash;
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace crypto
