#include "gui/preferences.h"

#include "gui/quiet_hours.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QQmlEngine>
#include <QStandardPaths>
#include <QTranslator>

namespace gui {

namespace {

constexpr auto kTrayService = "org.kde.StatusNotifierWatcher";

QString s_language = QStringLiteral("en"); // of the translation that is installed

QString autostartFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::ConfigLocation) +
           QStringLiteral("/autostart/org.postroom.Monitor.desktop");
}

} // namespace

void showLanguage(const QString &language, QQmlEngine *engineOrNull)
{
    static QTranslator *current = nullptr;
    const QString wanted = language.isEmpty() ? QLocale::system().name() : language;
    auto *next = new QTranslator(QCoreApplication::instance());
    const QString file = QStringLiteral(":/i18n/postroom_%1.qm").arg(wanted.section(u'_', 0, 0));
    const bool known = next->load(file) || next->load(QStringLiteral(":/i18n/postroom_en.qm"));
    if (current)
        QCoreApplication::removeTranslator(current);
    delete std::exchange(current, next);
    if (known)
        QCoreApplication::installTranslator(next);
    s_language = next->language().section(u'_', 0, 0);
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    if (engineOrNull) {
        engineOrNull->setUiLanguage(wanted);
        engineOrNull->retranslate();
    }
}

Preferences::Preferences(QObject *parent)
    : QObject(parent)
    , m_settings(QStringLiteral("postroom"), QStringLiteral("window"))
{}

QString Preferences::theme() const { return m_settings.value(QStringLiteral("theme")).toString(); }
QString Preferences::language() const { return m_settings.value(QStringLiteral("language")).toString(); }
QString Preferences::activeLanguage() { return s_language; }
bool Preferences::reducedMotion() const { return m_settings.value(QStringLiteral("reducedMotion"), false).toBool(); }

// An entry of the user's own wins over the one in /etc/xdg (XDG autostart specification).
bool Preferences::monitor() const
{
    QFile file(autostartFile());
    if (!file.open(QIODevice::ReadOnly))
        return QFile::exists(QStringLiteral("/etc/xdg/autostart/org.postroom.Monitor.desktop"));
    return !file.readAll().contains("Hidden=true");
}

bool Preferences::hasTray()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() && bus.interface() &&
           bus.interface()->isServiceRegistered(QLatin1StringView(kTrayService));
}

int Preferences::quietFrom() const { return notificationChoice(m_settings).quiet.from; }
int Preferences::quietUntil() const { return notificationChoice(m_settings).quiet.until; }
QStringList Preferences::muted() const { return notificationChoice(m_settings).muted; }

void Preferences::setQuiet(int from, int until)
{
    keep(QLatin1StringView(kQuietHoursSetting), QuietHours{.from = from, .until = until}.text());
}

void Preferences::setMuted(const QStringList &categories) { keep(QLatin1StringView(kMutedSetting), categories); }

void Preferences::setTheme(const QString &theme) { keep(QStringLiteral("theme"), theme); }

void Preferences::setLanguage(const QString &language)
{
    keep(QStringLiteral("language"), language);
    showLanguage(language, qmlEngine(this));
    Q_EMIT changed();
}

void Preferences::setReducedMotion(bool reduced) { keep(QStringLiteral("reducedMotion"), reduced); }

void Preferences::setMonitor(bool wanted)
{
    QDir().mkpath(QFileInfo(autostartFile()).path());
    QFile file(autostartFile());
    if (file.open(QIODevice::WriteOnly)) {
        file.write("[Desktop Entry]\nType=Application\nName=Postroom monitor\nExec=postroom --tray\nNoDisplay=true\n");
        file.write(wanted ? "X-GNOME-Autostart-enabled=true\n" : "Hidden=true\n");
    }
    Q_EMIT changed();
}

QVariantMap Preferences::wizard() const
{
    const QByteArray kept = m_settings.value(QStringLiteral("wizard")).toByteArray();
    return QJsonDocument::fromJson(kept).object().toVariantMap();
}

void Preferences::setWizard(const QVariantMap &place)
{
    m_settings.setValue(QStringLiteral("wizard"),
                        QJsonDocument(QJsonObject::fromVariantMap(place)).toJson(QJsonDocument::Compact));
    Q_EMIT wizardChanged();
}

void Preferences::keep(const QString &name, const QVariant &value)
{
    m_settings.setValue(name, value);
    Q_EMIT changed();
}

} // namespace gui
