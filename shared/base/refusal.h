// Errors the caller can do something about, each with a code that programs know it by. Any thread; values only.
#pragma once

#include "shared/base/result.h"

[[nodiscard]] inline Error refusal(const char *code, const QString &text, const QString &hint = {},
                                   const QString &path = {},
                                   std::source_location where = std::source_location::current())
{
    return {.kind = ErrorKind::User,
            .text = text,
            .publicText = text,
            .code = QLatin1StringView(code),
            .hint = hint,
            .path = path,
            .location = where};
}

// return refuse("not-found", …);
[[nodiscard]] inline std::unexpected<Error> refuse(const char *code, const QString &text, const QString &hint = {},
                                                   const QString &path = {},
                                                   std::source_location where = std::source_location::current())
{
    return std::unexpected(refusal(code, text, hint, path, where));
}
