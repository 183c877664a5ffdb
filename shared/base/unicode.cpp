#include "shared/base/unicode.h"

#include <QStringDecoder>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace unicode {

namespace {

icu::UnicodeString toIcu(const QString &text)
{
    return icu::UnicodeString(reinterpret_cast<const char16_t *>(text.utf16()), static_cast<int32_t>(text.size()));
}

QString fromIcu(const icu::UnicodeString &text) { return QString::fromUtf16(text.getBuffer(), text.length()); }

} // namespace

bool isValidUtf8(QByteArrayView text) { return text.isValidUtf8(); }

QString nfc(const QString &text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *normalizer = icu::Normalizer2::getNFCInstance(status);
    const icu::UnicodeString source = toIcu(text);
    if (normalizer->isNormalized(source, status))
        return text;
    return fromIcu(normalizer->normalize(source, status));
}

QByteArray nfc(QByteArrayView utf8)
{
    if (std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return utf8.toByteArray();
    return nfc(QString::fromUtf8(utf8)).toUtf8();
}

QString foldCase(const QString &text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return fromIcu(normalizer->normalize(toIcu(text), status));
}

Result<QByteArray> opaqueString(QByteArrayView utf8)
{
    if (!isValidUtf8(utf8))
        return failure(ErrorKind::Syntax, QStringLiteral("password is not UTF-8"));
    QString mapped;
    for (const char32_t c : QString::fromUtf8(utf8).toUcs4()) {
        if (u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR ||
            u_charType(static_cast<UChar32>(c)) == U_UNASSIGNED)
            return failure(ErrorKind::Syntax, QStringLiteral("password contains a character that is not allowed"));
        const bool otherSpace = c != U' ' && u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
        mapped += QChar::fromUcs4(otherSpace ? U' ' : c);
    }
    if (mapped.isEmpty())
        return failure(ErrorKind::Syntax, QStringLiteral("password is empty"));
    return nfc(mapped).toUtf8();
}

QString printable(QString text, qsizetype longest)
{
    text.removeIf([](QChar c) {
        const char16_t code = c.unicode();
        const bool direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
        return c.category() == QChar::Other_Control || direction;
    });
    return text.size() > longest ? text.left(longest) + QChar(0x2026) : text;
}

} // namespace unicode
