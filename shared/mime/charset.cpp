#include "shared/mime/charset.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"
#include "shared/base/unicode.h"

#include <unicode/ucnv.h>

#include <array>
#include <memory>

namespace mime {

namespace {

constexpr qsizetype kLongestReference = 10; // "&#1114111;"
constexpr qsizetype kLongestTagName = 16;   // "</blockquote" and what ends it
constexpr qsizetype kLongestCharset = 59;   // ICU keeps names in 60 bytes

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// Null if ICU does not know the name. ICU would look for files of other names: they never reach it.
Converter openConverter(QByteArrayView charset)
{
    static constexpr CharClass kNameChar = kAlpha | kDigit | CharClass::of("-_.:+");
    const bool plausible = !charset.isEmpty() && charset.size() <= kLongestCharset &&
                           std::ranges::all_of(charset, [](char c) { return kNameChar.contains(c); });
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(plausible ? ucnv_open(charset.toByteArray().constData(), &status) : nullptr, &ucnv_close);
    if (U_FAILURE(status))
        converter.reset();
    return converter;
}

// False if the bytes are not text in the charset: only where the converter was told to stop there.
bool convert(UConverter *converter, QByteArrayView bytes, QString &text)
{
    std::array<char16_t, 4096> piece = {};
    const char *from = bytes.data();
    const char *const end = from + bytes.size();
    UErrorCode status = U_ZERO_ERROR;
    do {
        char16_t *to = piece.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, piece.data() + piece.size(), &from, end, nullptr, true, &status);
        text.append(reinterpret_cast<const QChar *>(piece.data()), to - piece.data());
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(status);
}

int hexValue(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

qsizetype behindBlanks(QByteArrayView body, qsizetype at)
{
    while (at < body.size() && (body[at] == ' ' || body[at] == '\t'))
        ++at;
    return at;
}

bool isLineEnd(QByteArrayView body, qsizetype at)
{
    return at >= body.size() || body[at] == '\n' || body.sliced(at).startsWith("\r\n");
}

// RFC 2045 6.7. What is not an escape stays as it is; blanks at the end of a line were added on the way (rule 3).
QByteArray fromQuotedPrintable(QByteArrayView body)
{
    QByteArray out;
    out.reserve(body.size());
    for (qsizetype i = 0; i < body.size(); ++i) {
        if (const qsizetype end = behindBlanks(body, i); end > i) {
            if (!isLineEnd(body, end))
                out.append(body.sliced(i, end - i));
            i = end - 1;
            continue;
        }
        if (body[i] != '=') {
            out.append(body[i]);
            continue;
        }
        if (i + 2 < body.size() && hexValue(body[i + 1]) >= 0 && hexValue(body[i + 2]) >= 0) {
            out.append(static_cast<char>(hexValue(body[i + 1]) * 16 + hexValue(body[i + 2])));
            i += 2;
            continue;
        }
        qsizetype next = behindBlanks(body, i + 1); // a soft line break, perhaps with blanks before its end
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
        Known{QLatin1StringView("amp"), u'&'},    Known{QLatin1StringView("lt"), u'<'},
        Known{QLatin1StringView("gt"), u'>'},     Known{QLatin1StringView("quot"), u'"'},
        Known{QLatin1StringView("apos"), u'\''},  Known{QLatin1StringView("nbsp"), u' '},
        Known{QLatin1StringView("euro"), u'€'},   Known{QLatin1StringView("ndash"), u'–'},
        Known{QLatin1StringView("mdash"), u'—'},  Known{QLatin1StringView("lsquo"), u'‘'},
        Known{QLatin1StringView("rsquo"), u'’'},  Known{QLatin1StringView("ldquo"), u'“'},
        Known{QLatin1StringView("rdquo"), u'”'},  Known{QLatin1StringView("bdquo"), u'„'},
        Known{QLatin1StringView("hellip"), u'…'}, Known{QLatin1StringView("bull"), u'•'},
        Known{QLatin1StringView("trade"), u'™'},  Known{QLatin1StringView("OElig"), u'Œ'},
        Known{QLatin1StringView("oelig"), u'œ'}};
    for (const Known &known : kKnown) {
        if (name == known.name)
            return QChar(known.character);
    }
    // HTML 4.01 24.2: the names of U+00A1 to U+00FF, in order.
    static constexpr std::array kLatin1 = {
        "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",
        "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",
        "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute",
        "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
        "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
        "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",
        "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute",
        "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash",
        "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};
    static_assert(kLatin1.size() == 0xff - 0xa1 + 1);
    for (size_t i = 0; i < kLatin1.size(); ++i) {
        if (name == QLatin1StringView(kLatin1[i]))
            return QChar(static_cast<char16_t>(0xa1 + i));
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

// Whether the words before and after a tag are not one word.
bool partsWords(QStringView tag)
{
    static constexpr std::array kElements = {
        "p",  "br", "div", "td", "th", "tr", "li",    "ul",    "ol",   "dl",   "dt",         "dd",  "hr",    "pre",
        "h1", "h2", "h3",  "h4", "h5", "h6", "title", "table", "body", "head", "blockquote", "img", "option"};
    qsizetype start = tag.startsWith(u"</") ? 2 : 1;
    qsizetype end = start;
    while (end < tag.size() && tag[end].isLetterOrNumber())
        ++end;
    const QStringView name = tag.sliced(std::min(start, tag.size()), end - std::min(start, end));
    return std::ranges::any_of(kElements, [name](const char *element) {
        return name.compare(QLatin1StringView(element), Qt::CaseInsensitive) == 0;
    });
}

bool isHtmlSpace(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f'; }

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
    if (!name.isEmpty() && name != "us-ascii" && name != "ascii" && name != "utf-8") {
        if (const auto converter = openConverter(name)) {
            QString text;
            convert(converter.get(), bytes, text);
            return text;
        }
    }
    if (unicode::isValidUtf8(bytes))
        return QString::fromUtf8(bytes);
    QString text;
    if (const auto converter = openConverter("windows-1252"))
        convert(converter.get(), bytes, text);
    return text;
}

CharsetText toTextStrict(QByteArrayView bytes, QByteArrayView charset)
{
    if (bytes::equalsIgnoreCase(charset, "UTF-8")) {
        if (!unicode::isValidUtf8(bytes))
            return {.outcome = CharsetOutcome::NotInCharset, .text = {}};
        return {.outcome = CharsetOutcome::Good, .text = QString::fromUtf8(bytes)};
    }
    const auto converter = openConverter(charset);
    if (!converter)
        return {.outcome = CharsetOutcome::UnknownCharset, .text = {}};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    CharsetText result;
    if (U_FAILURE(status) || !convert(converter.get(), bytes, result.text))
        result = {.outcome = CharsetOutcome::NotInCharset, .text = {}};
    return result;
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
    text.reserve(html.size() / 2);
    const auto addBlank = [&text] {
        if (!text.isEmpty() && !text.endsWith(u' '))
            text += u' ';
    };
    for (qsizetype i = 0; i < html.size();) {
        if (html[i] == u'<') {
            const qsizetype end = afterTag(html, i);
            if (partsWords(html.sliced(i, std::min<qsizetype>(end - i, kLongestTagName))))
                addBlank();
            i = end;
            continue;
        }
        if (isHtmlSpace(html[i])) {
            addBlank();
            ++i;
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
