#include "gui/device_key.h"

#include "gui/words.h"
#include "shared/crypto/key.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QStandardPaths>

#include <array>

namespace gui {

namespace {

constexpr auto kValidity = std::chrono::days(10 * 365); // it is revoked, not outlived
constexpr qint64 kLargestCertificate = 64LL * 1024;
constexpr int kWords = 6;

// A word is consonant-vowel-consonant-vowel, 12.2 bits, without letters that are easily mistaken for another.
constexpr std::array kConsonants{'b', 'd', 'f', 'g', 'h', 'k', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w'};
constexpr std::array kVowels{'a', 'e', 'i', 'o', 'u'};

QString word(QRandomGenerator &random)
{
    QString text;
    for (int syllable = 0; syllable < 2; ++syllable) {
        text += QLatin1Char(kConsonants.at(random.bounded(quint32(kConsonants.size()))));
        text += QLatin1Char(kVowels.at(random.bounded(quint32(kVowels.size()))));
    }
    return text;
}

QString plainName(const QString &deviceName)
{
    const QString name = Words::localpartFor(deviceName).replace(u'.', u'-');
    return name.isEmpty() ? QStringLiteral("device") : name;
}

} // namespace

QString makePassphrase()
{
    QStringList words;
    for (int i = 0; i < kWords; ++i)
        words << word(*QRandomGenerator::system());
    return words.join(u'-');
}

bool DeviceKey::make(const QString &deviceName, Form form)
{
    forget();
    const auto identity = crypto::makeDeviceCertificate(deviceName.toUtf8(), SystemClock().now(), kValidity);
    if (!identity)
        return fail(identity.error().text);
    const auto fingerprint = crypto::certificateFingerprint(identity->certificatePem);
    if (!fingerprint)
        return fail(fingerprint.error().text);
    const QString passphrase = makePassphrase();
    const auto file = crypto::makePkcs12(*identity, deviceName.toUtf8(), passphrase.toUtf8(),
                                         form == Modern ? crypto::Pkcs12Form::Modern : crypto::Pkcs12Form::Compatible);
    if (!file)
        return fail(file.error().text);
    m_file = *file;
    m_certificate = QString::fromLatin1(identity->certificatePem);
    m_fingerprint = QString::fromLatin1(*fingerprint);
    m_passphrase = passphrase;
    m_fileName = plainName(deviceName) + QStringLiteral(".p12");
    Q_EMIT changed();
    return true;
}

bool DeviceKey::saveTo(const QUrl &file)
{
    QSaveFile out(file.toLocalFile());
    out.setDirectWriteFallback(true);
    const bool written = out.open(QIODevice::WriteOnly) &&
                         out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         out.write(m_file) == m_file.size() && out.commit();
    if (!written)
        return fail(tr("The file could not be written: %1").arg(out.errorString()));
    m_savedTo = file.toLocalFile();
    m_problem.clear();
    Q_EMIT changed();
    return true;
}

bool DeviceKey::save()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    QDir().mkpath(folder); // not every home has one; saveTo() says it if there is none after all
    const QFileInfo wanted(QDir(folder).filePath(m_fileName));
    QString path = wanted.filePath();
    for (int n = 2; QFile::exists(path); ++n)
        path = QStringLiteral("%1/%2-%3.p12").arg(folder, wanted.completeBaseName()).arg(n);
    return saveTo(QUrl::fromLocalFile(path));
}

QString DeviceKey::fileAsBase64() const { return QString::fromLatin1(m_file.toBase64()); }

void DeviceKey::forget()
{
    m_file.fill('\0'); // the passphrase was shown and may be on a clipboard; the key was in no other place
    m_file.clear();
    m_certificate.clear();
    m_fingerprint.clear();
    m_passphrase.clear();
    m_fileName.clear();
    m_savedTo.clear();
    m_problem.clear();
    Q_EMIT changed();
}

QString DeviceKey::readText(const QUrl &file)
{
    QFile in(file.toLocalFile());
    if (in.size() > kLargestCertificate || !in.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(in.readAll());
}

bool DeviceKey::fail(const QString &why)
{
    m_problem = why;
    Q_EMIT changed();
    return false;
}

} // namespace gui
