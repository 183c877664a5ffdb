#include "shared/imap/partial_range.h"

namespace imap {

// partial-range = nz-number ":" nz-number / "-" nz-number ":" "-" nz-number     RFC 9394 4
PartialRange readPartialRange(Cursor &in)
{
    PartialRange range;
    const qsizetype start = in.position();
    range.fromEnd = in.take('-');
    range.first = static_cast<quint32>(in.number(1, 0xffffffffU, "a position"));
    in.expect(':');
    if (range.fromEnd)
        in.expect('-');
    range.last = static_cast<quint32>(in.number(1, 0xffffffffU, "a position"));
    if (in.failed())
        return {};
    range.text = in.since(start).toByteArray();
    if (range.last < range.first) // 500:400 is 400:500
        std::swap(range.first, range.last);
    return range;
}

std::pair<qsizetype, qsizetype> PartialRange::within(qsizetype results) const
{
    const qsizetype end = std::min<qsizetype>(last, results);
    const qsizetype count = std::max<qsizetype>(0, end - first + 1);
    if (count == 0)
        return {0, 0};
    return {fromEnd ? results - end : qsizetype(first) - 1, count};
}

} // namespace imap
