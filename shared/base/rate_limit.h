// Counts events per key in a sliding window of fixed slots: sign-in attempts per address, connections per prefix.
// Bounded: at most kMostKeys keys, the least recently used fall out. Not thread-safe: its owner guards it.
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>

class RateLimit
{
public:
    RateLimit(int most, std::chrono::milliseconds window)
        : m_most(most)
        , m_window(window)
    {}
    // Adds `count` for the key if that stays within the limit; false = over, nothing added.
    bool add(const QByteArray &key, std::chrono::steady_clock::time_point now, int count = 1);
    [[nodiscard]] int current(const QByteArray &key, std::chrono::steady_clock::time_point now) const;
    void reset(const QByteArray &key) { m_entries.remove(key); }

    static constexpr qsizetype kMostKeys = 100'000;

private:
    struct Entry
    {
        std::chrono::steady_clock::time_point start; // of the current window
        int now = 0;                                 // in the current window
        int before = 0;                              // in the one before
    };
    [[nodiscard]] int estimate(const Entry &entry, std::chrono::steady_clock::time_point now) const;

    int m_most;
    std::chrono::milliseconds m_window;
    QHash<QByteArray, Entry> m_entries;
};
