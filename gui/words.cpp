#include "gui/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

namespace gui {

namespace {

constexpr auto kTick = std::chrono::seconds(10);
constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

// One decimal where it tells something: "4.1 GB", "25 GB", "0 bytes".
QString sized(qint64 value)
{
    const QLocale locale;
    QString text = locale.formattedDataSize(value, 1, QLocale::DataSizeTraditionalFormat);
    if (text.section(u' ', 0, 0).size() > 4) // "716.8 MB": the decimal tells nothing
        text = locale.formattedDataSize(value, 0, QLocale::DataSizeTraditionalFormat);
    return text.replace(locale.decimalPoint() + locale.zeroDigit() + u' ', QStringLiteral(" "));
}

bool isNever(const QDateTime &at) { return !at.isValid() || at.toMSecsSinceEpoch() <= 0; }

} // namespace

Words::Words(QObject *parent)
    : QObject(parent)
    , m_now(QDateTime::currentDateTime())
{
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_now = QDateTime::currentDateTime();
        Q_EMIT nowChanged();
    });
    m_tick.start(kTick);
}

QString Words::number(qint64 value) { return QLocale().toString(value); }

QString Words::bytes(qint64 value) { return sized(value); }

QString Words::usageOf(qint64 used, qint64 quota)
{
    if (quota <= 0)
        return tr("%1, no limit").arg(sized(used));
    const QString a = sized(used);
    const QString b = sized(quota);
    const QString unit = a.section(u' ', -1);
    const bool sameUnit = unit == b.section(u' ', -1);
    return tr("%1 of %2").arg(sameUnit ? a.chopped(unit.size() + 1) : used == 0 ? number(0) : a, b);
}

QString Words::ago(const QDateTime &at, const QDateTime &now)
{
    if (isNever(at))
        return tr("never");
    const QLocale locale;
    const qint64 seconds = at.secsTo(now);
    const qint64 days = at.date().daysTo(now.date());
    const QString time = clock(at);
    if (seconds < kMinute)
        return tr("just now");
    if (seconds < kHour)
        return tr("%n min ago", nullptr, int(seconds / kMinute));
    if (days == 0)
        return tr("today %1").arg(time);
    if (days == 1)
        return tr("yesterday %1").arg(time);
    if (days < 7)
        return locale.dayName(at.date().dayOfWeek());
    return days < 100 ? tr("%n day(s) ago", nullptr, int(days)) : locale.toString(at.date(), QLocale::ShortFormat);
}

QString Words::until(const QDateTime &at, const QDateTime &now)
{
    if (isNever(at))
        return {};
    const qint64 seconds = now.secsTo(at);
    if (seconds <= 0)
        return tr("now");
    if (seconds < kHour)
        return tr("in %n min", nullptr, int((seconds + kMinute - 1) / kMinute));
    return seconds < kDay ? clock(at) : QLocale().toString(at, QLocale::ShortFormat);
}

QString Words::runningFor(qint64 seconds)
{
    if (seconds >= kDay)
        return tr("Running for %n day(s)", nullptr, int(seconds / kDay));
    if (seconds >= kHour)
        return tr("Running for %n hour(s)", nullptr, int(seconds / kHour));
    return seconds >= kMinute ? tr("Running for %n minute(s)", nullptr, int(seconds / kMinute)) : tr("Just started");
}

QString Words::clock(const QDateTime &at)
{
    const QLocale locale;
    if (locale.language() == QLocale::C) // whose short format has seconds
        return at.time().toString(QStringLiteral("HH:mm"));
    return locale.toString(at.time(), QLocale::ShortFormat);
}

QString Words::countdown(qint64 seconds)
{
    const qint64 left = std::max<qint64>(0, seconds);
    return QStringLiteral("%1:%2").arg(left / kMinute).arg(left % kMinute, 2, 10, QLatin1Char('0'));
}

QString Words::lasting(qint64 seconds)
{
    if (seconds >= 2 * kDay)
        return tr("%n day(s)", nullptr, int(seconds / kDay));
    if (seconds >= 2 * kHour)
        return tr("%n hour(s)", nullptr, int(seconds / kHour));
    return tr("%n minute(s)", nullptr, int(std::max<qint64>(1, seconds / kMinute)));
}

QString Words::when(const QDateTime &at)
{
    if (isNever(at))
        return tr("never");
    const QLocale locale;
    return tr("%1, %2").arg(locale.toString(at.date(), QStringLiteral("ddd d MMM")), clock(at));
}

QString Words::listed(const QStringList &things) { return QLocale().createSeparatedList(things); }

void Words::copy(const QString &text) { QGuiApplication::clipboard()->setText(text); }

QString Words::localpartFor(const QString &name)
{
    static const QHash<QChar, QString> spelled{
        {u'ä', QStringLiteral("ae")}, {u'ö', QStringLiteral("oe")}, {u'ü', QStringLiteral("ue")},
        {u'ß', QStringLiteral("ss")}, {u'æ', QStringLiteral("ae")}, {u'œ', QStringLiteral("oe")},
        {u'ø', QStringLiteral("o")},  {u'ł', QStringLiteral("l")},  {u'đ', QStringLiteral("d")}};
    QString plain;
    for (const QChar c : name.normalized(QString::NormalizationForm_C).toLower())
        plain += spelled.value(c, QString(c));
    QString part;
    for (const QChar c : plain.normalized(QString::NormalizationForm_KD)) {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        const bool gap = c.isSpace() || c == u'.' || c == u'-' || c == u'_';
        if (letter)
            part += c;
        else if (gap && !part.isEmpty() && !part.endsWith(u'.'))
            part += u'.';
    }
    return part.endsWith(u'.') ? part.chopped(1) : part;
}

QString Words::freeLocalpart(const QString &wanted, const QString &domain, const QStringList &taken)
{
    const auto isTaken = [&](const QString &part) { return taken.contains(part + u'@' + domain, Qt::CaseInsensitive); };
    QString part = wanted;
    for (int n = 2; !part.isEmpty() && isTaken(part); ++n)
        part = wanted + QString::number(n);
    return part;
}

} // namespace gui
