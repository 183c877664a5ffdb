// GETMETADATA and SETMETADATA as they are asked for (RFC 5464 5). Pure; any thread.
#pragma once

#include "shared/base/cursor.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace imap {

inline constexpr qsizetype kMostEntries = 200; // in one command
inline constexpr qsizetype kLongestEntry = 500;
inline constexpr int kAnyDepth = -1;

struct MetadataOptions
{
    std::optional<qint64> maxSize;
    int depth = 0; // levels below the entries asked for; kAnyDepth = all
};
// "(" option *(SP option) ")"
[[nodiscard]] MetadataOptions readMetadataOptions(Cursor &in);

// entry / "(" entry *(SP entry) ")", in lower case: "/private/…" or "/shared/…"
[[nodiscard]] QList<QByteArray> readEntries(Cursor &in);

struct EntryValue
{
    QByteArray entry;                // lower case
    std::optional<QByteArray> value; // nothing = NIL: remove
};
// "(" entry SP value *(SP entry SP value) ")"
[[nodiscard]] QList<EntryValue> readEntryValues(Cursor &in);
// entry SP value, as responses have them
void appendEntryValue(QByteArray &to, const QByteArray &entry, const std::optional<QByteArray> &value);

// Whether an entry is one of those asked for, or at most `depth` levels below.
[[nodiscard]] bool entryMatches(const QByteArray &asked, const QByteArray &entry, int depth);

} // namespace imap
