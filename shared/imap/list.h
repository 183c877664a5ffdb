// What LIST asks for: the old form, and the extended one with selection and return options (RFC 9051 6.3.9, RFC 5258,
// RFC 5819, RFC 6154, RFC 9590), and its patterns. Pure; any thread.
#pragma once

#include "shared/base/cursor.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace imap {

inline constexpr qsizetype kMostPatterns = 100;

struct ListRequest
{
    QByteArray reference; // raw, as the client's encoding of names has it
    QList<QByteArray> patterns;
    bool extended = false; // selection options, several patterns or RETURN
    bool selectSubscribed = false;
    bool selectSpecialUse = false;
    bool recursiveMatch = false;
    bool returnSubscribed = false;
    bool returnSpecialUse = false;
    QList<QByteArray> status;   // items, upper case; empty = not asked for
    QList<QByteArray> metadata; // entries, lower case; the same
};

// From behind "LIST ".
[[nodiscard]] ListRequest readList(Cursor &in);
// "(" status-att *(SP status-att) ")", in upper case
[[nodiscard]] QList<QByteArray> readStatusItems(Cursor &in);
// "*" matches anything, "%" anything within one level. Time is the product of the lengths.
[[nodiscard]] bool patternMatches(QStringView pattern, QStringView name);

} // namespace imap
