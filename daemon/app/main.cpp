// postroomd: the mail server. See --help for its commands.
#include "daemon/app/local.h"
#include "daemon/core/failpoint.h"
#include "daemon/core/shutdown.h"

#include "shared/base/cursor.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

namespace {

constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;
constexpr int kExitBroken = 75; // EX_TEMPFAIL: storage failed, a restart may help

int complain(const Error &error)
{
    std::fprintf(stderr, "postroomd: %s\n", qUtf8Printable(error.text));
    if (!error.hint.isEmpty())
        std::fprintf(stderr, "  hint: %s\n", qUtf8Printable(error.hint));
    return kExitRefused;
}

void say(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
    std::fflush(stdout);
}

int runServer(QCoreApplication &application, const app::ServerOptions &options)
{
    core::Signals signalSource;
    auto server = app::Server::start(options);
    if (!server)
        return complain(server.error());
    (*server)->fatal = [](const Error &error) {
        std::fprintf(stderr, "postroomd: storage failed, stopping: %s\n", qUtf8Printable(error.text));
        _exit(kExitBroken);
    };
    QSocketNotifier notifier(signalSource.descriptor(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, [&] {
        if (signalSource.next())
            application.quit();
    });
    if (options.local)
        say(app::endpointTable(**server, options));
    say("ready\n");
    core::notifySystemd("READY=1");
    QCoreApplication::exec();
    core::notifySystemd("STOPPING=1");
    server->reset();
    return 0;
}

int runVerify(const QString &folder)
{
    const auto db = db::Database::open(folder + QStringLiteral("/postroom.db"), db::Database::Mode::Read);
    if (!db)
        return complain(db.error());
    const auto problems = store::verify(**db);
    if (!problems)
        return complain(problems.error());
    for (const QString &problem : *problems)
        std::printf("%s\n", qUtf8Printable(problem));
    std::printf(problems->isEmpty() ? "clean\n" : "%lld problems\n", static_cast<long long>(problems->size()));
    return problems->isEmpty() ? 0 : kExitRefused;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postroomd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(POSTROOM_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Mail server for homes and small offices.\n\nCommands:\n"
                       "  local    a private playground on loopback: no DNS, no root, nothing leaves the machine\n"
                       "  serve    the real server; its settings are made with postroomctl or the control app\n"
                       "  verify   check a state folder while no server runs on it"));
    const QCommandLineOption folder({QStringLiteral("state-dir"), QStringLiteral("dir")},
                                    QStringLiteral("Folder of the database and keys."), QStringLiteral("DIR"));
    const QCommandLineOption offset(QStringLiteral("port-offset"),
                                    QStringLiteral("Added to the standard ports (1000)."), QStringLiteral("N"),
                                    QStringLiteral("1000"));
    const QCommandLineOption strict(QStringLiteral("strict"),
                                    QStringLiteral("Accept only hosted domains and known recipients."));
    const QCommandLineOption fresh(QStringLiteral("fresh"), QStringLiteral("Start without domain and accounts."));
    const QCommandLineOption level(QStringLiteral("log-level"),
                                   QStringLiteral("trace, debug, info, warn or error (info)."), QStringLiteral("LEVEL"),
                                   QStringLiteral("info"));
    const QCommandLineOption json(QStringLiteral("log-json"), QStringLiteral("Log JSON lines."));
    const QCommandLineOption zone(
        QStringLiteral("zone"),
        QStringLiteral("local: JSON file of the DNS names that exist; outgoing mail follows it."),
        QStringLiteral("FILE"));
    const QCommandLineOption outPort(QStringLiteral("smtp-out-port"),
                                     QStringLiteral("Port of other mail servers (25)."), QStringLiteral("N"),
                                     QStringLiteral("25"));
    const QCommandLineOption control(QStringLiteral("control-socket"),
                                     QStringLiteral("Path of the control socket (run/control.sock in DIR)."),
                                     QStringLiteral("PATH"));
    const QCommandLineOption certificate(
        QStringLiteral("certificate"),
        QStringLiteral("serve: certificate chain in PEM, instead of one of our own authority."),
        QStringLiteral("FILE"));
    const QCommandLineOption key(QStringLiteral("key"), QStringLiteral("serve: private key of --certificate in PEM."),
                                 QStringLiteral("FILE"));
    parser.addOptions({folder, offset, strict, fresh, zone, outPort, control, certificate, key, level, json});
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("local, serve or verify"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);
    const auto least = logging::parseLevel(parser.value(level).toUtf8());
    const auto port = parseNumber(parser.value(offset).toUtf8(), 0, 60'000);
    const auto smtpOutPort = parseNumber(parser.value(outPort).toUtf8(), 1, 65'535);
    const QString command = parser.positionalArguments().value(0);
    if (!least || !port || !smtpOutPort || parser.positionalArguments().size() != 1) {
        std::fprintf(stderr, "postroomd: %s\n",
                     !least         ? qUtf8Printable(least.error().text)
                     : !port        ? "--port-offset must be 0 to 60000"
                     : !smtpOutPort ? "--smtp-out-port must be 1 to 65535"
                                    : "one command is needed: local, serve or verify (see --help)");
        return kExitUsage;
    }
    logging::setUp(*least, parser.isSet(json) ? LogFormat::Json : LogFormat::Text,
                   [](LogLevel, const QByteArray &line) {
                       const QByteArray whole = line + '\n';
                       std::ignore = ::write(STDERR_FILENO, whole.constData(), static_cast<size_t>(whole.size()));
                   });
    const auto failpoints = core::parseFailpoints(qgetenv("POSTROOM_FAILPOINT"));
    if (!failpoints) {
        std::ignore = complain(failpoints.error());
        return kExitUsage;
    }
    const QString where = parser.isSet(folder) ? QDir(parser.value(folder)).absolutePath() : app::defaultPlayground();
    if (command == QLatin1StringView("local"))
        return runServer(application, {.folder = where,
                                       .local = true,
                                       .strict = parser.isSet(strict),
                                       .fresh = parser.isSet(fresh),
                                       .portOffset = static_cast<int>(*port),
                                       .controlSocket = parser.value(control),
                                       .zoneFile = parser.value(zone),
                                       .smtpOutPort = static_cast<quint16>(*smtpOutPort),
                                       .syncDelay = failpoints->syncDelay});
    if (command == QLatin1StringView("serve")) {
        if (!parser.isSet(folder) || parser.isSet(certificate) != parser.isSet(key)) {
            std::fprintf(stderr, "postroomd: serve needs --state-dir, and --certificate and --key go together\n");
            return kExitUsage;
        }
        return runServer(application, {.folder = where,
                                       .controlSocket = parser.value(control),
                                       .smtpOutPort = static_cast<quint16>(*smtpOutPort),
                                       .certificateFile = parser.value(certificate),
                                       .keyFile = parser.value(key),
                                       .syncDelay = failpoints->syncDelay});
    }
    if (command == QLatin1StringView("verify"))
        return runVerify(where);
    std::fprintf(stderr, "postroomd: %s is not a command; there are local, serve and verify\n",
                 qUtf8Printable(command));
    return kExitUsage;
}
