// Runs the Qt Quick Tests (tst_*.qml) of the window. $POSTROOM_SOCKET is known to them as realSocket.
#include <QQmlContext>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QStandardPaths>
#include <QTranslator>
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
        if (m_plurals.load(QStringLiteral(":/i18n/postroom_en.qm")))
            QCoreApplication::installTranslator(&m_plurals);
    }
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->rootContext()->setContextProperty(QStringLiteral("realSocket"),
                                                  qEnvironmentVariable("POSTROOM_SOCKET"));
    }

private:
    QTranslator m_plurals;
};

QUICK_TEST_MAIN_WITH_SETUP(gui, Setup)
#include "quick_main.moc"
