// postroom: the control app's window.
//
//   postroom [--socket PATH | --host HOST] [--page NAME [--intent WHAT[:ARGUMENT]]] [--theme light|dark] [--language
//   CODE] [--window-size WxH]
//            [--screenshot FILE]
//   postroom --tray [--socket PATH]
//
// --host meets a server on another machine by `ssh HOST postroomctl stdio`. --tray becomes postroom-tray. With
// --screenshot it shows the page, waits until it stands still, writes it as PNG and ends: for tests and documents.
#include "gui/daemon_link.h"
#include "gui/preferences.h"
#include "gui/remote_host.h"
#include "shared/ipc/socket_path.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>

#include <cstdio>
#include <cstring>

#include <unistd.h>

Q_IMPORT_QML_PLUGIN(PostroomPlugin)
Q_IMPORT_QML_PLUGIN(Postroom_DaemonPlugin)

namespace {

constexpr auto kStill = std::chrono::milliseconds(350);    // no frame for so long: it stands still
constexpr auto kLongest = std::chrono::milliseconds(8000); // then it is taken as it is

// A desktop says which font it uses; without one Qt takes whatever comes first, and Inter is better than that.
void chooseFont()
{
    const QString family = QFontInfo(QGuiApplication::font()).family();
    const bool anyFont = family.startsWith(QLatin1StringView("DejaVu")) || family.startsWith(QLatin1StringView("Noto"));
    if (!anyFont || !QFontDatabase::families().contains(QLatin1StringView("Inter")))
        return;
    QFont font(QStringLiteral("Inter"));
    font.setPointSizeF(QGuiApplication::font().pointSizeF());
    QGuiApplication::setFont(font);
}

// Owns itself until the picture is taken.
class Photographer : public QObject
{
public:
    Photographer(QQuickWindow *window, gui::DaemonLink *daemon, QString file)
        : QObject(window)
        , m_window(window)
        , m_daemon(daemon)
        , m_file(std::move(file))
    {
        m_still.setSingleShot(true);
        m_still.setInterval(kStill);
        connect(&m_still, &QTimer::timeout, this, [this] { take(); });
        connect(window, &QQuickWindow::frameSwapped, this, [this] { m_still.start(); });
        QTimer::singleShot(kLongest, this, [this] { take(); });
        m_still.start();
        m_age.start();
    }

private:
    void take()
    {
        const bool settled = m_daemon->state() != gui::DaemonLink::Connecting &&
                             (m_daemon->state() != gui::DaemonLink::Connected || m_daemon->hasData());
        if (!settled && m_age.durationElapsed() < kLongest) {
            m_still.start();
            return;
        }
        const bool saved = m_window->grabWindow().save(m_file, "PNG");
        if (!saved)
            std::fprintf(stderr, "postroom: could not write %s\n", qPrintable(m_file));
        QCoreApplication::exit(saved ? 0 : 1);
    }

