#include "shared/mime/date.h"

#include "shared/base/bytes.h"
#include "shared/base/cursor.h"
#include "shared/mime/content_type.h"

namespace mime {

using namespace std::chrono;

namespace {

constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr CharClass kDateBlank = CharClass::of(" \t\r\n");

struct Zone
{
    const char *name;
    int hours;
};
constexpr std::array kZones = {Zone{"EDT", -4}, Zone{"EST", -5}, Zone{"CDT", -5}, Zone{"CST", -6},
                               Zone{"MDT", -6}, Zone{"MST", -7}, Zone{"PDT", -7}, Zone{"PST", -8}}; // RFC 5322 4.3

struct Parts
{
    sys_days day;
    seconds clock{0};
    minutes offset{0};
};

// zone = ("+" / "-") 4DIGIT / obs-zone
minutes readZone(Cursor &in)
{
    if (in.peek() == '+' || in.peek() == '-') {
        const int sign = in.take('-') ? -1 : 1;
        if (sign == 1)
            in.take('+');
        const auto digits = in.takeWhile(kDigit, 4);
        const int value = digits.size() == 4 ? digits.toByteArray().toInt() : 0;
        return minutes(sign * (value / 100 * 60 + value % 100));
    }
    const auto name = in.takeWhile(kAlpha, 5);
    for (const auto &zone : kZones) {
        if (bytes::equalsIgnoreCase(name, zone.name))
            return hours(zone.hours);
    }
    return minutes(0); // GMT, UT, and what nobody knows
}

// date-time = [ day-name "," ] day month year time-of-day zone     RFC 5322 3.3
Result<Parts> readDate(QByteArrayView value)
{
    const QByteArray plain = withoutComments(value);
    Cursor in{plain};
    in.takeWhile(kAlpha);
    in.takeWhile(kDateBlank | CharClass::of(",."));
    const auto dayNumber = in.number(1, 31, "day");
    in.takeWhile(kDateBlank | CharClass::of("-"));
    const QByteArrayView monthText = in.takeWhile(kAlpha);
    const int month = monthNumber(monthText.first(std::min<qsizetype>(3, monthText.size())));
    in.takeWhile(kDateBlank | CharClass::of("-."));
    const qsizetype yearStart = in.position();
    auto yearNumber = static_cast<int>(in.number(0, 9999, "year"));
    const qsizetype yearDigits = in.position() - yearStart;
    if (yearDigits == 2)
        yearNumber += yearNumber < 50 ? 2000 : 1900; // RFC 5322 4.3
    else if (yearDigits == 3)
        yearNumber += 1900;
    const year_month_day date{year(yearNumber), std::chrono::month(static_cast<unsigned>(month)),
                              day(static_cast<unsigned>(dayNumber))};
    if (in.failed() || !date.ok())
        return failure(ErrorKind::Syntax, QStringLiteral("not a date: %1").arg(quoted(value)));
    Parts parts;
    parts.day = sys_days(date);
    in.takeWhile(kDateBlank);
    if (in.atEnd())
        return parts;
    parts.clock += hours(in.number(0, 23, "hour"));
    in.take(':');
    parts.clock += minutes(in.number(0, 59, "minute"));
    if (in.take(':'))
        parts.clock += seconds(in.number(0, 60, "second"));
    in.takeWhile(kDateBlank);
    if (!in.failed())
        parts.offset = readZone(in);
    return parts;
}

} // namespace

int monthNumber(QByteArrayView name)
{
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (bytes::equalsIgnoreCase(name, kMonths[i]))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

const char *monthName(unsigned month) { return kMonths[(month - 1) % 12]; }

QByteArray formatDate(Timestamp time)
{
    const auto dayPoint = floor<days>(time);
    const year_month_day date{dayPoint};
    const hh_mm_ss clock{floor<seconds>(time - dayPoint)};
    std::array<char, 40> text = {};
    std::snprintf(text.data(), text.size(), "%s, %u %s %04d %02d:%02d:%02d +0000",
                  kDays[weekday(dayPoint).c_encoding()], static_cast<unsigned>(date.day()),
                  monthName(static_cast<unsigned>(date.month())), static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return QByteArray(text.data());
}

Result<Timestamp> parseDate(QByteArrayView value)
{
    return readDate(value).transform(
        [](const Parts &parts) { return Timestamp(parts.day + parts.clock - parts.offset); });
}

Result<sys_days> parseDateOnly(QByteArrayView value)
{
    return readDate(value).transform([](const Parts &parts) { return parts.day; });
}

} // namespace mime
