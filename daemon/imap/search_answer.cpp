#include "daemon/imap/search_answer.h"

#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/sequence_set.h"

namespace imap {

void appendPlain(QByteArray &to, const char *name, const SearchAnswer &answer)
{
    to.append("* ").append(name);
    for (const quint32 number : answer.numbers) {
        to.append(' ');
        bytes::appendNumber(to, number);
    }
    if (answer.modseq > 0)
        to.append(" (MODSEQ ").append(QByteArray::number(answer.modseq)).append(')');
    to.append("\r\n");
}

void appendExtended(QByteArray &to, const AnswerTo &command, const SearchReturn &options, const SearchAnswer &answer)
{
    const auto &numbers = answer.numbers;
    to.append("* ESEARCH (TAG ");
    appendString(to, command.tag);
    to.append(command.byUid ? ") UID" : ")");
    if (options.min && !numbers.isEmpty())
        to.append(" MIN ").append(QByteArray::number(numbers.first()));
    if (options.max && !numbers.isEmpty())
        to.append(" MAX ").append(QByteArray::number(numbers.last()));
    if (options.count)
        to.append(" COUNT ").append(QByteArray::number(numbers.size()));
    if (options.all && !numbers.isEmpty())
        to.append(" ALL ").append(formatSet(numbers));
    if (answer.modseq > 0)
        to.append(" MODSEQ ").append(QByteArray::number(answer.modseq));
    to.append("\r\n");
}

qint64 modseqOf(const store::View &view, const std::vector<qsizetype> &found, const SearchReturn &options)
{
    if (found.empty())
        return 0;
    if (options.given && !options.all && !options.count && (options.min || options.max)) {
        const qint64 first = options.min ? view.at(found.front()).modseq : 0;
        const qint64 last = options.max ? view.at(found.back()).modseq : 0;
        return std::max(first, last);
    }
    qint64 highest = 0;
    for (const qsizetype index : found)
        highest = std::max(highest, view.at(index).modseq);
    return highest;
}

} // namespace imap
