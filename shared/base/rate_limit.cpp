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

// The key's entry, made if need be, as the latest.
RateLimit::Entry &RateLimit::touch(const QByteArray &key)
{
    if (const auto found = m_entries.constFind(key); found != m_entries.cend()) {
        m_order.splice(m_order.begin(), m_order, *found);
        return m_order.front();
    }
    if (m_entries.size() >= m_mostKeys) {
        m_entries.remove(m_order.back().key);
        m_order.pop_back();
    }
    m_order.push_front({.key = key});
    m_entries.insert(key, m_order.begin());
    return m_order.front();
}

bool RateLimit::add(const QByteArray &key, steady_clock::time_point now, int count)
{
    Entry &entry = touch(key);
    if (now - entry.start >= 2 * m_window) {
        entry.start = now;
        entry.now = entry.before = 0;
    } else if (now - entry.start >= m_window) {
        entry.start += m_window;
        entry.before = std::exchange(entry.now, 0);
    }
    if (estimate(entry, now) + count > m_most)
        return false;
    entry.now += count;
    return true;
}

int RateLimit::current(const QByteArray &key, steady_clock::time_point now) const
{
    const auto found = m_entries.constFind(key);
    return found == m_entries.cend() ? 0 : estimate(**found, now);
}

void RateLimit::reset(const QByteArray &key)
{
    if (const auto found = m_entries.constFind(key); found != m_entries.cend()) {
        m_order.erase(*found);
        m_entries.erase(found);
    }
}
