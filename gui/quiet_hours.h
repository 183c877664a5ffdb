// When the monitor keeps quiet, as somebody chose: from one full hour of the day to another, over midnight too. What is
// not told then is told at their end if it still holds. Kept with the window's preferences; pure.
#pragma once

#include <QDateTime>
#include <QSettings>

namespace gui {

struct QuietHours
{
    int from = 0;
    int until = 0; // equal to from = none

    [[nodiscard]] bool none() const { return from == until; }
    [[nodiscard]] bool contains(const QDateTime &at) const;
    [[nodiscard]] QDateTime endAfter(const QDateTime &at) const; // of those that contain it
    [[nodiscard]] QString text() const;                          // "22-7"; empty = none
};

// What it cannot read is none.
[[nodiscard]] QuietHours parseQuietHours(const QString &text);

// What the monitor may tell of, by the names in the preferences.
struct NotificationChoice
{
    QuietHours quiet;
    QStringList muted; // categories
};
[[nodiscard]] NotificationChoice notificationChoice(const QSettings &preferences);

inline constexpr auto kQuietHoursSetting = "quietHours";
inline constexpr auto kMutedSetting = "mutedNotifications";

} // namespace gui
