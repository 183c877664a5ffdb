#include "daemon/app/local.h"

#include <QStandardPaths>

namespace app {

namespace {

QString titleOf(const QString &kind)
{
    static const QHash<QString, QString> titles = {
        {QStringLiteral("smtp"), QStringLiteral("SMTP")},
        {QStringLiteral("submission"), QStringLiteral("Submission (STARTTLS)")},
        {QStringLiteral("submissions"), QStringLiteral("Submissions (TLS)")},
        {QStringLiteral("imap"), QStringLiteral("IMAP (STARTTLS)")},
        {QStringLiteral("imaps"), QStringLiteral("IMAPS (TLS)")},
        {QStringLiteral("metrics"), QStringLiteral("HTTP (/metrics)")},
        {QStringLiteral("https"), QStringLiteral("HTTPS")},
    };
    return titles.value(kind, kind);
}

} // namespace

QString defaultPlayground()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/postroom/local");
}

QByteArray endpointTable(const Server &server, const ServerOptions &options)
{
    QByteArray table = "Postroom playground in " + options.folder.toUtf8() + "\n\n";
    for (const api::ListenerStatus &endpoint : server.listeners()) {
        const QString address =
            endpoint.address.contains(u':') ? QStringLiteral("[%1]").arg(endpoint.address) : endpoint.address;
        if (!endpoint.open)
            continue;
        table.append("  ")
            .append(titleOf(endpoint.kind).toUtf8().leftJustified(24))
            .append(address.toUtf8())
            .append(':')
            .append(QByteArray::number(endpoint.port))
            .append('\n');
    }
    table.append("\n  control socket          ").append(server.controlSocket().toUtf8());
    table.append("\n  authority               ").append(options.folder.toUtf8()).append("/ca.pem\n");
    if (!options.fresh)
        table.append("  accounts                me@localhost, friend@localhost; password postroom-local\n");
    return table.append("\n");
}

} // namespace app
