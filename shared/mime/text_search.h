// A text searched for in messages as people read them: encoded words, charsets and transfer encodings undone, case and
// compatibility forms ignored (RFC 9051 6.4.4, RFC 5255 4.2). ASCII text, which most is, is compared as bytes. Pure;
// any thread.
#pragma once

#include "shared/mime/header_list.h"
#include "shared/mime/part.h"

#include <QString>

namespace mime {

class TextSearch
{
public:
    TextSearch() = default;
    explicit TextSearch(const QString &text);
    explicit TextSearch(const char *utf8)
        : TextSearch(QString::fromUtf8(utf8))
    {}

    [[nodiscard]] bool isEmpty() const { return m_folded.isEmpty(); }
    [[nodiscard]] const QString &folded() const { return m_folded; }
    [[nodiscard]] bool inHeaderValue(QByteArrayView value) const; // unfolded
    [[nodiscard]] bool inHeader(QByteArrayView section) const;    // any field, its name too
    [[nodiscard]] bool inBody(QByteArrayView message, const Part &root) const;

private:
    [[nodiscard]] bool inPart(QByteArrayView message, const Part &part) const;
    [[nodiscard]] bool inText(const QString &text) const;

    QString m_folded;
    QByteArray m_ascii; // the same, if it is all ASCII
};

// Everything inHeader() of the message's own header and inBody() look at, folded, as UTF-8: what holds a text has all
// of its pieces (three characters, say) in here. For an index.
struct SearchableText
{
    QByteArray utf8;
    bool complete = true; // false: cut at `most` bytes
};
[[nodiscard]] SearchableText searchableText(QByteArrayView message, qsizetype most);
// The same of a header section alone.
[[nodiscard]] QByteArray searchableHeader(QByteArrayView section);
// A field's value as searches look at it. Where addresses stand in it with comments, blanks or quotes inside, a line
// for each follows with the address as ENVELOPE has it, which is what is searched in (RFC 9051 6.4.4 FROM).
[[nodiscard]] QByteArray searchedValue(const HeaderField &field);
// A field's value as inHeaderValue() compares it.
[[nodiscard]] QByteArray foldedValue(QByteArrayView value);

} // namespace mime
