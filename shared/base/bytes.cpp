#include "shared/base/bytes.h"

#include <charconv>

namespace bytes {

bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

bool startsWithIgnoreCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size() && equalsIgnoreCase(text.first(prefix.size()), prefix);
}

bool endsWithIgnoreCase(QByteArrayView text, QByteArrayView suffix)
{
    return text.size() >= suffix.size() && equalsIgnoreCase(text.last(suffix.size()), suffix);
}

qsizetype indexOfIgnoreCase(QByteArrayView text, QByteArrayView needle, qsizetype from)
{
    if (needle.isEmpty())
        return from <= text.size() ? from : -1;
    const char first = lower(needle[0]);
    for (qsizetype i = from; i + needle.size() <= text.size(); ++i) {
        if (lower(text[i]) == first && equalsIgnoreCase(text.sliced(i, needle.size()), needle))
            return i;
    }
    return -1;
}

QByteArray toLower(QByteArrayView text)
{
    QByteArray result = text.toByteArray();
    for (char &c : result)
        c = lower(c);
    return result;
}

QByteArray toUpper(QByteArrayView text)
{
    QByteArray result = text.toByteArray();
    for (char &c : result)
        c = upper(c);
    return result;
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && blank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && blank(text.back()))
        text.chop(1);
    return text;
}

bool isAscii(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void appendNumber(QByteArray &to, quint64 number)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    to.append(digits.data(), end - digits.data());
}

bool equalConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

} // namespace bytes
