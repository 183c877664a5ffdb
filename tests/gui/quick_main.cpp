// Runs the Qt Quick Tests (tst_*.qml) of the window.
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

private:
    QTranslator m_plurals;
};

QUICK_TEST_MAIN_WITH_SETUP(gui, Setup)
#include "quick_main.moc"
