#include "shared/mime/compose.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"
#include "shared/mime/encoded_word.h"

namespace mime {

namespace {

constexpr qsizetype kLongestLine = 78; // RFC 5322 2.1.1
constexpr qsizetype kLongestPlainLine = 998;
constexpr qsizetype kLongestQuotedLine = 76;                                         // RFC 2045 6.7 (5)
constexpr CharClass kAtom = kAlpha | kDigit | CharClass::of("!#$%&'*+-/=?^_`{|}~ "); // RFC 5322 3.2.3
constexpr CharClass kLiteral = CharClass::range(0x21, 0x7e).without("=");

QByteArray withoutControls(QByteArrayView value)
{
    QByteArray result = value.toByteArray();
    for (char &c : result) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return result.trimmed();
}

qsizetype longestLine(QByteArrayView text)
{
    qsizetype longest = 0;
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype end = text.indexOf('\n', start);
        longest = std::max(longest, (end < 0 ? text.size() : end) - start);
        start = end < 0 ? text.size() : end + 1;
    }
    return longest;
}

QByteArray withCrlf(QByteArrayView text)
{
    QByteArray result = text.toByteArray();
    result.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    return result.isEmpty() || result.endsWith("\r\n") ? result : result + "\r\n";
}

} // namespace

QByteArray headerField(QByteArrayView name, QByteArrayView value)
{
    QByteArray line = name.toByteArray() + ':';
    QByteArray result;
    bool first = true;
    for (const QByteArray &word : withoutControls(value).split(' ')) {
        if (word.isEmpty())
            continue;
        if (!first && line.size() + 1 + word.size() > kLongestLine) {
            result.append(line).append("\r\n");
            line.clear();
        }
        line.append(' ').append(word);
        first = false;
    }
    return result + line + "\r\n";
}

QByteArray textField(QByteArrayView name, const QString &text)
{
    return headerField(name, encodeWords(QString::fromUtf8(withoutControls(text.toUtf8()))));
}

QByteArray mailbox(const QString &displayName, const QByteArray &address)
{
    const QByteArray name = withoutControls(displayName.toUtf8());
    if (name.isEmpty())
        return '<' + address + '>';
    if (!bytes::isAscii(name) || std::ranges::all_of(name, [](char c) { return kAtom.contains(c); }))
        return encodeWords(QString::fromUtf8(name)) + " <" + address + '>';
    QByteArray text = name;
    text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + text + "\" <" + address + '>';
}

QByteArray quotedPrintable(QByteArrayView content)
{
    QByteArray result;
    for (QByteArray line : content.toByteArray().split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        qsizetype length = 0;
        for (qsizetype i = 0; i < line.size(); ++i) {
            const char c = line.at(i);
            const bool blank = (c == ' ' || c == '\t') && i + 1 < line.size(); // at the end of a line they get lost
            const QByteArray next =
                blank || kLiteral.contains(c) ? QByteArray(1, c) : '=' + QByteArray(1, c).toHex().toUpper();
            if (length + next.size() >= kLongestQuotedLine) {
                result.append("=\r\n");
                length = 0;
            }
            result.append(next);
            length += next.size();
        }
        result.append("\r\n");
    }
    if (content.isEmpty() || content.endsWith('\n'))
        result.chop(2);
    return result;
}

QByteArray textPart(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const bool plain = bytes::isAscii(utf8) && longestLine(utf8) <= kLongestLine;
    const QByteArray header = "Content-Type: text/plain; charset=" + QByteArray(plain ? "us-ascii" : "utf-8") +
                              "\r\nContent-Transfer-Encoding: " + (plain ? "7bit" : "quoted-printable") + "\r\n\r\n";
    return header + withCrlf(plain ? utf8 : quotedPrintable(utf8));
}

QByteArray part(const QByteArray &contentType, QByteArrayView content, const QByteArray &disposition)
{
    const bool plain = bytes::isAscii(content) && longestLine(content) <= kLongestPlainLine;
    QByteArray result = headerField("Content-Type", contentType);
    if (!disposition.isEmpty())
        result.append(headerField("Content-Disposition", disposition));
    result.append(headerField("Content-Transfer-Encoding", plain ? "7bit" : "8bit")).append("\r\n").append(content);
    return content.isEmpty() || content.endsWith('\n') ? result : result + "\r\n";
}

QByteArray multipart(const QByteArray &subtype, const Parameters &parameters, const QList<QByteArray> &parts,
                     const QByteArray &seed)
{
    QByteArray boundary = "=_" + seed; // "=_" can't stand in quoted-printable or base64: RFC 2045 6.7
    int number = 0;
    while (std::ranges::any_of(parts, [&](const QByteArray &each) { return each.contains("--" + boundary); }))
        boundary = "=_" + seed + '_' + QByteArray::number(++number);
    QByteArray type = "multipart/" + subtype;
    for (const auto &[name, value] : parameters)
        type.append("; ").append(name).append('=').append(value);
    QByteArray result = headerField("Content-Type", type + "; boundary=\"" + boundary + '"') + "\r\n";
    for (const QByteArray &each : parts)
        result.append("--").append(boundary).append("\r\n").append(each).append("\r\n");
    return result.append("--").append(boundary).append("--\r\n");
}

} // namespace mime
