#include "daemon/app/certificates.h"

#include "shared/crypto/certificate.h"
#include "shared/tls/context.h"

#include <QDir>
#include <QSaveFile>

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
    const auto made = crypto::makeAuthority("Postroom", now, kAuthorityLife);
    if (!made)
        return made;
    if (auto done = writeFile(folder.filePath(QStringLiteral("ca-key.pem")), made->keyPem, true); !done)
        return std::unexpected(done.error());
    if (auto done = writeFile(folder.filePath(QStringLiteral("ca.pem")), made->certificatePem, false); !done)
        return std::unexpected(done.error());
    QFile::remove(folder.filePath(QStringLiteral("server.pem")));
    return made;
}

Result<Certificate> readPair(const QString &certificateFile, const QString &keyFile)
{
    Certificate pair{.certificatePem = readFile(certificateFile), .keyPem = readFile(keyFile)};
    if (pair.certificatePem.isEmpty() || pair.keyPem.isEmpty())
        return failure(ErrorKind::User,
                       QStringLiteral("cannot read %1").arg(pair.certificatePem.isEmpty() ? certificateFile : keyFile));
    return tls::Context::server({.certificatePem = pair.certificatePem, .keyPem = pair.keyPem})
        .transform([&pair](const auto &) { return pair; });
}

bool isFor(const Certificate &certificate, const QByteArray &hostname)
{
    const auto names = crypto::names(certificate.certificatePem).value_or(QList<QByteArray>());
    return names.contains(hostname) ||
           names.contains('*' + hostname.sliced(std::max<qsizetype>(0, hostname.indexOf('.'))));
}

// Of our own authority.
Result<Certificate> ownCertificate(const ServerOptions &options, const QByteArray &hostname)
{
    const QDir folder(options.folder);
    if (!QDir().mkpath(options.folder))
        return failure(ErrorKind::User, QStringLiteral("cannot make the folder %1").arg(options.folder));
    const Timestamp now = SystemClock().now();
    const auto authority = loadAuthority(folder, now);
    if (!authority)
        return std::unexpected(authority.error());
    const QString base =
        folder.filePath(hostname == "localhost" ? QStringLiteral("server") : QString::fromUtf8(hostname));
    const QString certificateFile = base + QStringLiteral(".pem");
    const QString keyFile = base + QStringLiteral("-key.pem");
    Certificate found{.certificatePem = readFile(certificateFile), .keyPem = readFile(keyFile)};
    found.issuedHere = true;
    if (!found.keyPem.isEmpty() && crypto::notAfter(found.certificatePem).value_or(Timestamp{}) > now + kRenewBefore)
        return found;
    QList<QByteArray> names{"localhost", "127.0.0.1", "::1"};
    if (hostname != "localhost")
        names.prepend(hostname);
    const auto issued = crypto::issueCertificate(*authority, names, now, kCertificateLife);
    if (!issued)
        return std::unexpected(issued.error());
    if (auto done = writeFile(keyFile, issued->keyPem, true); !done)
        return std::unexpected(done.error());
    if (auto done = writeFile(certificateFile, issued->certificatePem, false); !done)
        return std::unexpected(done.error());
    return Certificate{.certificatePem = issued->certificatePem, .keyPem = issued->keyPem, .issuedHere = true};
}

} // namespace

Result<Certificates> loadCertificates(const ServerOptions &options, const settings::Server &server)
{
    const QByteArray hostname = server.hostname.toUtf8().toLower();
    Certificates certificates;
    const Certificate *ofHost = nullptr;
    for (const settings::CertificateFiles &each : server.certificates) {
        const auto pair = readPair(each.certificateFile, each.keyFile);
        if (!pair) {
            certificates.problems.insert(each.name, pair.error().text);
            continue;
        }
        const auto added = certificates.named.insert(each.name, *pair);
        if (!ofHost && isFor(*pair, hostname))
            ofHost = &*added;
    }
    const auto host = !options.certificateFile.isEmpty() ? readPair(options.certificateFile, options.keyFile)
                      : ofHost                           ? Result<Certificate>(*ofHost)
                                                         : ownCertificate(options, hostname);
    if (!host)
        return std::unexpected(host.error());
    certificates.host = *host;
    return certificates;
}

Certificates keepGood(Certificates now, const Certificates &before)
{
    const QStringList bad = now.problems.keys();
    for (const QString &name : bad) {
        if (before.named.contains(name) && !now.named.contains(name))
            now.named.insert(name, before.named.value(name));
    }
    return now;
}

QList<api::CertificateStatus> describe(const Certificates &certificates)
{
    QList<api::CertificateStatus> list;
    const auto add = [&list](const QString &name, const Certificate &certificate, const QString &problem) {
        api::CertificateStatus each{.name = name, .hosts = {}, .until = {}, .problem = problem};
        for (const QByteArray &host : crypto::names(certificate.certificatePem).value_or(QList<QByteArray>()))
            each.hosts.append(QString::fromUtf8(host));
        each.until = crypto::notAfter(certificate.certificatePem).value_or(Timestamp{});
        each.own = certificate.issuedHere;
        list.append(each);
    };
    add({}, certificates.host, {});
    for (const auto &[name, certificate] : certificates.named.asKeyValueRange())
        add(name, certificate, certificates.problems.value(name));
    for (const auto &[name, problem] : certificates.problems.asKeyValueRange()) {
        if (!certificates.named.contains(name))
            add(name, {}, problem);
    }
    return list;
}

} // namespace app
