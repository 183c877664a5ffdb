#include "shared/mime/charset.h"

#include "shared/base/bytes.h"
#include "shared/base/unicode.h"

#include <unicode/ucnv.h>

#include <array>
#include <memory>

namespace mime {

namespace {

constexpr qsizetype kLongestReference = 10; // "&#1114111;"

QString inCharset(QByteArrayView bytes, const QByteArray &charset, bool &known)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset.constData(), &status),
                                                                       &ucnv_close);
    known = U_SUCCESS(status) && converter;
    if (!known)
        return {};
    QString text;
    std::array<char16_t, 4096> piece = {};
    const char *from = bytes.data();
    const char *const end = from + bytes.size();
    do {
        char16_t *to = piece.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &to, piece.data() + piece.size(), &from, end, nullptr, true, &status);
        text.append(reinterpret_cast<const QChar *>(piece.data()), to - piece.data());
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return text;
}

int hexValue(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

// RFC 2045 6.7. What is not an escape stays as it is.
QByteArray fromQuotedPrintable(QByteArrayView body)
{
    QByteArray out;
    out.reserve(body.size());
    for (qsizetype i = 0; i < body.size(); ++i) {
        if (body[i] != '=') {
            out.append(body[i]);
            continue;
        }
        if (i + 2 < body.size() && hexValue(body[i + 1]) >= 0 && hexValue(body[i + 2]) >= 0) {
            out.append(static_cast<char>(hexValue(body[i + 1]) * 16 + hexValue(body[i + 2])));
            i += 2;
            continue;
        }
        qsizetype next = i + 1; // a soft line break, perhaps with blanks before its end
        while (next < body.size() && (body[next] == ' ' || body[next] == '\t'))
            ++next;
        if (next < body.size() && body[next] == '\r')
            ++next;
        if (next >= body.size() || body[next] == '\n')
            i = next;
        else
            out.append('=');
    }
    return out;
}

QString reference(QStringView name)
{
    struct Known
    {
        QLatin1StringView name;
        char16_t character;
    };
    static constexpr std::array kKnown = {
        Known{QLatin1StringView("amp"), u'&'},   Known{QLatin1StringView("lt"), u'<'},
        Known{QLatin1StringView("gt"), u'>'},    Known{QLatin1StringView("quot"), u'"'},
        Known{QLatin1StringView("apos"), u'\''}, Known{QLatin1StringView("nbsp"), u' '}};
    for (const Known &known : kKnown) {
        if (name == known.name)
            return QChar(known.character);
    }
    if (!name.startsWith(u'#'))
        return {};
    bool good = false;
    const bool hex = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
    const uint code = hex ? name.sliced(2).toUInt(&good, 16) : name.sliced(1).toUInt(&good, 10);
    const char32_t character = code;
    return good && code > 0 && code <= 0x10ffff ? QString::fromUcs4(&character, 1) : QString();
}

// Where a tag that starts at `open` ends, with the content of elements that hold no text.
qsizetype afterTag(QStringView html, qsizetype open)
{
    if (html.sliced(open).startsWith(QLatin1StringView("<!--"))) {
        const qsizetype end = html.indexOf(QLatin1StringView("-->"), open);
        return end < 0 ? html.size() : end + 3;
    }
    for (const auto element : {QLatin1StringView("script"), QLatin1StringView("style")}) {
        if (!html.sliced(open + 1).startsWith(element, Qt::CaseInsensitive))
            continue;
        const QString close = QStringLiteral("</") + element;
        const qsizetype end = html.indexOf(close, open, Qt::CaseInsensitive);
        open = end < 0 ? html.size() : end;
    }
    const qsizetype end = html.indexOf(u'>', open);
    return end < 0 ? html.size() : end + 1;
}

} // namespace

bool isAsciiCompatible(QByteArrayView charset)
{
    for (const char *other : {"utf-16", "utf16", "utf-32", "utf-7", "utf7", "unicode", "iso-2022", "hz", "iso-10646",
                              "ibm037", "cp037", "ebcdic"}) {
        if (bytes::startsWithIgnoreCase(charset, other))
            return false;
    }
    return true;
}

QString toText(QByteArrayView bytes, QByteArrayView charset)
{
    const QByteArray name = bytes::toLower(charset);
    if (!name.isEmpty() && name != "us-ascii" && name != "ascii" && name != "utf-8" && name.size() < 60 &&
        !name.contains('\0')) {
        bool known = false;
        QString text = inCharset(bytes, name, known);
        if (known)
            return text;
    }
    if (unicode::isValidUtf8(bytes))
        return QString::fromUtf8(bytes);
    bool known = false;
    return inCharset(bytes, "windows-1252", known);
}

std::optional<QByteArray> decodeTransfer(QByteArrayView body, QByteArrayView encoding)
{
    if (bytes::equalsIgnoreCase(encoding, "BASE64"))
        return QByteArray::fromBase64(
            body.toByteArray()); // lenient on purpose: RFC 2045 6.8 ignores strange characters
    if (bytes::equalsIgnoreCase(encoding, "QUOTED-PRINTABLE"))
        return fromQuotedPrintable(body);
    for (const char *identity : {"7BIT", "8BIT", "BINARY", ""}) {
        if (bytes::equalsIgnoreCase(encoding, identity))
            return body.toByteArray();
    }
    return {};
}

QString withoutTags(QStringView html)
{
    QString text;
    for (qsizetype i = 0; i < html.size();) {
        if (html[i] == u'<') {
            i = afterTag(html, i);
            continue;
        }
        if (html[i] == u'&') {
            const qsizetype end = html.sliced(i, std::min(kLongestReference, html.size() - i)).indexOf(u';');
            const QString character = end > 1 ? reference(html.sliced(i + 1, end - 1)) : QString();
            if (!character.isEmpty()) {
                text += character;
                i += end + 1;
                continue;
            }
        }
        text += html[i++];
    }
    return text;
}

} // namespace mime
