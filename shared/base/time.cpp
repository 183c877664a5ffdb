#include "shared/base/time.h"

#include "shared/base/cursor.h"

#include <array>

using namespace std::chrono;

QString toIso(Timestamp time)
{
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    const auto two = [](auto value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    QString text = QStringLiteral("%1-%2-%3T%4:%5:%6")
                       .arg(static_cast<int>(date.year()), 4, 10, QLatin1Char('0'))
                       .arg(two(static_cast<unsigned>(date.month())), two(static_cast<unsigned>(date.day())),
                            two(clock.hours().count()), two(clock.minutes().count()), two(clock.seconds().count()));
    if (clock.subseconds().count() != 0)
        text += QStringLiteral(".%1").arg(clock.subseconds().count(), 3, 10, QLatin1Char('0'));
    return text + QLatin1Char('Z');
}

// date-time = full-date "T" full-time     RFC 3339 5.6
Result<Timestamp> parseIso(QByteArrayView text)
{
    Cursor in{text};
    const auto fixed = [&in](qsizetype digits, quint64 max, const char *what) {
        const auto taken = in.expectWhile(kDigit, digits, digits, what);
        const auto value = parseNumber(taken, 0, max);
        if (!value && !in.failed())
            in.fail(QStringLiteral("%1 out of range").arg(QLatin1StringView(what)));
        return static_cast<int>(value.value_or(0));
    };
    const int yearNumber = fixed(4, 9999, "year");
    in.expect('-');
    const int monthNumber = fixed(2, 12, "month");
    in.expect('-');
    const int dayNumber = fixed(2, 31, "day");
    if (!in.takeIgnoreCase("T"))
        in.expect(' ');
    const int hour = fixed(2, 23, "hour");
    in.expect(':');
    const int minute = fixed(2, 59, "minute");
    in.expect(':');
    const int second = fixed(2, 60, "second");
    milliseconds fraction{0};
    if (in.take('.')) {
        const QByteArray digits = in.expectWhile(kDigit, 1, 9, "fraction").toByteArray().leftJustified(3, '0', true);
        fraction = milliseconds(static_cast<qint64>(parseNumber(digits).value_or(0)));
    }
    minutes offset{0};
    if (!in.takeIgnoreCase("Z")) {
        const int sign = in.take('-') ? -1 : 1;
        if (sign == 1)
            in.expect('+');
        const int offsetHours = fixed(2, 23, "offset");
        in.expect(':');
        offset = minutes(sign * (offsetHours * 60 + fixed(2, 59, "offset")));
    }
    const year_month_day date{year(yearNumber), month(static_cast<unsigned>(monthNumber)),
                              day(static_cast<unsigned>(dayNumber))};
    if (!in.failed() && !date.ok())
        in.fail(QStringLiteral("no such day"));
    if (in.failed())
        return std::unexpected(in.error());
    const Timestamp result = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + fraction - offset;
    return in.finish(result);
}

namespace {

struct Unit
{
    char letter;
    milliseconds length;
    const char *name;
};
constexpr std::array kUnits = {Unit{'d', 24h, "d"}, Unit{'h', 1h, "h"}, Unit{'m', 1min, "min"}, Unit{'s', 1s, "s"}};
constexpr milliseconds kLongestDuration = 36'500 * 24h;
constexpr quint64 kMostUnits = 10'000'000'000; // of one letter; so many days fit into milliseconds

} // namespace

QString toText(milliseconds duration)
{
    QStringList words;
    for (const auto &unit : kUnits) {
        const auto count = duration / unit.length;
        duration -= count * unit.length;
        if (count != 0)
            words << QStringLiteral("%1 %2").arg(count).arg(QLatin1StringView(unit.name));
    }
    return words.isEmpty() ? QStringLiteral("0 s") : words.join(QLatin1Char(' '));
}

// duration = 1*(1*DIGIT unit)     unit = "d" / "h" / "m" / "s"
Result<milliseconds> parseDuration(QByteArrayView text)
{
    Cursor in{text};
    milliseconds total{0};
    do {
        const auto count = static_cast<qint64>(in.number(0, kMostUnits, "duration"));
        const auto unit =
            std::ranges::find_if(kUnits, [&in](const Unit &candidate) { return in.take(candidate.letter); });
        if (unit == kUnits.end()) {
            in.fail(QStringLiteral("a duration needs a unit: d, h, m or s"));
            break;
        }
        total += count * unit->length;
        if (total > kLongestDuration)
            in.fail(QStringLiteral("a duration is at most %1 d").arg(kLongestDuration / 24h));
    } while (!in.atEnd());
    return in.finish(total);
}
