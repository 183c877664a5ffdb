#include "daemon/store/uid_ranges.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"

#include <algorithm>

namespace store {

QByteArray formatUids(std::span<const UidRange> ranges)
{
    QByteArray text;
    for (const auto &[first, last] : ranges) {
        if (!text.isEmpty())
            text.append(',');
        bytes::appendNumber(text, first);
        if (last != first) {
            text.append(':');
            bytes::appendNumber(text, last);
        }
    }
    return text;
}

std::vector<UidRange> parseUids(QByteArrayView text)
{
    std::vector<UidRange> ranges;
    Cursor in{text};
    do {
        const auto first = static_cast<quint32>(in.number(1, 0xffffffffU));
        const auto last = in.take(':') ? static_cast<quint32>(in.number(1, 0xffffffffU)) : first;
        if (!in.failed())
            ranges.emplace_back(first, last);
    } while (in.take(','));
    return ranges;
}

std::vector<UidRange> rangesOf(std::span<const quint32> uids)
{
    std::vector<UidRange> ranges;
    for (const quint32 uid : uids) {
        if (!ranges.empty() && ranges.back().second + 1 == uid)
            ranges.back().second = uid;
        else
            ranges.emplace_back(uid, uid);
    }
    return ranges;
}

std::vector<UidRange> runsIn(const View &view, std::span<const quint32> uids)
{
    std::vector<UidRange> runs;
    qsizetype expected = -1; // index of the message behind the last run
    for (const quint32 uid : uids) {
        if (expected >= 0 && expected < view.size() && view.at(expected).uid == uid) {
            runs.back().second = uid;
            ++expected;
            continue;
        }
        runs.emplace_back(uid, uid);
        const qsizetype index = view.lowerBound(uid);
        expected = index < view.size() && view.at(index).uid == uid ? index + 1 : -1;
    }
    return runs;
}

std::vector<UidRange> united(std::vector<UidRange> ranges)
{
    std::ranges::sort(ranges);
    std::vector<UidRange> merged;
    for (const UidRange &range : ranges) {
        if (!merged.empty() && range.first <= static_cast<quint64>(merged.back().second) + 1)
            merged.back().second = std::max(merged.back().second, range.second);
        else
            merged.push_back(range);
    }
    return merged;
}

std::vector<UidRange> common(std::span<const UidRange> a, std::span<const UidRange> b)
{
    std::vector<UidRange> both;
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const quint32 first = std::max(a[i].first, b[j].first);
        const quint32 last = std::min(a[i].second, b[j].second);
        if (first <= last)
            both.emplace_back(first, last);
        if (a[i].second < b[j].second)
            ++i;
        else
            ++j;
    }
    return both;
}

bool contains(std::span<const UidRange> ranges, quint32 uid)
{
    const auto after = std::ranges::upper_bound(ranges, uid, {}, &UidRange::first);
    return after != ranges.begin() && uid <= std::prev(after)->second;
}

UidRange takeFront(std::vector<UidRange> &ranges, qint64 most)
{
    UidRange front = ranges.front();
    if (static_cast<qint64>(front.second) - front.first + 1 <= most) {
        ranges.erase(ranges.begin());
        return front;
    }
    front.second = static_cast<quint32>(front.first + most - 1);
    ranges.front().first = front.second + 1;
    return front;
}

std::vector<UidRange> missingFrom(const View &view, std::span<const UidRange> ranges)
{
    std::vector<UidRange> missing;
    for (const auto &[first, last] : ranges) {
        quint64 next = first;
        for (qsizetype index = view.lowerBound(first); index < view.size() && view.at(index).uid <= last; ++index) {
            const quint32 uid = view.at(index).uid;
            if (uid > next)
                missing.emplace_back(static_cast<quint32>(next), uid - 1);
            next = static_cast<quint64>(uid) + 1;
        }
        if (next <= last)
            missing.emplace_back(static_cast<quint32>(next), last);
    }
    return missing;
}

} // namespace store
