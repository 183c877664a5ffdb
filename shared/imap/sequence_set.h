// sequence-set (RFC 9051 9): ranges of message numbers or UIDs, "*" is the largest there is; or "$", what the last
// SEARCH saved. Any thread.
#pragma once

#include "shared/base/cursor.h"

#include <QList>

#include <utility>

namespace imap {

inline constexpr qsizetype kMostRanges = 10'000;

class SequenceSet
{
public:
    static constexpr quint32 kStar = 0;

    void add(quint32 first, quint32 last) { m_ranges.append({first, last}); }
    // Ranges in ascending order, merged, with "*" put in and "4:2" turned round.
    [[nodiscard]] QList<std::pair<quint32, quint32>> resolved(quint32 largest) const;
    [[nodiscard]] bool isEmpty() const { return m_ranges.isEmpty(); }
    [[nodiscard]] bool isSaved() const { return m_saved; } // "$", RFC 9051 6.4.4.1
    void setSaved() { m_saved = true; }
    [[nodiscard]] bool hasStar() const;
    [[nodiscard]] bool isSingle() const // one number, or "*"
    {
        return m_ranges.size() == 1 && m_ranges.first().first == m_ranges.first().second;
    }
    // Whether every number is at most `largest`; "*" of nothing is not.
    [[nodiscard]] bool isWithin(quint32 largest) const;

private:
    bool m_saved = false;
    QList<std::pair<quint32, quint32>> m_ranges;
};

[[nodiscard]] SequenceSet readSequenceSet(Cursor &in);

// "1:3,7" from ascending numbers.
[[nodiscard]] QByteArray formatSet(const QList<quint32> &numbers);

} // namespace imap
