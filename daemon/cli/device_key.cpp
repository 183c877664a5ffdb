#include "daemon/cli/device_key.h"

#include "shared/base/random.h"
#include "shared/crypto/client_key.h"
#include "shared/crypto/device_identity.h"
#include "shared/crypto/key.h"
#include "shared/crypto/pkcs12.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace cli {

namespace {

constexpr auto kValidity = std::chrono::days(100 * 365); // nobody looks at it; it is revoked, not outlived
constexpr int kGroups = 5;
constexpr qsizetype kGroupLength = 5; // letters of 5 bits

QByteArray makePassphrase()
{
    QList<QByteArray> groups;
    for (int i = 0; i < kGroups; ++i)
        groups << randomText(kGroupLength);
    return groups.join('-');
}

QString stemOf(const QString &name)
{
    QString stem;
    for (const QChar each : name.toLower())
        stem += each.isLetterOrNumber() ? each : stem.endsWith(u'-') || stem.isEmpty() ? QChar() : QChar(u'-');
    stem.remove(QChar());
    while (stem.endsWith(u'-'))
        stem.chop(1);
    return stem.isEmpty() ? QStringLiteral("device") : stem;
}

Result<void> writeNew(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(content) == content.size() && file.flush())
        return {};
    return failure(ErrorKind::User, QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
}

} // namespace

Result<DeviceKey> makeDeviceKey(const QString &name, const QString &folder, bool ed25519)
{
    const auto key = crypto::makeKey(ed25519 ? crypto::KeyKind::Ed25519 : crypto::KeyKind::P256);
    if (!key)
        return std::unexpected(key.error());
    const auto identity = crypto::certifyKey(*key, name.toUtf8(), SystemClock().now(), kValidity);
    if (!identity)
        return std::unexpected(identity.error());
    const auto read = crypto::readClientCertificatePem(identity->certificatePem);
    if (!read)
        return std::unexpected(read.error());
    DeviceKey made{.certificatePem = identity->certificatePem,
                   .fingerprint = read->fingerprint,
                   .passphrase = makePassphrase(),
                   .files = {}};
    const auto modern = crypto::makePkcs12(*identity, name.toUtf8(), made.passphrase, crypto::Pkcs12Form::Modern);
    const auto compatible =
        crypto::makePkcs12(*identity, name.toUtf8(), made.passphrase, crypto::Pkcs12Form::Compatible);
    if (!modern || !compatible)
        return std::unexpected(modern ? compatible.error() : modern.error());
    const QString stem = QDir(folder).filePath(stemOf(name));
    const QList<std::pair<QString, QByteArray>> contents{
        {QStringLiteral(".certificate.pem"), identity->certificatePem},
        {QStringLiteral(".key-and-certificate.pem"), identity->keyPem + identity->certificatePem},
        {QStringLiteral(".p12"), *modern},
        {QStringLiteral(".compatible.p12"), *compatible}};
    for (const auto &[ending, content] : contents) {
        if (auto done = writeNew(stem + ending, content); !done) {
            removeFiles(made);
            return std::unexpected(done.error());
        }
        made.files << stem + ending;
    }
    return made;
}

void removeFiles(const DeviceKey &key)
{
    for (const QString &each : key.files)
        QFile::remove(each);
}

QJsonObject answerOf(const DeviceKey &key)
{
    return {{QStringLiteral("fingerprint"), QString::fromLatin1(key.fingerprint)},
            {QStringLiteral("passphrase"), QString::fromLatin1(key.passphrase)},
            {QStringLiteral("files"), QJsonArray::fromStringList(key.files)}};
}

} // namespace cli
