// A limit of events from a network address and from the networks it is part of: /32, /26, /21 of IPv4, /64, /48, /32 of
// IPv6; the wider ones may have three and nine times as many. Not thread-safe: its owner guards it.
#pragma once

#include "shared/base/ip.h"
#include "shared/base/rate_limit.h"

#include <array>

inline constexpr std::array kNetworkShares = {1, 3, 9}; // of the address itself, and the wider networks
inline constexpr size_t kNetworkWidths = kNetworkShares.size();

[[nodiscard]] IpAddress networkOf(const IpAddress &address, size_t width); // width 0 = the address itself

class NetworkRate
{
public:
    NetworkRate(int most, std::chrono::milliseconds window, qsizetype mostKeys = RateLimit::kMostKeys);

    [[nodiscard]] bool hasRoom(const IpAddress &from, std::chrono::steady_clock::time_point now) const;
    void add(const IpAddress &from, std::chrono::steady_clock::time_point now);
    void forgive(const IpAddress &from); // the address; its networks are not
    void setMost(int most);              // of an address

private:
    std::array<RateLimit, kNetworkWidths> m_rates;
};
