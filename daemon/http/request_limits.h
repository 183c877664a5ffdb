// How many HTTP requests an address and its networks may make, 1,000 a minute and 5,000 an hour from an address, before
// they are answered 429 (RFC 6585 4). Of the whole server; any thread, the mutex guards all.
#pragma once

#include "shared/base/network_rate.h"

#include <mutex>

namespace http {

inline constexpr int kRequestsPerMinute = 1'000;
inline constexpr int kRequestsPerHour = 5'000;

class RequestLimits
{
public:
    // Counts one if there is room for it.
    [[nodiscard]] bool take(const IpAddress &from, std::chrono::steady_clock::time_point now)
    {
        if (exemptLoopback && from.isLoopback())
            return true;
        const std::lock_guard lock(m_mutex);
        if (!m_perMinute.hasRoom(from, now) || !m_perHour.hasRoom(from, now))
            return false;
        m_perMinute.add(from, now);
        m_perHour.add(from, now);
        return true;
    }

    bool exemptLoopback = false; // set at startup

private:
    std::mutex m_mutex;
    NetworkRate m_perMinute{kRequestsPerMinute, std::chrono::minutes(1)};
    NetworkRate m_perHour{kRequestsPerHour, std::chrono::hours(1)};
};

} // namespace http
