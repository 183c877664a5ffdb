#include "shared/base/rate_limit.h"

using std::chrono::steady_clock;

int RateLimit::estimate(const Entry &entry, steady_clock::time_point now) const
{
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - entry.start);
    if (age >= 2 * m_window)
        return 0;
    if (age >= m_window)
        return static_cast<int>(entry.now * (2 * m_window - age).count() / m_window.count());
    return entry.now + static_cast<int>(entry.before * (m_window - age).count() / m_window.count());
}

bool RateLimit::add(const QByteArray &key, steady_clock::time_point now, int count)
{
    if (m_entries.size() >= kMostKeys && !m_entries.contains(key))
        m_entries.removeIf([&](const auto &entry) { return estimate(entry.value(), now) == 0; });
    if (m_entries.size() >= kMostKeys && !m_entries.contains(key))
        m_entries.erase(m_entries.begin());
    Entry &entry = m_entries[key];
    if (now - entry.start >= 2 * m_window)
        entry = {.start = now, .now = 0, .before = 0};
    else if (now - entry.start >= m_window)
        entry = {.start = entry.start + m_window, .now = 0, .before = entry.now};
    if (estimate(entry, now) + count > m_most)
        return false;
    entry.now += count;
    return true;
}

int RateLimit::current(const QByteArray &key, steady_clock::time_point now) const
{
    const auto entry = m_entries.constFind(key);
    return entry == m_entries.constEnd() ? 0 : estimate(*entry, now);
}
