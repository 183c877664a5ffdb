// postroomctl: manages a server over its control socket. See --help.
#include "daemon/cli/arguments.h"
#include "daemon/cli/device_key.h"
#include "daemon/cli/output.h"
#include "daemon/cli/relay.h"
#include "daemon/cli/sendmail.h"
#include "daemon/cli/submit.h"

#include "shared/ipc/client.h"
#include "shared/ipc/socket_path.h"

#include <QCoreApplication>
#include <QFile>
#include <QStandardPaths>

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

Result<cli::Outgoing> readMessage(const cli::Invocation &invocation)
{
    const auto input = readFile(QStringLiteral("-"));
    if (!input)
        return std::unexpected(input.error());
    QStringList recipients;
    const QJsonArray given = invocation.params.value(QStringLiteral("recipients")).toArray();
    for (const auto &each : given)
        recipients << each.toString();
    return cli::prepareMessage(*input, recipients, invocation.recipientsFromHeader);
}

// Without a control socket a machine that only sends has a settings file: the one named, the user's, or the system's.
QString submissionFile(cli::Invocation &invocation)
{
    const QString named = invocation.params.take(QString::fromLatin1(cli::kSettingsFlag)).toString();
    if (!named.isEmpty() || !invocation.socket.isEmpty() || qEnvironmentVariableIsSet("POSTROOM_SOCKET"))
        return named;
    for (const QString &each : {QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                                    QStringLiteral("/postroom/sendmail.json"),
                                QStringLiteral("/etc/postroom/sendmail.json")}) {
        if (QFile::exists(each))
            return each;
    }
    return {};
}

Result<void> sendBySubmission(const QString &file, const QString &from, cli::Outgoing message, QString &failures)
{
    const auto content = readFile(file);
    const auto settings = content ? cli::readSubmissionSettings(*content) : std::unexpected(content.error());
    if (!settings)
        return std::unexpected(settings.error());
    failures = settings->failures;
    for (QString &each : message.recipients) {
        if (!each.contains(u'@') && !settings->defaultRecipient.isEmpty())
            each = settings->defaultRecipient;
    }
    const QString sender = !from.isEmpty() ? from : settings->from.isEmpty() ? settings->username : settings->from;
    return cli::submit(*settings, sender, message);
}

Result<QJsonObject> sendByControl(const cli::Invocation &invocation, const cli::Outgoing &message)
{
    QJsonObject params = invocation.params;
    params.insert(QStringLiteral("recipients"), QJsonArray::fromStringList(message.recipients));
    params.insert(QStringLiteral("message"), QString::fromLatin1(message.message.toBase64()));
    auto client = ipc::BlockingClient::open(ipc::socketPaths(invocation.socket), QStringLiteral("postroomctl"));
    return client ? (*client)->call(invocation.command->method, params) : std::unexpected(client.error());
}

// What cannot be sent now is kept: programs that mail seldom look at what became of it.
Result<QJsonObject> sendMessage(cli::Invocation &invocation)
{
    const auto message = readMessage(invocation);
    if (!message)
        return std::unexpected(message.error());
    const QString file = submissionFile(invocation);
    QString failures;
    Result<QJsonObject> answer =
        QJsonObject{{QStringLiteral("recipients"), QJsonArray::fromStringList(message->recipients)}};
    if (file.isEmpty()) {
        answer = sendByControl(invocation, *message);
    } else {
        const QString from = invocation.params.value(QStringLiteral("from")).toString();
        if (auto done = sendBySubmission(file, from, *message, failures); !done)
            answer = std::unexpected(done.error());
    }
    if (answer)
        return answer;
    Error error = answer.error();
    const auto kept = cli::keepFailed(failures, *message);
    if (kept)
        error.hint = error.hint + (error.hint.isEmpty() ? QString() : QStringLiteral("; ")) +
                     QStringLiteral("the message is kept in %1").arg(*kept);
    else
        error.text = (error.text.isEmpty() ? publicText(error) : error.text) + QStringLiteral("; ") + kept.error().text;
    return failure(std::move(error));
}

Result<QJsonObject> generateKey(cli::Invocation &invocation)
{
    const QString folder = invocation.params.take(QString::fromLatin1(cli::kFolderFlag)).toString();
    const QString type = invocation.params.take(QString::fromLatin1(cli::kTypeFlag)).toString();
    const QString name = invocation.params.value(QStringLiteral("name")).toString();
    const auto made =
        cli::makeDeviceKey(name.isEmpty() ? invocation.params.value(QStringLiteral("address")).toString() : name,
                           folder.isEmpty() ? QStringLiteral(".") : folder, type == QLatin1StringView("ed25519"));
    if (!made)
        return std::unexpected(made.error());
    invocation.params.insert(QStringLiteral("certificate"), QString::fromLatin1(made->certificatePem));
    auto client = ipc::BlockingClient::open(ipc::socketPaths(invocation.socket), QStringLiteral("postroomctl"));
    const auto answer =
        client ? (*client)->call(invocation.command->method, invocation.params) : std::unexpected(client.error());
    if (!answer) {
        cli::removeFiles(*made);
        return std::unexpected(answer.error());
    }
    return cli::answerOf(*made);
}

// A certificate is a file of its own: from standard input, unless it was an option.
Result<void> addCertificate(cli::Invocation &invocation)
{
    if (invocation.params.contains(QStringLiteral("certificate")))
        return {};
    const auto input = readFile(QStringLiteral("-"));
    if (!input)
        return std::unexpected(input.error());
    invocation.params.insert(QStringLiteral("certificate"), QString::fromUtf8(*input));
    return {};
}

// A key file is named on the command line and sent as base64.
Result<void> addKeyFile(cli::Invocation &invocation)
{
    const QString field = QStringLiteral("file");
    const auto content = readFile(invocation.params.value(field).toString());
    if (!content)
        return std::unexpected(content.error());
    invocation.params.insert(field, QString::fromLatin1(content->toBase64()));
    return {};
}

// What the method gets is not all on the command line.
Result<void> completeParams(cli::Invocation &invocation)
{
    if (invocation.command->method == QLatin1StringView("tlspubkey.add"))
        return addCertificate(invocation);
    if (invocation.command->method == QLatin1StringView("devices.enrol"))
        return addKeyFile(invocation);
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
    if (invocation->command->generates() || invocation->command->method == QLatin1StringView("mail.send")) {
        const auto answer = invocation->command->generates() ? generateKey(*invocation) : sendMessage(*invocation);
        if (!answer)
            return complain(answer.error(), invocation->json);
        say(answerText(*invocation->command, *answer, invocation->json));
        return 0;
    }
    if (auto done = completeParams(*invocation); !done)
        return complain(done.error(), invocation->json);
    auto client = ipc::BlockingClient::open(ipc::socketPaths(invocation->socket), QStringLiteral("postroomctl"));
    if (!client)
        return complain(client.error(), invocation->json);
    const auto answer = (*client)->call(invocation->command->method, invocation->params);
    if (!answer)
        return complain(answer.error(), invocation->json);
    say(answerText(*invocation->command, *answer, invocation->json));
    return answer->value(QStringLiteral("ok")).toBool(true) ? 0 : kExitRefused;
}