    QQuickWindow *m_window;
    gui::DaemonLink *m_daemon;
    const QString m_file;
    QTimer m_still;
    QElapsedTimer m_age;
};

// The monitor must not carry a QML engine: it is another program, which takes this one's place.
int becomeMonitor(char **argv)
{
    const QByteArray path = QFileInfo(QString::fromLocal8Bit(argv[0])).canonicalPath().toLocal8Bit() + "/postroom-tray";
    const bool hasPath = std::strchr(argv[0], '/') != nullptr;
    ::execvp(hasPath ? path.constData() : "postroom-tray", argv);
    std::perror("postroom: cannot run postroom-tray");
    return 1;
}

struct Options
{
    QString socket;
    QString host;
    QString language;
    QString page;
    QString intent;
    QString theme;
    QSize size;
    QString screenshot;
};

Options parseOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The control app of the Postroom mail server."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("socket"), QStringLiteral("Control socket of the server."), QStringLiteral("path")},
        {QStringLiteral("host"), QStringLiteral("Machine of the server, reached by ssh."), QStringLiteral("host")},
        {QStringLiteral("page"),
         QStringLiteral("Page to show first: overview, people, aliases, devices, flow, trace, security, settings."),
         QStringLiteral("name")},
        {QStringLiteral("intent"), QStringLiteral("What to do there, such as add."), QStringLiteral("what")},
        {QStringLiteral("language"), QStringLiteral("en or de; else as chosen, or as the system."),
         QStringLiteral("code")},
        {QStringLiteral("tray"), QStringLiteral("Show the state in the panel instead of a window.")},
        {QStringLiteral("theme"), QStringLiteral("light or dark; else as the system."), QStringLiteral("theme")},
        {QStringLiteral("window-size"), QStringLiteral("Size of the window, such as 1024x600."),
         QStringLiteral("size")},
        {QStringLiteral("screenshot"), QStringLiteral("Write a picture of the window and end."),
         QStringLiteral("file")},
    });
    parser.process(application);
    const QStringList size = parser.value(QStringLiteral("window-size")).split(u'x');
    return {.socket = parser.value(QStringLiteral("socket")),
            .host = parser.value(QStringLiteral("host")),
            .language = parser.value(QStringLiteral("language")),
            .page = parser.value(QStringLiteral("page")),
            .intent = parser.value(QStringLiteral("intent")),
            .theme = parser.value(QStringLiteral("theme")),
            .size = size.size() == 2 ? QSize(size[0].toInt(), size[1].toInt()) : QSize(),
            .screenshot = parser.value(QStringLiteral("screenshot"))};
}

// Once the server has told what there is.
void goWhenThere(const Options &options, gui::DaemonLink &daemon, QQuickWindow &window)
{
    const auto go = [&window, options] {
        QMetaObject::invokeMethod(&window, "go", Q_ARG(QString, options.page),
                                  Q_ARG(QString, options.intent.section(u':', 0, 0)),
                                  Q_ARG(QString, options.intent.section(u':', 1)));
    };
    QObject::connect(
        &daemon, &gui::DaemonLink::statusChanged, &window, [&window, go] { QTimer::singleShot(0, &window, go); },
        Qt::SingleShotConnection);
}

void applyOptions(const Options &options, QQmlApplicationEngine &engine, QQuickWindow &window)
{
    if (auto *theme = engine.singletonInstance<QObject *>("Postroom", "Theme"); theme && !options.theme.isEmpty()) {
        const bool dark = options.theme == QLatin1StringView("dark");
        theme->setProperty("scheme", int(dark ? Qt::ColorScheme::Dark : Qt::ColorScheme::Light));
    }
    if (options.size.isValid())
        window.resize(options.size);
    if (!options.page.isEmpty())
        window.setProperty("page", options.page);
    if (auto *daemon = gui::DaemonLink::of(&engine); daemon && !options.intent.isEmpty())
        goWhenThere(options, *daemon, window);
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--tray") == 0)
            return becomeMonitor(argv);
    }
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postroom"));
    QCoreApplication::setApplicationVersion(QStringLiteral(POSTROOM_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.postroom.Control"));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    chooseFont();
    const Options options = parseOptions(application);

    const QSettings preferences(QStringLiteral("postroom"), QStringLiteral("window"));
    gui::showLanguage(options.language.isEmpty() ? preferences.value(QStringLiteral("language")).toString()
                                                 : options.language,
                      nullptr);
    std::optional<gui::RemoteHost> remote;
    if (!options.host.isEmpty())
        remote.emplace(options.host);

    QQmlApplicationEngine engine;
    QObject::connect(
        &engine, &QQmlApplicationEngine::objectCreationFailed, &application, [] { QCoreApplication::exit(1); },
        Qt::QueuedConnection);
    auto *daemon = gui::DaemonLink::of(&engine);
    daemon->open(remote ? QStringList{remote->socketPath()} : ipc::socketPaths(options.socket));
    engine.loadFromModule("Postroom", "Main");
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window)
        return 1;
    applyOptions(options, engine, *window);
    if (!options.screenshot.isEmpty())
        new Photographer(window, daemon, options.screenshot);
    return QGuiApplication::exec();
}
