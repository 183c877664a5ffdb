// Flags as a mask: five system flags, then a mailbox's own keywords (at most 58). RFC 9051 2.3.2. Any thread.
#pragma once

#include "shared/base/bytes.h"

#include <QByteArray>
#include <QList>

#include <array>

namespace store {

inline constexpr quint64 kAnswered = 1;
inline constexpr quint64 kFlagged = 2;
inline constexpr quint64 kDeleted = 4;
inline constexpr quint64 kSeen = 8;
inline constexpr quint64 kDraft = 16;
inline constexpr int kSystemFlags = 5;
inline constexpr qsizetype kMostKeywords = 58; // 63 usable bits of a signed database integer

inline constexpr std::array<const char *, kSystemFlags> kSystemFlagNames = {"\\Answered", "\\Flagged", "\\Deleted",
                                                                            "\\Seen", "\\Draft"};

// What a client names; keywords get their bit in the transaction that stores them.
struct Flags
{
    quint64 system = 0;
    QList<QByteArray> keywords; // in the client's case; compared without case
};

} // namespace store
