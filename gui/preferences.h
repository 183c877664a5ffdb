// What this person likes of the window: appearance, language, motion; kept in the user's configuration, nothing secret.
// QML's `Preferences`. GUI thread.
#pragma once

#include <QObject>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

class QQmlEngine;

namespace gui {

// Loads the translation of a language ("de", "en"; empty = the system's) and tells the engine to show it.
void showLanguage(const QString &language, QQmlEngine *engineOrNull);

class Preferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed)
    Q_PROPERTY(QString activeLanguage READ activeLanguage NOTIFY changed)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)
    Q_PROPERTY(bool monitor READ monitor WRITE setMonitor NOTIFY changed)
    Q_PROPERTY(QVariantMap wizard READ wizard WRITE setWizard NOTIFY wizardChanged)
    Q_PROPERTY(int quietFrom READ quietFrom NOTIFY changed)
    Q_PROPERTY(int quietUntil READ quietUntil NOTIFY changed)
    Q_PROPERTY(QStringList muted READ muted WRITE setMuted NOTIFY changed)
    Q_PROPERTY(bool hasTray READ hasTray CONSTANT)
public:
    explicit Preferences(QObject *parent = nullptr);

    [[nodiscard]] QString theme() const;    // "light", "dark", "" = as the system
    [[nodiscard]] QString language() const; // "en", "de", "" = as the system
    [[nodiscard]] static QString activeLanguage();
    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] bool monitor() const;       // whether the monitor starts with the session
    [[nodiscard]] QVariantMap wizard() const; // where set-up was left; empty = it is not under way
    [[nodiscard]] static bool hasTray();      // whether somebody would show a tray icon

    [[nodiscard]] int quietFrom() const; // full hours of the day; both the same = no quiet hours
    [[nodiscard]] int quietUntil() const;
    [[nodiscard]] QStringList muted() const; // categories of notifications that are not shown
    Q_INVOKABLE void setQuiet(int from, int until);
    void setMuted(const QStringList &categories);

    void setTheme(const QString &theme);
    void setLanguage(const QString &language);
    void setReducedMotion(bool reduced);
    void setMonitor(bool wanted);
    void setWizard(const QVariantMap &place);

Q_SIGNALS:
    void changed();
    void wizardChanged();

private:
    void keep(const QString &name, const QVariant &value);

    QSettings m_settings;
};

} // namespace gui
