#include "shared/imap/response.h"

#include "shared/base/bytes.h"
#include "shared/base/char_class.h"

namespace imap {

namespace {

constexpr CharClass kQuotable = CharClass::range(0x20, 0x7e) | CharClass::of("\t");
constexpr CharClass kAStringChar = kVisible.without("(){%*\"\\"); // RFC 9051 9 ASTRING-CHAR
constexpr qsizetype kLongestQuoted = 1000;

bool allOf(QByteArrayView text, const CharClass &set)
{
    return std::ranges::all_of(text, [&set](char c) { return set.contains(c); });
}

} // namespace

void appendLiteral(QByteArray &out, QByteArrayView text)
{
    out.append('{');
    bytes::appendNumber(out, static_cast<quint64>(text.size()));
    out.append("}\r\n").append(text);
}

void appendString(QByteArray &out, QByteArrayView text)
{
    if (text.size() > kLongestQuoted || !allOf(text, kQuotable)) {
        appendLiteral(out, text);
        return;
    }
    out.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out.append('\\');
        out.append(c);
    }
    out.append('"');
}

void appendNString(QByteArray &out, QByteArrayView text)
{
    if (text.isEmpty())
        out.append("NIL");
    else
        appendString(out, text);
}

void appendAString(QByteArray &out, QByteArrayView text)
{
    if (!text.isEmpty() && allOf(text, kAStringChar))
        out.append(text);
    else
        appendString(out, text);
}

} // namespace imap
