// Text parts as text: charsets by ICU, transfer encodings undone, HTML without its tags (RFC 2045 6, RFC 6657).
// Lenient: broken input gives what can be read of it. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace mime {

// In the charset if ICU knows it. Unknown, empty or US-ASCII: UTF-8 if it is valid, else Windows-1252.
[[nodiscard]] QString toText(QByteArrayView bytes, QByteArrayView charset);
// Exactly that charset, every byte of it: nothing if ICU does not know it or the bytes are not text in it.
enum class CharsetOutcome
{
    Good,
    UnknownCharset,
    NotInCharset,
};
struct CharsetText
{
    CharsetOutcome outcome = CharsetOutcome::Good;
    QString text;
};
[[nodiscard]] CharsetText toTextStrict(QByteArrayView bytes, QByteArrayView charset);
// Whether bytes below 0x80 mean ASCII in it, so that ASCII bytes need no conversion.
[[nodiscard]] bool isAsciiCompatible(QByteArrayView charset);

// BASE64, QUOTED-PRINTABLE, 7BIT, 8BIT, BINARY in any case; nothing if the encoding is another.
[[nodiscard]] std::optional<QByteArray> decodeTransfer(QByteArrayView body, QByteArrayView encoding);

// As a reader sees it: without tags, comments, scripts and styles; character references are characters; elements that
// begin a line or a cell part words, and white space of any length is one blank (HTML 4.01 9.1).
[[nodiscard]] QString withoutTags(QStringView html);

} // namespace mime
