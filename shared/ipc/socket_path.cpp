#include "shared/ipc/socket_path.h"

#include <QFile>
#include <QStandardPaths>

namespace ipc {

QStringList socketPaths(const SocketSearch &search)
{
    if (!search.option.isEmpty())
        return {search.option};
    if (!search.environment.isEmpty())
        return {search.environment};
    return {QStringLiteral("/run/postroom/control.sock"),
            search.dataHome + QStringLiteral("/postroom/local/run/control.sock")};
}

QStringList socketPaths(const QString &option)
{
    return socketPaths({option, qEnvironmentVariable("POSTROOM_SOCKET"),
                        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)});
}

Result<void> checkSocketPath(const QString &path)
{
    constexpr qsizetype kLongest = 106; // sun_path without its end, and one that QLocalServer keeps free
    const qsizetype size = QFile::encodeName(path).size();
    if (size <= kLongest)
        return {};
    return failure(
        ErrorKind::User,
        QStringLiteral("the socket path has %1 bytes, the system allows %2: %3").arg(size).arg(kLongest).arg(path));
}

Error unreachable(const QStringList &tried, const QString &why)
{
    const QString text = QStringLiteral("no server answers at %1 (%2)").arg(tried.join(QStringLiteral(" or ")), why);
    return {.kind = ErrorKind::Closed,
            .text = text,
            .publicText = text,
            .code = QStringLiteral("unreachable"),
            .hint = QStringLiteral("start one with \"postroomd local\", or name its socket with --socket"),
            .path = {}};
}

} // namespace ipc
