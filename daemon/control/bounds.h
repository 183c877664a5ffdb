// A number of a call that must lie within bounds, such as how many entries are asked for. Any thread.
#pragma once

#include "shared/base/result.h"

namespace control {

// Nothing, or the error that says what the bounds are.
[[nodiscard]] inline Result<void> checkRange(const char *path, qint64 number, qint64 least, qint64 most)
{
    if (number >= least && number <= most)
        return {};
    const QString text = QStringLiteral("must be between %1 and %2").arg(least).arg(most);
    return failure({.kind = ErrorKind::Syntax,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("out-of-range"),
                    .hint = {},
                    .path = QLatin1StringView(path)});
}

} // namespace control
