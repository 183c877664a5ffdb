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
    if (options.partial) { // ret-data-partial, RFC 9394 4
        const auto [start, count] = options.partial->within(numbers.size());
        to.append(" PARTIAL (").append(options.partial->text).append(' ');
        to.append(count > 0 ? formatSet(numbers.sliced(start, count)) : QByteArray("NIL")).append(')');
    }
    if (answer.modseq > 0)
        to.append(" MODSEQ ").append(QByteArray::number(answer.modseq));
    to.append("\r\n");
}

std::vector<qsizetype> namedBy(const SearchReturn &options, const std::vector<qsizetype> &found)
{
    if (found.empty() || options.all || options.count || (!options.min && !options.max && !options.partial))
        return found;
    std::vector<qsizetype> named;
    if (options.partial)
        named = options.partial->of(found);
    const auto add = [&named](qsizetype index) {
        if (!std::ranges::contains(named, index))
            named.push_back(index);
    };
    if (options.min)
        add(found.front());
    if (options.max)
        add(found.back());
    return named;
}

qint64 modseqOf(const store::View &view, const std::vector<qsizetype> &messages)
{
    qint64 highest = 0;
    for (const qsizetype index : messages)
        highest = std::max(highest, view.at(index).modseq);
    return highest;
}

} // namespace imap
