#include "shared/tls/ticket_keys.h"

#include <openssl/rand.h>

namespace tls {

namespace {

template<std::size_t kSize>
void fill(std::array<unsigned char, kSize> &bytes)
{
    if (RAND_priv_bytes(bytes.data(), kSize) != 1)
        std::abort(); // no randomness: nothing here would be secret
}

TicketKeys::Key freshKey()
{
    TicketKeys::Key key = {};
    fill(key.name);
    fill(key.cipherKey);
    fill(key.macKey);
    return key;
}

} // namespace

TicketKeys::TicketKeys()
    : m_keys(std::make_shared<const Keys>(Keys{.current = freshKey(), .previous = {}}))
{}

void TicketKeys::rotate()
{
    m_keys.store(std::make_shared<const Keys>(Keys{.current = freshKey(), .previous = m_keys.load()->current}));
}

} // namespace tls
