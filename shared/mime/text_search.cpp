#include "shared/mime/text_search.h"

#include "shared/base/bytes.h"
#include "shared/base/unicode.h"
#include "shared/mime/charset.h"
#include "shared/mime/encoded_word.h"
#include "shared/mime/header_list.h"

namespace mime {

TextSearch::TextSearch(QByteArrayView utf8)
    : m_folded(unicode::foldCase(QString::fromUtf8(utf8)))
{
    const QByteArray folded = m_folded.toUtf8();
    if (bytes::isAscii(folded))
        m_ascii = folded;
}

bool TextSearch::inText(const QString &text) const { return unicode::foldCase(text).contains(m_folded); }

bool TextSearch::inHeaderValue(QByteArrayView value) const
{
    if (isEmpty())
        return true;
    if (bytes::isAscii(value) && value.indexOf("=?") < 0)
        return !m_ascii.isEmpty() && bytes::indexOfIgnoreCase(value, m_ascii) >= 0;
    return inText(decodeWords(value));
}

bool TextSearch::inHeader(QByteArrayView section) const
{
    const HeaderList header(section);
    return std::ranges::any_of(header.fields(), [this](const HeaderField &field) {
        return inHeaderValue(field.name.toByteArray() + ": " + field.value());
    });
}

// A part's own header, and its text if it is text.
bool TextSearch::inPart(QByteArrayView message, const Part &part) const
{
    if (part.isMultipart() || part.isMessage() || part.contentType.type != "text")
        return false;
    const QByteArrayView raw = message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart);
    const QByteArray charset = part.contentType.parameter("charset");
    const bool html = part.contentType.subtype == "html";
    const bool plainBytes =
        part.encoding == "7BIT" || part.encoding == "8BIT" || part.encoding == "BINARY" || part.encoding.isEmpty();
    if (plainBytes && !html && isAsciiCompatible(charset) && bytes::isAscii(raw))
        return !m_ascii.isEmpty() && bytes::indexOfIgnoreCase(raw, m_ascii) >= 0;
    const auto decoded = decodeTransfer(raw, part.encoding);
    if (!decoded)
        return false;
    if (!html && isAsciiCompatible(charset) && bytes::isAscii(*decoded))
        return !m_ascii.isEmpty() && bytes::indexOfIgnoreCase(*decoded, m_ascii) >= 0;
    const QString text = toText(*decoded, charset);
    return inText(html ? withoutTags(text) : text);
}

bool TextSearch::inBody(QByteArrayView message, const Part &root) const
{
    if (isEmpty())
        return true;
    std::vector<const Part *> open{&root};
    while (!open.empty()) {
        const Part &part = *open.back();
        open.pop_back();
        if (inPart(message, part))
            return true;
        if (&part != &root && part.bodyStart > part.headerStart &&
            inHeader(message.sliced(part.headerStart, part.bodyStart - part.headerStart)))
            return true;
        for (const Part &child : part.children)
            open.push_back(&child);
    }
    return false;
}

} // namespace mime
