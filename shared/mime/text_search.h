// A text searched for in messages as people read them: encoded words, charsets and transfer encodings undone, case and
// compatibility forms ignored (RFC 9051 6.4.4, RFC 5255 4.2). ASCII text, which most is, is compared as bytes. Pure;
// any thread.
#pragma once

#include "shared/mime/part.h"

#include <QString>

namespace mime {

class TextSearch
{
public:
    TextSearch() = default;
    explicit TextSearch(QByteArrayView utf8);

    [[nodiscard]] bool isEmpty() const { return m_folded.isEmpty(); }
    [[nodiscard]] bool inHeaderValue(QByteArrayView value) const; // unfolded
    [[nodiscard]] bool inHeader(QByteArrayView section) const;    // any field, its name too
    [[nodiscard]] bool inBody(QByteArrayView message, const Part &root) const;

private:
    [[nodiscard]] bool inPart(QByteArrayView message, const Part &part) const;
    [[nodiscard]] bool inText(const QString &text) const;

    QString m_folded;
    QByteArray m_ascii; // the same, if it is all ASCII
};

} // namespace mime
