#include "shared/mime/preview.h"

#include "shared/mime/charset.h"

#include <QStringList>

namespace mime {

namespace {

constexpr qsizetype kPlainBytes = 16 * 1024; // of the part, decoded, that are looked at
constexpr qsizetype kHtmlBytes = 128 * 1024; // markup comes first

// The first text part in reading order; of an alternative the plain one if it comes first, as it should. Bounded by the
// number of parts.
const Part *firstText(const Part &root)
{
    std::vector<const Part *> open{&root};
    const Part *html = nullptr;
    while (!open.empty()) {
        const Part &part = *open.back();
        open.pop_back();
        if (part.disposition.kind == "attachment")
            continue;
        if (part.children.empty() && part.contentType.type == "text") {
            if (part.contentType.subtype != "html")
                return &part;
            if (!html)
                html = &part;
        }
        for (auto child = part.children.rbegin(); child != part.children.rend(); ++child)
            open.push_back(&*child);
    }
    return html;
}

// Lines of the writer's own, up to the signature (RFC 3676 4.3).
QString ownLines(const QString &text)
{
    QString own;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        const QStringView bare = line.endsWith(u'\r') ? line.chopped(1) : line;
        if (bare == QLatin1StringView("-- "))
            break;
        if (!bare.startsWith(u'>'))
            own.append(bare).append(u'\n');
        if (own.size() > 8 * kPreviewCharacters)
            break;
    }
    return own;
}

} // namespace

QByteArray preview(QByteArrayView message, const Part &root)
{
    const Part *part = firstText(root);
    if (!part)
        return {};
    const bool html = part->contentType.subtype == "html";
    const qsizetype most = html ? kHtmlBytes : kPlainBytes;
    const QByteArrayView raw = message.sliced(part->bodyStart, part->bodyEnd - part->bodyStart);
    auto decoded = decodeTransfer(raw.first(std::min(raw.size(), 2 * most)), part->encoding);
    if (!decoded)
        return {};
    const QString text =
        toText(QByteArrayView(*decoded).first(std::min(decoded->size(), most)), part->contentType.parameter("charset"));
    QString words;
    qsizetype characters = 0;
    bool blank = false;
    for (const char32_t c : (html ? withoutTags(text) : ownLines(text)).toUcs4()) {
        if (QChar::isSpace(c) || QChar::category(c) == QChar::Other_Control) {
            blank = !words.isEmpty();
            continue;
        }
        if (QChar::category(c) == QChar::Other_Format ||
            c == 0xfffd) // direction marks, joiners, bytes that are no text
            continue;
        if (++characters + (blank ? 1 : 0) > kPreviewCharacters)
            break;
        if (std::exchange(blank, false)) {
            words.append(u' ');
            ++characters;
        }
        words.append(QChar::fromUcs4(c));
    }
    return words.toUtf8();
}

} // namespace mime
