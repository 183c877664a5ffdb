// A SEARCH program (RFC 9051 6.4.4) and its evaluation against one message. Nesting is bounded. Pure; any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/imap/sequence_set.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace imap {

inline constexpr int kDeepestSearch = 20;
inline constexpr int kMostSearchKeys = 1000;

struct SearchKey
{
    enum class Kind
    {
        All,
        And,
        Or,
        Not,
        Set, // message numbers
        UidSet,
        Flag, // system bit in `number`
        Keyword,
        Larger,
        Smaller,
        Before, // internal date
        On,
        Since,
        SentBefore,
        SentOn,
        SentSince,
        Header, // field name in `name`
        Body,
        Text,
        None, // matches nothing: RECENT, NEW
    };
    Kind kind = Kind::All;
    std::vector<SearchKey> children;
    SequenceSet set;
    qint64 number = 0;
    QByteArray name;
    QByteArray text;
};

// The keys to the end of the command, all of which must match.
[[nodiscard]] SearchKey readSearch(Cursor &in);

// What evaluation asks about a message; `message` is called only when a key needs the bytes.
struct SearchSubject
{
    quint32 number = 0;
    quint32 largestNumber = 0;
    quint32 uid = 0;
    quint32 largestUid = 0;
    quint64 flags = 0;
    qint64 sizeBytes = 0;
    int internalDay = 0;
    std::function<bool(const QByteArray &keyword)> hasKeyword;
    std::function<const QByteArray &()> message;
};

[[nodiscard]] bool matches(const SearchKey &key, const SearchSubject &subject);
// Whether sizes and dates of rows are needed at all.
[[nodiscard]] bool needsRows(const SearchKey &key);

} // namespace imap
