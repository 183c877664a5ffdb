// A SEARCH program (RFC 9051 6.4.4 and the keys of RFC 5032, RFC 7162, RFC 8474, RFC 8514) and its evaluation against
// one message. Nesting is bounded. Pure; any thread.
#pragma once

#include "shared/base/cursor.h"
#include "shared/imap/partial_range.h"
#include "shared/imap/sequence_set.h"
#include "shared/mime/header_list.h"
#include "shared/mime/text_search.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace imap {

inline constexpr int kDeepestSearch = 20;
inline constexpr int kMostSearchKeys = 1000;
inline constexpr quint64 kRecent = quint64(1) << 63; // among the flags of a message, beside those that are kept

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
        Younger, // seconds in `number`, RFC 5032
        Older,
        SavedBefore, // RFC 8514
        SavedOn,
        SavedSince,
        Modseq,  // at least `number`, RFC 7162 3.1.5
        EmailId, // RFC 8474 6
        ThreadId,
        Header, // field name in `name`
        Body,
        Text,
        New, // \Recent and not \Seen, RFC 3501 6.4.4
    };
    Kind kind = Kind::All;
    std::vector<SearchKey> children;
    SequenceSet set;
    QList<std::pair<quint32, quint32>> ranges; // of the set, filled by resolve()
    qint64 number = 0;
    QByteArray name;
    mime::TextSearch text;
    int leaf = -1; // of Header, Body, Text: 0, 1, … in the order they were written
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
    std::optional<PartialRange> partial; // RFC 9394 3.1; never with `all`

    [[nodiscard]] bool tells() const { return min || max || all || count || partial; } // anything at all
};
// Reads "RETURN (…) " if it is there. "RETURN ()" asks for ALL.
[[nodiscard]] SearchReturn readSearchReturn(Cursor &in);

// "CHARSET x" before the keys, RFC 9051 6.4.4; the strings of the keys are read in it.
struct SearchProgram
{
    SearchKey keys;
    bool knownCharset = true; // false: NO [BADCHARSET], and `keys` is empty
    bool usesModseq = false;  // the answer tells the highest, RFC 7162 3.1.5
    int leaves = 0;           // text keys
};
// The keys to the end of the command, all of which must match.
[[nodiscard]] SearchProgram readSearch(Cursor &in, const QByteArray &charset = "UTF-8");
// Puts the largest number and UID in for "*". Before matches().
void resolve(SearchKey &key, quint32 largestNumber, quint32 largestUid);

// One message, as evaluation sees it; the functions are called only when a key needs them.
class SearchSubject
{
public:
    SearchSubject() = default;
    SearchSubject(const SearchSubject &) = delete;
    SearchSubject &operator=(const SearchSubject &) = delete;
    virtual ~SearchSubject() = default;

    quint32 number = 0;
    quint32 uid = 0;
    bool saved = false; // by the last SEARCH with SAVE
    quint64 flags = 0;
    qint64 modseq = 0;

    [[nodiscard]] virtual qint64 sizeBytes() = 0;
    [[nodiscard]] virtual qint64 internalDate() = 0; // milliseconds
    [[nodiscard]] virtual qint64 savedDate() = 0;
    [[nodiscard]] virtual qint64 now() = 0;
    [[nodiscard]] virtual bool hasKeyword(const QByteArray &keyword) = 0;
    [[nodiscard]] virtual std::optional<int> sentDay() = 0;         // since 1970, as written, without its zone
    [[nodiscard]] virtual bool hasText(const SearchKey &key) = 0;   // Header, Body, Text
    [[nodiscard]] virtual bool hasObject(const SearchKey &key) = 0; // EmailId, ThreadId
};

[[nodiscard]] bool matches(const SearchKey &key, SearchSubject &subject);

// What hasText() comes to on the bytes: the plain scan.
[[nodiscard]] bool headerHasText(const SearchKey &key, QByteArrayView section);
[[nodiscard]] bool bodyHasText(const SearchKey &key, QByteArrayView message);
[[nodiscard]] std::optional<int> sentDay(const mime::HeaderList &header);

} // namespace imap
