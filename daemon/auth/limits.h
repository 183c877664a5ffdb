// How often wrong passwords may be tried. By network address and the networks it is part of: /32, /26, /21 of IPv4,
// /64, /48, /32 of IPv6; 10, 30, 90 a minute and 50, 150, 450 a day. By name, existing or not: each failure beyond the
// third within ten minutes makes the next attempt wait a second longer, five at most, except where the account signed
// in before. So nobody is locked out of an account by strangers. Any thread; the mutex guards all.
#pragma once

#include "shared/base/network_rate.h"

#include <QByteArray>

#include <chrono>
#include <mutex>

namespace auth {

inline constexpr int kMostFailuresPerMinute = 10; // from an address
inline constexpr int kMostFailuresPerDay = 50;
inline constexpr int kFreeFailures = 3; // before a name, or a connection, is made to wait
inline constexpr auto kLongestDelay = std::chrono::seconds(5);

class Limits
{
public:
    using Now = std::chrono::steady_clock::time_point;

    [[nodiscard]] bool exempt(const IpAddress &from) const { return exemptLoopback && from.isLoopback(); }
    [[nodiscard]] bool mayTry(const IpAddress &from, Now now) const;
    [[nodiscard]] std::chrono::milliseconds delay(const QByteArray &name, const IpAddress &from, Now now) const;
    void failed(const QByteArray &name, const IpAddress &from, Now now);
    void succeeded(const QByteArray &name, const IpAddress &from); // its own address is forgiven, its networks are not

    bool exemptLoopback = false; // set at startup

private:
    mutable std::mutex m_mutex;
    NetworkRate m_perMinute{kMostFailuresPerMinute, std::chrono::minutes(1)};
    NetworkRate m_perDay{kMostFailuresPerDay, std::chrono::hours(24)};
    RateLimit m_byName{100, std::chrono::minutes(10)};
    RateLimit m_goodFrom{1, std::chrono::hours(24 * 7)}; // name and network that signed in
};

} // namespace auth
