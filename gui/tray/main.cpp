// postroom-tray: what `postroom --tray` runs: the monitor in the panel, without a QML engine, so that it may stay for
// ever.
//
//   postroom-tray [--socket PATH] [--icons DIR]
//
// One for each user and server: a second one ends at once. --icons writes the icons of the theme into a folder and
// ends.
#include "gui/tray/monitor.h"
#include "shared/ipc/socket_path.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QLocale>
#include <QLockFile>
#include <QSettings>
#include <QStandardPaths>
#include <QTranslator>

namespace {

int writeIcons(const QString &folder)
{
    using gui::TrayState;
    for (const TrayState state : {TrayState::Fine, TrayState::Busy, TrayState::Held, TrayState::Attention,
                                  TrayState::Trouble, TrayState::Unreachable}) {
        QFile file(QDir(folder).filePath(gui::trayIconName(state) + QStringLiteral(".svg")));
        if (!file.open(QIODevice::WriteOnly) || file.write(gui::traySvg(state)) < 0)
            return 1;
    }
    return 0;
}

QString lockPath(const QString &socket)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return QStringLiteral("%1/postroom-tray-%2.lock").arg(folder).arg(qHash(socket, 0), 0, 16);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postroom-tray"));
    QCoreApplication::setApplicationVersion(QStringLiteral(POSTROOM_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.postroom.Monitor"));
    QApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The state of the mail server in the panel, and notifications."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(
        {{QStringLiteral("tray"), QStringLiteral("Ignored: said by postroom --tray.")},
         {QStringLiteral("socket"), QStringLiteral("Control socket of the server."), QStringLiteral("path")},
         {QStringLiteral("icons"), QStringLiteral("Write the icons into a folder and end."),
          QStringLiteral("folder")}});
    parser.process(application);
    if (parser.isSet(QStringLiteral("icons")))
        return writeIcons(parser.value(QStringLiteral("icons")));

    const QSettings preferences(QStringLiteral("postroom"), QStringLiteral("window"));
    const QString chosen = preferences.value(QStringLiteral("language")).toString();
    const QString language = (chosen.isEmpty() ? QLocale::system().name() : chosen).section(u'_', 0, 0);
    QTranslator words;
    if (words.load(QStringLiteral(":/i18n/postroom_%1.qm").arg(language)) ||
        words.load(QStringLiteral(":/i18n/postroom_en.qm")))
        QCoreApplication::installTranslator(&words);

    const QString socket = parser.value(QStringLiteral("socket"));
    QLockFile lock(lockPath(socket));
    if (!lock.tryLock())
        return 0;
    const gui::Monitor monitor(ipc::socketPaths(socket));
    return QApplication::exec();
}
