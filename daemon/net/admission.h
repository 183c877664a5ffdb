// Who may open another connection: at most so many open, and so many new ones a minute, from a network address, three
// and nine times as many from the networks it is part of; and a number for the server as a whole. Each family of
// protocols counts for itself, so that a flood of one leaves the others alone. Asked for every accepted connection,
// before any TLS, and once more when ALPN makes a connection of one family one of another. Any thread; the mutex
// guards all.
#pragma once

#include "shared/base/network_rate.h"

#include <QHash>

#include <atomic>
#include <expected>
#include <mutex>

namespace net {

enum class Family
{
    Smtp,
    Submission,
    Imap,
    Http,
};
inline constexpr size_t kFamilies = 4;

enum class Refused
{
    TooManyOpen, // from that address, or a network it is part of
    TooManyNew,  // within a minute
    Full,        // the server as a whole
    ShuttingDown,
};

inline constexpr int kOpenPerAddress = 30;
inline constexpr int kNewPerMinute = 300; // from an address
inline constexpr int kMostConnections = 20'000;

class Admission
{
public:
    // A place among the open connections; given back by its destructor.
    class Ticket
    {
    public:
        Ticket() = default; // none
        Ticket(Ticket &&other) noexcept { swap(other); }
        Ticket &operator=(Ticket &&other) noexcept
        {
            swap(other);
            return *this;
        }
        ~Ticket();

        // For a place in another family. Refused: there is no place left, in either.
        std::expected<void, Refused> moveTo(Family family, std::chrono::steady_clock::time_point now);

    private:
        friend class Admission;
        Ticket(Admission *admission, Family family, const IpAddress &from)
            : m_admission(admission)
            , m_family(family)
            , m_from(from)
        {}
        void swap(Ticket &other) noexcept;

        Admission *m_admission = nullptr;
        Family m_family = Family::Smtp;
        IpAddress m_from;
    };

    [[nodiscard]] std::expected<Ticket, Refused> admit(Family family, const IpAddress &from,
                                                       std::chrono::steady_clock::time_point now);
    void close(); // nobody comes in any more
    void setLimits(int openPerAddress, int newPerMinute);
    [[nodiscard]] int open() const;

    int mostConnections = kMostConnections; // set at startup
    bool exemptLoopback = false;            // likewise: from the per-address limits

private:
    struct OfFamily
    {
        std::array<QHash<IpAddress, int>, kNetworkWidths> open; // by network; no zeros
        NetworkRate perMinute{kNewPerMinute, std::chrono::minutes(1)};
    };
    void left(Family family, const IpAddress &from);

    mutable std::mutex m_mutex;
    std::array<OfFamily, kFamilies> m_families;
    int m_openPerAddress = kOpenPerAddress;
    int m_open = 0;
    bool m_closing = false;
};

void countRefused(Family family, Refused why); // as a metric; admit() does

// What a peer is told, in the words of its protocol; for those that are spoken to in clear.
[[nodiscard]] QByteArray refusalText(Family family, Refused why);

} // namespace net
