#include "daemon/auth/limits.h"

namespace auth {

namespace {

QByteArray place(const QByteArray &name, const IpAddress &from) { return name + ' ' + networkOf(from, 0).toBytes(); }

} // namespace

bool Limits::mayTry(const IpAddress &from, Now now) const
{
    if (exempt(from))
        return true;
    const std::lock_guard lock(m_mutex);
    return m_perMinute.hasRoom(from, now) && m_perDay.hasRoom(from, now);
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
    m_perMinute.add(from, now);
    m_perDay.add(from, now);
    m_byName.add(name, now);
}

void Limits::succeeded(const QByteArray &name, const IpAddress &from)
{
    const std::lock_guard lock(m_mutex);
    m_perMinute.forgive(from);
    m_perDay.forgive(from);
    m_goodFrom.add(place(name, from), std::chrono::steady_clock::now());
}

} // namespace auth
