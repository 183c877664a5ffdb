// Messages as bytes: folded header fields, text bodies in an encoding every server takes, multiparts with a boundary
// that does not occur in what it separates (RFC 5322, RFC 2045, RFC 2046). For what the server writes itself. Pure, any
// thread; what has to be random or now comes in from the caller.
#pragma once

#include "shared/mime/content_type.h"

namespace mime {

// A field with its line end. The value is a token sequence in ASCII or UTF-8 (RFC 6532), folded at blanks where a line
// would pass 78 characters; control characters become blanks, so no value can begin a field of its own.
[[nodiscard]] QByteArray headerField(QByteArrayView name, QByteArrayView value);
// Of unstructured text: encoded words where they are needed.
[[nodiscard]] QByteArray textField(QByteArrayView name, const QString &text);
// "Display name" <address>, as an address list wants it.
[[nodiscard]] QByteArray mailbox(const QString &displayName, const QByteArray &address);

[[nodiscard]] QByteArray quotedPrintable(QByteArrayView content); // RFC 2045 6.7; line ends become CRLF

// A part: its fields, an empty line, its content with a line end.
[[nodiscard]] QByteArray textPart(const QString &text); // text/plain in UTF-8 or ASCII
[[nodiscard]] QByteArray part(const QByteArray &contentType, QByteArrayView content,
                              const QByteArray &disposition = {}); // 7bit or 8bit, as the content is

// From Content-Type to the last boundary: put the message's own fields before it. `seed` makes the boundary.
[[nodiscard]] QByteArray multipart(const QByteArray &subtype, const Parameters &parameters,
                                   const QList<QByteArray> &parts, const QByteArray &seed);

} // namespace mime
