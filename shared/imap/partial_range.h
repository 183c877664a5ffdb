// The page of a result that PARTIAL asks for (RFC 9394 4): positions from the first result, or with "-" from the last.
// Pure; any thread.
#pragma once

#include "shared/base/cursor.h"

#include <QByteArray>

#include <vector>

namespace imap {

struct PartialRange
{
    quint32 first = 1; // not larger than `last`
    quint32 last = 1;
    bool fromEnd = false; // counted from the last result
    QByteArray text;      // as the client wrote it, which the answer repeats

    // Which of so many results: index of the first and how many; none if the range lies outside.
    [[nodiscard]] std::pair<qsizetype, qsizetype> within(qsizetype results) const;
    template<class T>
    [[nodiscard]] std::vector<T> of(const std::vector<T> &results) const
    {
        const auto [start, count] = within(static_cast<qsizetype>(results.size()));
        const auto begin = results.begin() + start;
        return {begin, begin + count};
    }
};

// partial-range, behind "PARTIAL "
[[nodiscard]] PartialRange readPartialRange(Cursor &in);

} // namespace imap
