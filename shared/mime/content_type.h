// Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2183), read leniently: what can't be understood is left out.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <utility>

namespace mime {

using Parameters = QList<std::pair<QByteArray, QByteArray>>; // names in lower case, values unquoted

struct ContentType
{
    QByteArray type; // lower case; empty = not understood
    QByteArray subtype;
    Parameters parameters;

    [[nodiscard]] QByteArray parameter(QByteArrayView name) const;
};

struct Disposition
{
    QByteArray kind; // lower case; empty = none
    Parameters parameters;
};

[[nodiscard]] ContentType parseContentType(QByteArrayView value);
[[nodiscard]] Disposition parseDisposition(QByteArrayView value);

// Without comments in parentheses and the blanks around.
[[nodiscard]] QByteArray withoutComments(QByteArrayView value);

} // namespace mime
