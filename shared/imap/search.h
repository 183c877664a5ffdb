// A SEARCH program (RFC 9051 6.4.4) and its evaluation against one message. Nesting is bounded. Pure; any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/imap/sequence_set.h"
#include "shared/mime/text_search.h"

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
        Saved, // "$"
        Flag,  // system bit in `number`
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
    QList<std::pair<quint32, quint32>> ranges; // of the set, filled by resolve()
    qint64 number = 0;
    QByteArray name;
    mime::TextSearch text;
};

// RETURN (…) before the keys, RFC 9051 6.4.4
struct SearchReturn
{
    bool given = false;
    bool min = false;
    bool max = false;
    bool all = false;
    bool count = false;
    bool save = false;
};
// Reads "RETURN (…) " if it is there. "RETURN ()" asks for ALL.
[[nodiscard]] SearchReturn readSearchReturn(Cursor &in);

// The keys to the end of the command, all of which must match.
[[nodiscard]] SearchKey readSearch(Cursor &in);
// Puts the largest number and UID in for "*". Before matches().
void resolve(SearchKey &key, quint32 largestNumber, quint32 largestUid);

// What evaluation asks about a message; the functions are called only when a key needs them.
struct SearchSubject
{
    quint32 number = 0;
    quint32 uid = 0;
    bool saved = false; // by the last SEARCH with SAVE
    quint64 flags = 0;
    std::function<qint64()> sizeBytes;
    std::function<int()> internalDay;
    std::function<bool(const QByteArray &keyword)> hasKeyword;
    std::function<const QByteArray &()> header;  // section of the message, at least
    std::function<const QByteArray &()> message; // whole
};

[[nodiscard]] bool matches(const SearchKey &key, const SearchSubject &subject);

} // namespace imap
