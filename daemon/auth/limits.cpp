#include "daemon/auth/limits.h"

namespace auth {

namespace {

constexpr std::array kWidthsV4 = {32, 26, 21};
constexpr std::array kWidthsV6 = {64, 48, 32};

QByteArray network(const IpAddress &address, size_t width)
{
    return address.prefix(address.isV4() ? kWidthsV4.at(width) : kWidthsV6.at(width)).toBytes();
}

QByteArray place(const QByteArray &name, const IpAddress &from) { return name + ' ' + network(from, 0); }

} // namespace

bool Limits::mayTry(const IpAddress &from, Now now) const
{
    if (exempt(from))
        return true;
    const std::lock_guard lock(m_mutex);
    for (size_t i = 0; i < m_perMinute.size(); ++i) {
        const QByteArray key = network(from, i);
        if (m_perMinute.at(i).current(key, now) >= kMostFailuresPerMinute.at(i) ||
            m_perDay.at(i).current(key, now) >= kMostFailuresPerDay.at(i))
            return false;
    }
    return true;
}

std::chrono::milliseconds Limits::delay(const QByteArray &name, const IpAddress &from, Now now) const
{
    if (exempt(from))
        return {};
    const std::lock_guard lock(m_mutex);
    if (m_goodFrom.current(place(name, from), now) > 0)
        return {};
    const std::chrono::seconds wanted(std::max(0, m_byName.current(name, now) - kFreeFailures));
    return std::min(wanted, kLongestDelay);
}

void Limits::failed(const QByteArray &name, const IpAddress &from, Now now)
{
    const std::lock_guard lock(m_mutex);
    for (size_t i = 0; i < m_perMinute.size(); ++i) {
        const QByteArray key = network(from, i);
        m_perMinute.at(i).add(key, now);
        m_perDay.at(i).add(key, now);
    }
    m_byName.add(name, now);
}

void Limits::succeeded(const QByteArray &name, const IpAddress &from)
{
    const std::lock_guard lock(m_mutex);
    const QByteArray own = network(from, 0);
    m_perMinute.front().reset(own);
    m_perDay.front().reset(own);
    m_goodFrom.add(place(name, from), std::chrono::steady_clock::now());
}

} // namespace auth
