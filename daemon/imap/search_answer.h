// The responses SEARCH, ESEARCH and SORT (RFC 9051 7.3.4, RFC 4731, RFC 5256 4, RFC 7162 3.1.6). Pure; any thread.
#pragma once

#include "daemon/store/view.h"
#include "shared/imap/search.h"

#include <QByteArray>

namespace imap {

struct SearchAnswer
{
    QList<quint32> numbers; // in the order they are told
    qint64 modseq = 0;      // 0 = not told
};
struct AnswerTo
{
    QByteArray tag;
    bool byUid = false;
};

// "* SEARCH 2 5 (MODSEQ 7)", "* SORT 5 2"
void appendPlain(QByteArray &to, const char *name, const SearchAnswer &answer);
// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
void appendExtended(QByteArray &to, const AnswerTo &command, const SearchReturn &options, const SearchAnswer &answer);

// RFC 4731 3.2: of all that were found, or of those MIN and MAX name when nothing else is told. `found` in the order
// that is told; 0 if there are none.
[[nodiscard]] qint64 modseqOf(const store::View &view, const std::vector<qsizetype> &found,
                              const SearchReturn &options);

} // namespace imap
