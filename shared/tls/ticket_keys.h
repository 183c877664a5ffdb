// The keys that session tickets are sealed with (RFC 5077 4, RFC 8446 4.6.1): the current one seals, the one before
// still opens what it sealed. Kept apart from the Context, so that changed settings do not end every session that could
// be resumed, and made per listener, so that a ticket of one is nothing to another. Who owns it calls rotate() once a
// day. Any thread.
#pragma once

#include <QByteArrayView>

#include <array>
#include <atomic>
#include <memory>
#include <optional>

namespace tls {

class TicketKeys
{
public:
    struct Key
    {
        std::array<unsigned char, 16> name; // travels with the ticket, in clear
        std::array<unsigned char, 32> cipherKey;
        std::array<unsigned char, 32> macKey;
    };
    struct Keys
    {
        Key current;
        std::optional<Key> previous;
    };

    TicketKeys();
    void rotate();
    [[nodiscard]] std::shared_ptr<const Keys> keys() const { return m_keys.load(); }

private:
    std::atomic<std::shared_ptr<const Keys>> m_keys;
};

} // namespace tls
