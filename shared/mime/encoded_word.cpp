#include "shared/mime/encoded_word.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/base/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace mime {

namespace {

constexpr char kPrefix[] = "=?UTF-8?Q?";
constexpr qsizetype kRoom = kLongestEncodedWord - 12;                  // without =?UTF-8?Q? and ?=
constexpr CharClass kPlain = kAlpha | kDigit | CharClass::of("!*+-/"); // RFC 2047 5 (3): safe in phrases too
constexpr CharClass kToken = kVisible.without("()<>@,;:\\\"/[]?.=");   // RFC 2047 2
constexpr CharClass kEncodedText = kVisible.without("?");
constexpr qsizetype kLongestCharset = 60; // with a language behind it
constexpr CharClass kPrintable = CharClass::range(0x20, 0x7e);

QByteArray qEncoded(QByteArrayView character)
{
    QByteArray result;
    for (const char c : character) {
        if (c == ' ')
            result.append('_');
        else if (kPlain.contains(c))
            result.append(c);
        else
            result.append('=').append(QByteArray(1, c).toHex().toUpper());
    }
    return result;
}

// One UTF-8 character; its length is told by the first byte.
qsizetype characterLength(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

std::optional<QByteArray> fromQuoted(QByteArrayView text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '_') {
            result.append(' ');
        } else if (text[i] != '=') {
            result.append(text[i]);
        } else {
            const auto byte = encoding::fromHex(text.sliced(i + 1, std::min<qsizetype>(2, text.size() - i - 1)));
            if (!byte || byte->size() != 1)
                return {};
            result.append(*byte);
            i += 2;
        }
    }
    return result;
}

// Padding is left out by many writers, and nothing is lost by reading those.
std::optional<QByteArray> fromLenientBase64(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

std::optional<QString> fromCharset(const QByteArray &bytes, const QByteArray &charset)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset.constData(), &status);
    if (U_FAILURE(status))
        return {};
    const icu::UnicodeString text(bytes.constData(), static_cast<int32_t>(bytes.size()), converter, status);
    ucnv_close(converter);
    if (U_FAILURE(status))
        return {};
    return QString(reinterpret_cast<const QChar *>(text.getBuffer()), text.length());
}

// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="     RFC 2047 2, RFC 2231 5
std::optional<QString> takeWord(Cursor &in)
{
    Cursor word{in.rest()};
    word.expectIgnoreCase("=?");
    QByteArray charset = word.expectWhile(kToken, 1, kLongestCharset, "charset").toByteArray();
    if (const qsizetype star = charset.indexOf('*'); star >= 0)
        charset.truncate(star);
    word.expect('?');
    const bool base64 = word.takeIgnoreCase("B");
    if (!base64)
        word.expectIgnoreCase("Q");
    word.expect('?');
    const auto text = word.takeWhile(kEncodedText);
    word.expectIgnoreCase("?=");
    if (word.failed())
        return {};
    const auto bytes = base64 ? fromLenientBase64(text) : fromQuoted(text);
    const auto decoded = bytes ? fromCharset(*bytes, charset) : std::nullopt;
    if (decoded)
        in.moveTo(in.position() + word.position());
    return decoded;
}

QString plainText(QByteArrayView text)
{
    return text.isValidUtf8() ? QString::fromUtf8(text) : QString::fromLatin1(text);
}

} // namespace

QByteArray encodeWords(const QString &text)
{
    QByteArray utf8 = text.toUtf8();
    if (std::ranges::all_of(utf8, [](char c) { return kPrintable.contains(c); }) && !utf8.contains("=?"))
        return utf8;
    QByteArray result;
    QByteArray word;
    for (qsizetype at = 0; at < utf8.size();) {
        const qsizetype length = std::min(characterLength(utf8.at(at)), utf8.size() - at);
        const QByteArray next = qEncoded(QByteArrayView(utf8).sliced(at, length));
        if (word.size() + next.size() > kRoom) {
            result.append(kPrefix).append(word).append("?= ");
            word.clear();
        }
        word.append(next);
        at += length;
    }
    return result.append(kPrefix).append(word).append("?=");
}

QString decodeWords(QByteArrayView value)
{
    QString result;
    Cursor in{value};
    bool afterWord = false;
    qsizetype blankStart = 0; // of blanks that vanish if another word follows
    while (!in.atEnd()) {
        blankStart = in.position();
        in.takeWhile(CharClass::of(" \t\r\n"));
        const auto blanks = in.since(blankStart);
        if (const auto word = takeWord(in)) {
            if (!afterWord)
                result.append(plainText(blanks));
            result.append(*word);
            afterWord = true;
            continue;
        }
        result.append(plainText(blanks));
        const qsizetype start = in.position();
        in.takeBytes(1);
        while (!in.atEnd() && !QByteArrayView(" \t\r\n=").contains(in.peek()))
            in.takeBytes(1);
        result.append(plainText(in.since(start)));
        afterWord = in.position() == start && afterWord;
    }
    return result;
}

} // namespace mime
