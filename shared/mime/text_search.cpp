#include "shared/mime/text_search.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"
#include "shared/base/unicode.h"
#include "shared/mime/address_list.h"
#include "shared/mime/charset.h"
#include "shared/mime/encoded_word.h"

namespace mime {

namespace {

bool isText(const Part &part) { return !part.isMultipart() && !part.isMessage() && part.contentType.type == "text"; }

// A text part's bytes without their transfer encoding. `hold` keeps them if they had to be decoded.
std::optional<QByteArrayView> partBytes(QByteArrayView message, const Part &part, QByteArray &hold)
{
    const QByteArrayView raw = message.sliced(part.bodyStart, part.bodyEnd - part.bodyStart);
    if (part.encoding == "7BIT" || part.encoding == "8BIT" || part.encoding == "BINARY" || part.encoding.isEmpty())
        return raw;
    auto decoded = decodeTransfer(raw, part.encoding);
    if (!decoded)
        return {};
    hold = std::move(*decoded);
    return hold;
}

bool isPlainAscii(const Part &part, QByteArrayView decoded)
{
    return part.contentType.subtype != "html" && isAsciiCompatible(part.contentType.parameter("charset")) &&
           bytes::isAscii(decoded);
}

QString partText(const Part &part, QByteArrayView decoded)
{
    const QString text = toText(decoded, part.contentType.parameter("charset"));
    return part.contentType.subtype == "html" ? withoutTags(text) : text;
}

// Calls part(each) for every part, the root first, until it returns true.
template<class F>
bool anyPart(const Part &root, F part)
{
    std::vector<const Part *> open{&root};
    while (!open.empty()) {
        const Part &each = *open.back();
        open.pop_back();
        if (part(each))
            return true;
        for (const Part &child : each.children)
            open.push_back(&child);
    }
    return false;
}

bool holdsAddresses(QByteArrayView name)
{
    static constexpr std::array kNames = {"From", "To", "Cc", "Bcc", "Sender", "Reply-To"};
    return std::ranges::any_of(kNames, [name](const char *each) { return bytes::equalsIgnoreCase(name, each); });
}

// Whether an address in it may be written otherwise than local-part@domain.
bool mayHideAddress(QByteArrayView value)
{
    static constexpr CharClass kBlank = CharClass::of(" \t");
    static constexpr CharClass kSuspect = CharClass::of("(\"\\:");
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (kSuspect.contains(value[i]))
            return true;
        if (value[i] == '@' &&
            ((i > 0 && kBlank.contains(value[i - 1])) || (i + 1 < value.size() && kBlank.contains(value[i + 1]))))
            return true;
    }
    return false;
}

QByteArray headerLine(const HeaderField &field) { return field.name.toByteArray() + ": " + searchedValue(field); }

} // namespace

TextSearch::TextSearch(const QString &text)
    : m_folded(unicode::foldCase(text))
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
    return std::ranges::any_of(header.fields(),
                               [this](const HeaderField &field) { return inHeaderValue(headerLine(field)); });
}

// A part's own header, and its text if it is text.
bool TextSearch::inPart(QByteArrayView message, const Part &part) const
{
    if (!isText(part))
        return false;
    QByteArray hold;
    const auto decoded = partBytes(message, part, hold);
    if (!decoded)
        return false;
    if (isPlainAscii(part, *decoded))
        return !m_ascii.isEmpty() && bytes::indexOfIgnoreCase(*decoded, m_ascii) >= 0;
    return inText(partText(part, *decoded));
}

bool TextSearch::inBody(QByteArrayView message, const Part &root) const
{
    if (isEmpty())
        return true;
    return anyPart(root, [&](const Part &part) {
        return inPart(message, part) || (&part != &root && part.bodyStart > part.headerStart &&
                                         inHeader(message.sliced(part.headerStart, part.bodyStart - part.headerStart)));
    });
}

QByteArray searchedValue(const HeaderField &field)
{
    QByteArray value = field.value();
    if (!holdsAddresses(field.name) || !mayHideAddress(value))
        return value;
    QByteArray more;
    const auto list = parseAddressList(value);
    for (const ListedAddress &each : list) {
        const QByteArray address = each.domain.isEmpty() ? each.localpart : each.localpart + '@' + each.domain;
        if (each.kind == ListedAddress::Kind::Mailbox && bytes::indexOfIgnoreCase(value, address) < 0)
            more.append('\n').append(address);
    }
    return value.append(more);
}

QByteArray foldedValue(QByteArrayView value)
{
    if (bytes::isAscii(value) && value.indexOf("=?") < 0)
        return bytes::toLower(value);
    return unicode::foldCase(decodeWords(value)).toUtf8();
}

QByteArray searchableHeader(QByteArrayView section)
{
    QByteArray text;
    const HeaderList header(section);
    for (const HeaderField &field : header.fields())
        text.append(foldedValue(headerLine(field))).append('\n');
    return text;
}

SearchableText searchableText(QByteArrayView message, qsizetype most)
{
    const Part root = parseMessage(message);
    SearchableText result;
    anyPart(root, [&](const Part &part) {
        if (part.bodyStart > part.headerStart)
            result.utf8.append(searchableHeader(message.sliced(part.headerStart, part.bodyStart - part.headerStart)));
        QByteArray hold;
        const auto decoded = isText(part) ? partBytes(message, part, hold) : std::nullopt;
        if (decoded && isPlainAscii(part, *decoded))
            result.utf8.append(bytes::toLower(*decoded)).append('\n');
        else if (decoded)
            result.utf8.append(unicode::foldCase(partText(part, *decoded)).toUtf8()).append('\n');
        result.complete = result.utf8.size() <= most;
        return !result.complete;
    });
    if (!result.complete)
        result.utf8.truncate(most);
    return result;
}

} // namespace mime
