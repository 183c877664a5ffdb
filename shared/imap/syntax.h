// The pieces IMAP commands are made of (RFC 9051 9), read at a Cursor over a whole command (literals in place). Pure.
#pragma once

#include "shared/base/cursor.h"

#include <QByteArray>
#include <QList>

namespace imap {

// astring = 1*ASTRING-CHAR / string
[[nodiscard]] QByteArray readAString(Cursor &in);
[[nodiscard]] QByteArray readString(Cursor &in);
// literal8 = "~{" number64 ["+"] "}" CRLF *OCTET
[[nodiscard]] QByteArray readLiteral8(Cursor &in);
[[nodiscard]] QByteArray readAtom(Cursor &in, const char *what);
// list-mailbox: like astring, with "%" and "*"
[[nodiscard]] QByteArray readPattern(Cursor &in);
// flag-list = "(" [flag *(SP flag)] ")"; also without parentheses where the grammar allows it
[[nodiscard]] QList<QByteArray> readFlags(Cursor &in, bool parenthesesOptional);
// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE; milliseconds since 1970
[[nodiscard]] qint64 readDateTime(Cursor &in);
// date = 1*2DIGIT "-" month "-" 4DIGIT, quoted or not; days since 1970-01-01
[[nodiscard]] int readDate(Cursor &in);

// "24-Nov-2026 08:32:20 +0000"
[[nodiscard]] QByteArray formatDateTime(qint64 unixMilliseconds);

} // namespace imap
