#include "shared/base/cursor.h"

#include "shared/base/bytes.h"

namespace {

constexpr qsizetype kMostDigits = 20; // of the largest 64-bit number

} // namespace

bool Cursor::take(char c)
{
    if (atEnd() || m_text[m_position] != c)
        return false;
    ++m_position;
    return true;
}

bool Cursor::take(QByteArrayView literal)
{
    if (!rest().startsWith(literal))
        return false;
    m_position += literal.size();
    return true;
}

bool Cursor::takeIgnoreCase(QByteArrayView literal)
{
    if (!bytes::startsWithIgnoreCase(rest(), literal))
        return false;
    m_position += literal.size();
    return true;
}

QByteArrayView Cursor::takeWhile(const CharClass &set, qsizetype max)
{
    const QByteArrayView left = rest();
    qsizetype length = 0;
    while (length < left.size() && length < max && set.contains(left[length]))
        ++length;
    m_position += length;
    return left.first(length);
}

QByteArrayView Cursor::takeBytes(qsizetype count)
{
    const QByteArrayView left = rest();
    if (count < 0 || left.size() < count)
        return {};
    m_position += count;
    return left.first(count);
}

void Cursor::expect(char c)
{
    if (take(c))
        return;
    if (c == ' ' && atEnd())
        fail(QStringLiteral("an argument is missing"));
    else
        fail(QStringLiteral("expected %1 at %2").arg(quoted(QByteArrayView(&c, 1)), quoted(rest())));
}

void Cursor::expectIgnoreCase(QByteArrayView literal)
{
    if (!takeIgnoreCase(literal))
        fail(QStringLiteral("expected %1 at %2").arg(quoted(literal), quoted(rest())));
}

QByteArrayView Cursor::expectWhile(const CharClass &set, qsizetype min, qsizetype max, const char *what)
{
    const QByteArrayView taken = takeWhile(set, max);
    if (min < max && taken.size() == max && !atEnd() && set.contains(peek())) { // of a fixed length more may follow
        fail(QStringLiteral("%1 is longer than %2 bytes").arg(QLatin1StringView(what)).arg(max));
        return {};
    }
    if (taken.size() >= min)
        return taken;
    fail(QStringLiteral("expected %1 at %2").arg(QLatin1StringView(what), quoted(rest())));
    return {};
}

quint64 Cursor::number(quint64 min, quint64 max, const char *what)
{
    const QByteArrayView digits = expectWhile(kDigit, 1, kMostDigits, what);
    quint64 value = 0;
    for (const char c : digits) {
        const auto digit = static_cast<quint64>(c - '0');
        if (value > (std::numeric_limits<quint64>::max() - digit) / 10) {
            fail(QStringLiteral("%1 is too large").arg(QLatin1StringView(what)));
            return 0;
        }
        value = value * 10 + digit;
    }
    if (m_failed)
        return 0;
    if (value < min || value > max) {
        fail(QStringLiteral("%1 must be %2 to %3").arg(QLatin1StringView(what)).arg(min).arg(max));
        return 0;
    }
    return value;
}

void Cursor::fail(const QString &text)
{
    if (m_failed)
        return;
    m_error = Error{.kind = ErrorKind::Syntax, .text = text, .publicText = text, .code = {}, .hint = {}, .path = {}};
    m_failed = true;
}

void Cursor::failAtLeftOver() { fail(QStringLiteral("unexpected %1").arg(quoted(rest()))); }

QString quoted(QByteArrayView text)
{
    if (text.isEmpty())
        return QStringLiteral("end of input");
    constexpr qsizetype kLongest = 40;
    QString result = QStringLiteral("\"");
    for (const char c : text.first(std::min(text.size(), kLongest))) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f)
            result += QLatin1Char(c);
        else
            result += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    }
    return result + (text.size() > kLongest ? QStringLiteral("…\"") : QStringLiteral("\""));
}

Result<quint64> parseNumber(QByteArrayView text, quint64 min, quint64 max)
{
    Cursor in{text};
    const quint64 value = in.number(min, max);
    return in.finish(value);
}
