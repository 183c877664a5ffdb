// Pieces of IMAP responses (RFC 9051 9): strings as quoted or literal, NIL, flags lists. Appends to the output; any
// thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace imap {

// quoted if every byte allows it, else a literal.
void appendString(QByteArray &out, QByteArrayView text);
void appendNString(QByteArray &out, QByteArrayView text); // empty = NIL
void appendLiteral(QByteArray &out, QByteArrayView text);
void appendAString(QByteArray &out, QByteArrayView text); // an atom where that is enough

} // namespace imap
