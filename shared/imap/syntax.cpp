#include "shared/imap/syntax.h"

#include "shared/base/time.h"
#include "shared/mime/date.h"

namespace imap {

using namespace std::chrono;

namespace {

constexpr CharClass kAtomChar = kVisible.without("(){%*\"\\]");   // ATOM-CHAR
constexpr CharClass kAStringChar = kVisible.without("(){%*\"\\"); // ASTRING-CHAR: "]" too
constexpr CharClass kListChar = kVisible.without("(){\"\\");      // list-char
constexpr CharClass kFlagChar = kAtomChar | CharClass::of("\\]");
constexpr qsizetype kLongestWord = 64 * 1024; // as the line it is in
constexpr qsizetype kLongestAtom = 1024;
constexpr qsizetype kLongestPattern = 4096;
constexpr qsizetype kLongestFlag = 200;
constexpr qsizetype kMostFlags = 200;        // of one message, in one command
constexpr quint64 kLargestSize = 1ULL << 40; // of a literal, as far as it is read: what is taken is CommandReader's

QByteArray readQuoted(Cursor &in)
{
    QByteArray text;
    while (!in.atEnd() && !in.take('"')) {
        if (in.take('\\') && in.peek() != '"' && in.peek() != '\\')
            in.fail(QStringLiteral("only quotes and backslashes are escaped in a quoted string"));
        const auto character = in.takeBytes(1);
        if (character == "\r" || character == "\n" || character == QByteArrayView("\0", 1))
            in.fail(QStringLiteral("line end or NUL in a quoted string"));
        text.append(character);
        if (in.atEnd())
            in.fail(QStringLiteral("quoted string without its end"));
    }
    return text;
}

QByteArray readLiteral(Cursor &in)
{
    const auto size = static_cast<qsizetype>(in.number(0, kLargestSize, "literal size"));
    in.take('+');
    in.expectIgnoreCase("}\r\n");
    const QByteArray text = in.takeBytes(size).toByteArray();
    if (text.size() != size)
        in.fail(QStringLiteral("literal is cut off"));
    return text;
}

// RFC 9051 9 CHAR8: only literal8 has NUL. What a message has is for APPEND to say.
QByteArray readText(Cursor &in)
{
    const QByteArray text = readString(in);
    if (text.contains('\0'))
        in.fail(QStringLiteral("NUL in a literal"));
    return text;
}

} // namespace

QByteArray readString(Cursor &in)
{
    if (in.take('"'))
        return readQuoted(in);
    if (!in.take('{'))
        in.fail(QStringLiteral("expected a string at %1").arg(quoted(in.rest())));
    return readLiteral(in);
}

QByteArray readLiteral8(Cursor &in)
{
    in.expectIgnoreCase("~{");
    return readLiteral(in);
}

QByteArray readAString(Cursor &in)
{
    if (in.peek() == '"' || in.peek() == '{')
        return readText(in);
    return in.expectWhile(kAStringChar | kNonAscii, 1, kLongestWord, "a word or string").toByteArray();
}

QByteArray readAtom(Cursor &in, const char *what)
{
    return in.expectWhile(kAtomChar, 1, kLongestAtom, what).toByteArray();
}

QByteArray readPattern(Cursor &in)
{
    if (in.peek() == '"' || in.peek() == '{')
        return readText(in);
    return in.expectWhile(kListChar | kNonAscii, 1, kLongestPattern, "a mailbox pattern").toByteArray();
}

QList<QByteArray> readFlags(Cursor &in, bool parenthesesOptional)
{
    QList<QByteArray> flags;
    const bool open = in.take('(');
    if (!open && !parenthesesOptional)
        in.expect('(');
    if (open && in.take(')'))
        return flags;
    do {
        const QByteArrayView flag = in.expectWhile(kFlagChar, 1, kLongestFlag, "a flag");
        if (flag.lastIndexOf('\\') > 0 || flag == "\\")
            in.fail(QStringLiteral("not a flag: %1").arg(quoted(flag)));
        flags.append(flag.toByteArray());
        if (flags.size() > kMostFlags)
            in.fail(QStringLiteral("more than %1 flags").arg(kMostFlags));
    } while (in.take(' '));
    if (open)
        in.expect(')');
    return flags;
}

qint64 readDateTime(Cursor &in)
{
    in.expect('"');
    in.take(' ');
    const auto dayNumber = in.number(1, 31, "day");
    in.expect('-');
    const int month = mime::monthNumber(in.takeWhile(kAlpha, 3));
    in.expect('-');
    const auto year = static_cast<int>(in.number(1, 9999, "year"));
    in.expect(' ');
    const auto hour = in.number(0, 23, "hour");
    in.expect(':');
    const auto minute = in.number(0, 59, "minute");
    in.expect(':');
    const auto second = in.number(0, 60, "second");
    in.expect(' ');
    const int sign = in.take('-') ? -1 : 1;
    if (sign == 1)
        in.expect('+');
    const auto zone = static_cast<int>(in.number(0, 2400, "zone"));
    in.expect('"');
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              day(static_cast<unsigned>(dayNumber))};
    if (!in.failed() && !date.ok())
        in.fail(QStringLiteral("no such date"));
    if (in.failed())
        return 0;
    const Timestamp time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) -
                           minutes(sign * (zone / 100 * 60 + zone % 100));
    return toMilliseconds(time);
}

int readDate(Cursor &in)
{
    const bool quotes = in.take('"');
    const auto dayNumber = in.number(1, 31, "day");
    in.expect('-');
    const int month = mime::monthNumber(in.takeWhile(kAlpha, 3));
    in.expect('-');
    const auto year = static_cast<int>(in.number(1, 9999, "year"));
    if (quotes)
        in.expect('"');
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              day(static_cast<unsigned>(dayNumber))};
    if (!in.failed() && !date.ok())
        in.fail(QStringLiteral("no such date"));
    return in.failed() ? 0 : static_cast<int>(sys_days(date).time_since_epoch().count());
}

QByteArray formatDateTime(qint64 unixMilliseconds)
{
    const Timestamp time = fromMilliseconds(unixMilliseconds);
    const auto dayPoint = floor<days>(time);
    const year_month_day date{dayPoint};
    const hh_mm_ss clock{floor<seconds>(time - dayPoint)};
    std::array<char, 40> text = {};
    std::snprintf(text.data(), text.size(), "\"%2u-%s-%04d %02d:%02d:%02d +0000\"", static_cast<unsigned>(date.day()),
                  mime::monthName(static_cast<unsigned>(date.month())), static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return QByteArray(text.data());
}

} // namespace imap
