// Runs the Qt Quick Tests (tst_*.qml) of the window. $POSTROOM_SOCKET is known to them as realSocket.
#include "gui/preferences.h"

#include <QQmlContext>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(PostroomPlugin)
Q_IMPORT_QML_PLUGIN(Postroom_DaemonPlugin)
Q_IMPORT_QML_PLUGIN(Postroom_FakePlugin)

class Setup : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void applicationAvailable()
    {
        QStandardPaths::setTestModeEnabled(true);
        QQuickStyle::setStyle(QStringLiteral("Basic"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
        gui::showLanguage({}, nullptr);
    }
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->rootContext()->setContextProperty(QStringLiteral("realSocket"),
                                                  qEnvironmentVariable("POSTROOM_SOCKET"));
    }

private:
    QTemporaryDir m_home; // nobody's preferences are touched
};

QUICK_TEST_MAIN_WITH_SETUP(gui, Setup)
#include "quick_main.moc"
