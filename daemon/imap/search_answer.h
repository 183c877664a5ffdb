// The responses SEARCH, ESEARCH and SORT (RFC 9051 7.3.4, RFC 4731, RFC 5256 4, RFC 7162 3.1.6, RFC 9394). Pure; any
// thread.
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

// With MIN, MAX or PARTIAL, and neither ALL nor COUNT, only the messages these name: what SAVE keeps (RFC 9051 6.4.4.1,
// RFC 9394 3.2) and whose mod-sequences are told (RFC 4731 3.2). `found` in the order that is told.
[[nodiscard]] std::vector<qsizetype> namedBy(const SearchReturn &options, const std::vector<qsizetype> &found);
// The highest; 0 if there are no messages.
[[nodiscard]] qint64 modseqOf(const store::View &view, const std::vector<qsizetype> &messages);

} // namespace imap
