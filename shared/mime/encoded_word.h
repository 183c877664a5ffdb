// Encoded words (RFC 2047): text in header fields that may hold ASCII only. Writer and lenient reader. Pure, any
// thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace mime {

inline constexpr qsizetype kLongestEncodedWord = 75; // RFC 2047 2

// As it is when it is printable ASCII that nobody takes for an encoded word; else encoded words of UTF-8, separated by
// single blanks, each of whole characters. Fits into phrases as well as into unstructured fields.
[[nodiscard]] QByteArray encodeWords(const QString &text);

// Words in any charset ICU knows become text; blanks between two of them vanish (RFC 2047 6.2). What is not an encoded
// word, or has a charset nobody knows, stays as it is, read as UTF-8 (RFC 6532) or else as Latin-1.
[[nodiscard]] QString decodeWords(QByteArrayView value);

} // namespace mime
