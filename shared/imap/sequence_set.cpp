#include "shared/imap/sequence_set.h"

#include "shared/base/bytes.h"

namespace imap {

namespace {

quint32 readNumber(Cursor &in)
{
    return in.take('*') ? SequenceSet::kStar : static_cast<quint32>(in.number(1, 0xffffffffU, "message number"));
}

} // namespace

// sequence-set = (seq-number / seq-range) *("," (seq-number / seq-range)) / "$"     RFC 9051 9
SequenceSet readSequenceSet(Cursor &in)
{
    SequenceSet set;
    if (in.take('$')) {
        set.setSaved();
        return set;
    }
    qsizetype count = 0;
    do {
        const quint32 first = readNumber(in);
        const quint32 last = in.take(':') ? readNumber(in) : first;
        set.add(first, last);
        if (++count > kMostRanges)
            in.fail(QStringLiteral("more than %1 ranges").arg(kMostRanges));
    } while (in.take(','));
    return set;
}

QList<std::pair<quint32, quint32>> SequenceSet::resolved(quint32 largest) const
{
    QList<std::pair<quint32, quint32>> ranges;
    for (auto [first, last] : m_ranges) {
        first = first == kStar ? largest : first;
        last = last == kStar ? largest : last;
        ranges.append({std::min(first, last), std::max(first, last)});
    }
    std::ranges::sort(ranges);
    QList<std::pair<quint32, quint32>> merged;
    for (const auto &range : std::as_const(ranges)) {
        if (!merged.isEmpty() && range.first <= merged.last().second)
            merged.last().second = std::max(merged.last().second, range.second);
        else
            merged.append(range);
    }
    return merged;
}

bool SequenceSet::hasStar() const
{
    return std::ranges::any_of(m_ranges,
                               [](const auto &range) { return range.first == kStar || range.second == kStar; });
}

bool SequenceSet::isWithin(quint32 largest) const
{
    return std::ranges::all_of(m_ranges, [largest](const auto &range) {
        return std::max(range.first, range.second) <= largest && largest > 0;
    });
}

QByteArray formatSet(const QList<quint32> &numbers)
{
    QByteArray text;
    for (qsizetype i = 0; i < numbers.size();) {
        qsizetype end = i;
        while (end + 1 < numbers.size() && numbers.at(end + 1) == numbers.at(end) + 1)
            ++end;
        if (!text.isEmpty())
            text.append(',');
        bytes::appendNumber(text, numbers.at(i));
        if (end > i) {
            text.append(':');
            bytes::appendNumber(text, numbers.at(end));
        }
        i = end + 1;
    }
    return text;
}

} // namespace imap
