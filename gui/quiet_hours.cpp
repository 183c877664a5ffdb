#include "gui/quiet_hours.h"

namespace gui {

namespace {

constexpr int kHours = 24;

} // namespace

bool QuietHours::contains(const QDateTime &at) const
{
    const int hour = at.time().hour();
    return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
}

QDateTime QuietHours::endAfter(const QDateTime &at) const
{
    const QDateTime today(at.date(), QTime(until, 0));
    return today > at ? today : today.addDays(1);
}

QString QuietHours::text() const { return none() ? QString() : QStringLiteral("%1-%2").arg(from).arg(until); }

QuietHours parseQuietHours(const QString &text)
{
    const QStringList parts = text.split(u'-');
    bool first = false;
    bool second = false;
    const int from = parts.value(0).toInt(&first);
    const int until = parts.value(1).toInt(&second);
    const bool fine =
        parts.size() == 2 && first && second && from >= 0 && from < kHours && until >= 0 && until < kHours;
    return fine ? QuietHours{.from = from, .until = until} : QuietHours{};
}

NotificationChoice notificationChoice(const QSettings &preferences)
{
    return {.quiet = parseQuietHours(preferences.value(QLatin1StringView(kQuietHoursSetting)).toString()),
            .muted = preferences.value(QLatin1StringView(kMutedSetting)).toStringList()};
}

} // namespace gui
