// SORT's criteria (RFC 5256 3, RFC 5957) and the order they make. Any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/imap/digest.h"

#include <QList>

#include <vector>

namespace imap {

inline constexpr qsizetype kMostSortCriteria = 20;

struct SortCriterion
{
    enum class Key
    {
        Arrival,
        Cc,
        Date,
        DisplayFrom,
        DisplayTo,
        From,
        Size,
        Subject,
        To,
    };
    Key key = Key::Arrival;
    bool reverse = false;
};

// sort-criteria, with their parentheses
[[nodiscard]] QList<SortCriterion> readSortCriteria(Cursor &in);

// A message to be sorted; the digest must outlive the call.
struct Sortable
{
    quint32 number = 0; // what is told; the order of last resort is that of the list
    qint64 internalDate = 0;
    qint64 size = 0;
    const Digest *digest = nullptr;

    [[nodiscard]] qint64 sentAt() const { return digest->sentAt.value_or(internalDate); } // RFC 5256 2.2
};
void sortMessages(std::vector<Sortable> &messages, const QList<SortCriterion> &criteria);

} // namespace imap
