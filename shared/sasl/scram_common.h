// What the two sides of SCRAM share. Not for other folders. Any thread; values only.
#pragma once

#include "shared/base/char_class.h"

#include <QByteArray>

namespace sasl {

inline constexpr qsizetype kLongestScramMessage = 4096;
inline constexpr CharClass kPrintable = kVisible.without(","); // RFC 5802 7

// As long as the first.
[[nodiscard]] inline QByteArray exclusiveOr(QByteArray a, QByteArrayView b)
{
    for (qsizetype i = 0; i < a.size() && i < b.size(); ++i)
        a[i] = static_cast<char>(a[i] ^ b[i]);
    return a;
}

} // namespace sasl
