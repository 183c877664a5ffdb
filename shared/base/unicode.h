// Unicode operations mail needs, done by ICU: validity, NFC, case folding, and the PRECIS profiles for names and
// passwords. Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace unicode {

[[nodiscard]] bool isValidUtf8(QByteArrayView text);

[[nodiscard]] QString nfc(const QString &text);
[[nodiscard]] QByteArray nfc(QByteArrayView utf8); // input must be valid UTF-8

// Simple search and comparison: compatibility decomposition, full case folding.
[[nodiscard]] QString foldCase(const QString &text);

// Passwords: RFC 8265 4.2 OpaqueString. Non-ASCII spaces become U+0020, NFC, no controls, not empty.
[[nodiscard]] Result<QByteArray> opaqueString(QByteArrayView utf8);

// The text without control characters and direction overrides, cut at `longest` characters, for display and logs.
[[nodiscard]] QString printable(QString text, qsizetype longest = 200);

} // namespace unicode
