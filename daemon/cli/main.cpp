// postroomctl: manages a server over its control socket. See --help.
#include "daemon/cli/arguments.h"
#include "daemon/cli/output.h"
#include "daemon/cli/relay.h"
#include "daemon/cli/sendmail.h"

#include "shared/ipc/client.h"
#include "shared/ipc/socket_path.h"

#include <QCoreApplication>
#include <QFile>

#include <csignal>
#include <cstdio>
#include <sysexits.h>
#include <unistd.h>

namespace {

constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;

void say(const QString &text, FILE *to = stdout)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), to);
}

int exitCode(const Error &error)
{
    if (error.code == QLatin1StringView("usage"))
        return kExitUsage;
    if (error.kind == ErrorKind::Closed)
        return EX_UNAVAILABLE;
    return error.kind == ErrorKind::Temporary ? EX_TEMPFAIL : kExitRefused;
}

int complain(const Error &error, bool asJson)
{
    if (asJson) {
        const QJsonObject object{
            {QStringLiteral("error"),
             QJsonObject{{QStringLiteral("code"), error.code},
                         {QStringLiteral("message"), error.text.isEmpty() ? publicText(error) : error.text},
                         {QStringLiteral("path"), error.path},
                         {QStringLiteral("hint"), error.hint}}}};
        say(QString::fromUtf8(json::compact(object)) + u'\n');
    } else {
        say(QStringLiteral("postroomctl: ") + cli::renderError(error), stderr);
    }
    return exitCode(error);
}

Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    const bool open =
        name == QLatin1StringView("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open)
        return failure(ErrorKind::User, QStringLiteral("cannot read %1: %2").arg(name, file.errorString()));
    return file.readAll();
}

Result<QString> readLine()
{
    QFile file;
    if (!file.open(stdin, QIODevice::ReadOnly))
        return failure(ErrorKind::User, QStringLiteral("cannot read standard input"));
    QByteArray line = file.readLine();
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return failure(ErrorKind::User, QStringLiteral("standard input has no line to read"));
    return QString::fromUtf8(line);
}

Result<void> addMessage(cli::Invocation &invocation)
{
    const auto input = readFile(QStringLiteral("-"));
    if (!input)
        return std::unexpected(input.error());
    QStringList recipients;
    const QJsonArray given = invocation.params.value(QStringLiteral("recipients")).toArray();
    for (const auto &each : given)
        recipients << each.toString();
    const auto outgoing = cli::prepareMessage(*input, recipients, invocation.recipientsFromHeader);
    if (!outgoing)
        return std::unexpected(outgoing.error());
    invocation.params.insert(QStringLiteral("recipients"), QJsonArray::fromStringList(outgoing->recipients));
    invocation.params.insert(QStringLiteral("message"), QString::fromLatin1(outgoing->message.toBase64()));
    return {};
}

QString answerText(const cli::Command &command, const QJsonObject &answer, bool asJson)
{
    // These print what other programs and `settings apply` read.
    for (const char *key : {"document", "schema"}) {
        const QJsonValue only = answer.value(QLatin1StringView(key));
        if (!asJson && answer.size() == 1 && only.isObject())
            return QString::fromUtf8(QJsonDocument(only.toObject()).toJson());
    }
    if (asJson)
        return QString::fromUtf8(json::compact(answer)) + u'\n';
    if (command.method == QLatin1StringView("verify.run") && answer.value(QStringLiteral("ok")).toBool())
        return QStringLiteral("clean, %1 checked\n").arg(answer.value(QStringLiteral("checked")).toInteger());
    return cli::render(answer);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postroomctl"));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    auto invocation = cli::parseArguments(arguments, {readFile, readLine});
    if (!invocation)
        return complain(invocation.error(), arguments.contains(QStringLiteral("--json")));
    if (invocation->help || invocation->version || invocation->man) {
        say(invocation->man       ? cli::manPage()
            : invocation->version ? QStringLiteral("postroomctl %1\n").arg(QStringLiteral(POSTROOM_VERSION))
            : invocation->command ? cli::usage(*invocation->command)
                                  : cli::usage());
        return 0;
    }
    if (invocation->relay) {
        std::signal(SIGPIPE, SIG_IGN); // a reader that went away ends the loop
        const auto done = cli::relayControl(ipc::socketPaths(invocation->socket));
        return done ? 0 : complain(done.error(), invocation->json);
    }
    if (invocation->command->method == QLatin1StringView("mail.send")) {
        if (auto done = addMessage(*invocation); !done)
            return complain(done.error(), invocation->json);
    }
    auto client = ipc::BlockingClient::open(ipc::socketPaths(invocation->socket), QStringLiteral("postroomctl"));
    if (!client)
        return complain(client.error(), invocation->json);
    const auto answer = (*client)->call(invocation->command->method, invocation->params);
    if (!answer)
        return complain(answer.error(), invocation->json);
    say(answerText(*invocation->command, *answer, invocation->json));
    return answer->value(QStringLiteral("ok")).toBool(true) ? 0 : kExitRefused;
}
