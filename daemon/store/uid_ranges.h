// Sets of UIDs as ascending ranges, and as the text they are kept as in the database ("1:3,7"). Any thread.
#pragma once

#include "daemon/store/view.h"

#include <QByteArrayView>

#include <span>
#include <utility>

namespace store {

using UidRange = std::pair<quint32, quint32>;

[[nodiscard]] QByteArray formatUids(std::span<const UidRange> ranges);
[[nodiscard]] std::vector<UidRange> parseUids(QByteArrayView text); // what formatUids() wrote
// UIDs without gaps become one range. `uids` ascending.
[[nodiscard]] std::vector<UidRange> rangesOf(std::span<const quint32> uids);
// Ranges that hold no other message of the view than these: UIDs that nobody has do not end one. `uids` ascending.
[[nodiscard]] std::vector<UidRange> runsIn(const View &view, std::span<const quint32> uids);
// Ascending, merged.
[[nodiscard]] std::vector<UidRange> united(std::vector<UidRange> ranges);
[[nodiscard]] std::vector<UidRange> common(std::span<const UidRange> a, std::span<const UidRange> b);
[[nodiscard]] bool contains(std::span<const UidRange> ranges, quint32 uid); // of ascending ranges
// Takes the first range away, or its first `most` UIDs. Of ranges that are not empty.
[[nodiscard]] UidRange takeFront(std::vector<UidRange> &ranges, qint64 most);
// What of the ranges the view does not have.
[[nodiscard]] std::vector<UidRange> missingFrom(const View &view, std::span<const UidRange> ranges);

} // namespace store
