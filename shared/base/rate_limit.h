// Counts events per key in a sliding window of fixed slots: sign-in attempts per address, connections per prefix.
// Bounded: at most `mostKeys` keys; for one more the key that was added to longest ago is forgotten, so that whoever
// goes on is still counted however many others come. Every call costs the same, full or not. Not thread-safe: its
// owner guards it.
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <list>

class RateLimit
{
public:
    static constexpr qsizetype kMostKeys = 50'000;

    RateLimit(int most, std::chrono::milliseconds window, qsizetype mostKeys = kMostKeys)
        : m_most(most)
        , m_window(window)
        , m_mostKeys(mostKeys)
    {}
    RateLimit(const RateLimit &) = delete;
    RateLimit &operator=(const RateLimit &) = delete;

    // Adds `count` for the key if that stays within the limit; false = over, nothing added.
    bool add(const QByteArray &key, std::chrono::steady_clock::time_point now, int count = 1);
    [[nodiscard]] int current(const QByteArray &key, std::chrono::steady_clock::time_point now) const;
    void reset(const QByteArray &key);
    void setMost(int most) { m_most = most; }
    [[nodiscard]] int most() const { return m_most; }
    [[nodiscard]] qsizetype keys() const { return m_entries.size(); }

private:
    struct Entry
    {
        QByteArray key;
        std::chrono::steady_clock::time_point start = {}; // of the current window
        int now = 0;                                      // in the current window
        int before = 0;                                   // in the one before
    };
    using Entries = std::list<Entry>; // the latest first

    [[nodiscard]] int estimate(const Entry &entry, std::chrono::steady_clock::time_point now) const;
    Entry &touch(const QByteArray &key);

    int m_most;
    std::chrono::milliseconds m_window;
    qsizetype m_mostKeys;
    Entries m_order;
    QHash<QByteArray, Entries::iterator> m_entries;
};
