#include "daemon/app/local.h"

#include "shared/crypto/certificate.h"

#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>

namespace app {

namespace {

constexpr std::chrono::days kAuthorityLife{3650};
constexpr std::chrono::days kCertificateLife{365};
constexpr std::chrono::days kRenewBefore{30};

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<void> writeFile(const QString &path, const QByteArray &bytes, bool secret)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(secret ? QFile::ReadOwner | QFile::WriteOwner
                                   : QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
        file.write(bytes);
        if (file.commit())
            return {};
    }
    return failure(ErrorKind::User, QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
}

Result<crypto::KeyAndCertificate> loadAuthority(const QDir &folder, Timestamp now)
{
    crypto::KeyAndCertificate authority{.keyPem = readFile(folder.filePath(QStringLiteral("ca-key.pem"))),
                                        .certificatePem = readFile(folder.filePath(QStringLiteral("ca.pem")))};
    if (!authority.keyPem.isEmpty() && crypto::notAfter(authority.certificatePem).value_or(Timestamp{}) > now)
        return authority;
    const auto made = crypto::makeAuthority("Postroom playground", now, kAuthorityLife);
    if (!made)
        return made;
    if (auto done = writeFile(folder.filePath(QStringLiteral("ca-key.pem")), made->keyPem, true); !done)
        return std::unexpected(done.error());
    if (auto done = writeFile(folder.filePath(QStringLiteral("ca.pem")), made->certificatePem, false); !done)
        return std::unexpected(done.error());
    QFile::remove(folder.filePath(QStringLiteral("server.pem")));
    return made;
}

} // namespace

QString defaultPlayground()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/postroom/local");
}

Result<void> loadCertificate(ServerOptions &options)
{
    const QDir folder(options.folder);
    if (!QDir().mkpath(options.folder))
        return failure(ErrorKind::User, QStringLiteral("cannot make the folder %1").arg(options.folder));
    const Timestamp now = SystemClock().now();
    const auto authority = loadAuthority(folder, now);
    if (!authority)
        return std::unexpected(authority.error());
    options.certificatePem = readFile(folder.filePath(QStringLiteral("server.pem")));
    options.keyPem = readFile(folder.filePath(QStringLiteral("server-key.pem")));
    if (!options.keyPem.isEmpty() &&
        crypto::notAfter(options.certificatePem).value_or(Timestamp{}) > now + kRenewBefore)
        return {};
    const auto issued = crypto::issueCertificate(*authority, {"localhost", "127.0.0.1", "::1"}, now, kCertificateLife);
    if (!issued)
        return std::unexpected(issued.error());
    options.certificatePem = issued->certificatePem;
    options.keyPem = issued->keyPem;
    if (auto done = writeFile(folder.filePath(QStringLiteral("server-key.pem")), issued->keyPem, true); !done)
        return done;
    return writeFile(folder.filePath(QStringLiteral("server.pem")), issued->certificatePem, false);
}

QByteArray endpointTable(const Server &server, const ServerOptions &options)
{
    QByteArray table = "Postroom playground in " + options.folder.toUtf8() + "\n\n";
    for (const Endpoint &endpoint : server.endpoints()) {
        const QString address =
            endpoint.address.contains(u':') ? QStringLiteral("[%1]").arg(endpoint.address) : endpoint.address;
        table.append("  ")
            .append(endpoint.name.toUtf8().leftJustified(24))
            .append(address.toUtf8())
            .append(':')
            .append(QByteArray::number(endpoint.port))
            .append('\n');
    }
    table.append("\n  authority               ").append(options.folder.toUtf8()).append("/ca.pem\n");
    if (!options.fresh)
        table.append("  accounts                me@localhost, friend@localhost; password postroom-local\n");
    return table.append("\n");
}

} // namespace app
