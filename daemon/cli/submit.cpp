#include "daemon/cli/submit.h"

#include "shared/base/encoding.h"
#include "shared/crypto/device_identity.h"
#include "shared/crypto/pkcs12.h"
#include "shared/sasl/client.h"
#include "shared/smtp/client.h"
#include "shared/tls/engine.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTcpSocket>
#include <QTemporaryFile>

namespace cli {

namespace {

constexpr auto kConnectTime = std::chrono::seconds(30);
constexpr auto kCertificateLife = std::chrono::days(1); // made for this connection; nobody looks at its dates

Result<QByteArray> content(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::User, QStringLiteral("cannot read %1: %2").arg(name, file.errorString()));
    return file.readAll();
}

// The key to present; empty with a password.
Result<crypto::KeyAndCertificate> identityOf(const SubmissionSettings &settings)
{
    if (!settings.keyFile.isEmpty())
        return content(settings.keyFile).transform([](const QByteArray &pem) {
            return crypto::KeyAndCertificate{.keyPem = pem, .certificatePem = pem};
        });
    if (!settings.p12File.isEmpty())
        return content(settings.p12File).and_then([&settings](const QByteArray &file) {
            return crypto::readPkcs12(file, settings.p12Passphrase.toUtf8());
        });
    if (settings.ed25519Key.isEmpty())
        return crypto::KeyAndCertificate{};
    const auto seed = encoding::fromBase64Url(settings.ed25519Key.toLatin1());
    const auto key = seed ? crypto::ed25519KeyFromSeed(*seed) : std::unexpected(seed.error());
    if (!key)
        return failure(ErrorKind::User, QStringLiteral("ed25519Key must be 32 bytes in base64url"));
    return crypto::certifyKey(*key, settings.username.toUtf8(), SystemClock().now(), kCertificateLife);
}

class Dialogue
{
public:
    explicit Dialogue(const SubmissionSettings &settings)
        : m_settings(settings)
    {}
    Result<void> run(const QString &from, const Outgoing &message);

private:
    Result<void> connect();
    Result<void> secure();
    Result<void> talk(smtp::Client &client, const QByteArray &message);
    bool read(std::chrono::milliseconds limit); // false: nothing came, or the end
    void write(QByteArrayView bytes);
    [[nodiscard]] smtp::SignIn signIn(const QList<QByteArray> &offered) const;

    const SubmissionSettings &m_settings;
    QTcpSocket m_socket;
    std::unique_ptr<tls::Engine> m_engine;
    bool m_hasKey = false;
};

Result<void> Dialogue::connect()
{
    m_socket.connectToHost(m_settings.host, static_cast<quint16>(m_settings.port));
    const int limit = int(std::chrono::milliseconds(kConnectTime).count());
    if (!m_socket.waitForConnected(limit))
        return failure(ErrorKind::Temporary, QStringLiteral("cannot reach %1 port %2: %3")
                                                 .arg(m_settings.host)
                                                 .arg(m_settings.port)
                                                 .arg(m_socket.errorString()));
    return {};
}

Result<void> Dialogue::secure()
{
    const auto identity = identityOf(m_settings);
    const auto authorities = m_settings.authorities.isEmpty() ? QByteArray() : content(m_settings.authorities);
    if (!identity)
        return std::unexpected(identity.error());
    if (!authorities)
        return std::unexpected(authorities.error());
    m_hasKey = !identity->keyPem.isEmpty();
    auto context = tls::Context::client({.verify = true,
                                         .authoritiesPem = *authorities,
                                         .certificatePem = identity->certificatePem,
                                         .keyPem = identity->keyPem,
                                         .alpn = {}});
    if (!context)
        return std::unexpected(context.error());
    m_engine = tls::Engine::client(std::move(*context), m_settings.host.toUtf8());
    while (m_engine->state() == tls::Engine::State::Handshaking) {
        write({});
        if (!m_socket.waitForReadyRead(int(std::chrono::milliseconds(kConnectTime).count())))
            return failure(ErrorKind::Temporary, QStringLiteral("the server ended the TLS handshake"));
        m_engine->feed(m_socket.readAll());
    }
    write({});
    if (m_engine->state() == tls::Engine::State::Failed)
        return failure(ErrorKind::Temporary, QStringLiteral("TLS with %1 failed: %2")
                                                 .arg(m_settings.host, QLatin1StringView(m_engine->failureReason())));
    return {};
}

void Dialogue::write(QByteArrayView bytes)
{
    if (!m_engine) {
        m_socket.write(bytes.data(), bytes.size());
    } else {
        m_engine->write(bytes);
        m_socket.write(m_engine->takeCiphertext());
    }
    m_socket.flush();
}

bool Dialogue::read(std::chrono::milliseconds limit)
{
    while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(int(limit.count())))
        continue;
    return m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(int(limit.count()));
}

smtp::SignIn Dialogue::signIn(const QList<QByteArray> &offered) const
{
    const tls::Info *info = m_engine ? &m_engine->info() : nullptr;
    const QByteArray wanted = m_settings.mechanism.toLatin1().toUpper();
    const QByteArray mechanism = wanted.isEmpty() ? sasl::chooseMechanism(offered, info, m_hasKey) : wanted;
    if (!info || !offered.contains(mechanism) || (m_hasKey && mechanism != "EXTERNAL"))
        return {};
    return {mechanism, sasl::makeClient(
                           mechanism, {.name = m_settings.username.toUtf8(), .password = m_settings.password.toUtf8()},
                           info, offered)};
}

Result<void> Dialogue::talk(smtp::Client &client, const QByteArray &message)
{
    using Wants = smtp::Client::Wants;
    while (client.wants() != Wants::Close) {
        switch (client.wants()) {
        case Wants::Tls:
            write(client.takeOutput());
            if (auto done = secure(); !done)
                return done;
            client.secured();
            break;
        case Wants::Data:
            client.sendData(message);
            client.endData();
            break;
        case Wants::Transaction: client.quit(); break;
        case Wants::Reply: break;
        case Wants::Close: break;
        }
        write(client.takeOutput());
        if (client.wants() != Wants::Reply)
            continue;
        if (!read(smtp::timeLimit(client.stage()))) {
            m_socket.state() == QAbstractSocket::ConnectedState ? client.timedOut() : client.lost();
            continue;
        }
        const QByteArray raw = m_socket.readAll();
        if (!m_engine) {
            client.received(raw);
            continue;
        }
        m_engine->feed(raw);
        for (QByteArray plain = m_engine->read(); !plain.isEmpty(); plain = m_engine->read())
            client.received(plain);
        if (m_engine->state() != tls::Engine::State::Open)
            client.lost();
    }
    return {};
}

Result<void> Dialogue::run(const QString &from, const Outgoing &message)
{
    const auto sender = smtp::parseAddress(from.toUtf8());
    if (!sender)
        return failure(ErrorKind::User, QStringLiteral("%1 is not a sender address").arg(from));
    const bool eightBit = std::ranges::any_of(message.message, [](char c) { return static_cast<uchar>(c) >= 0x80; });
    smtp::ClientTransaction transaction;
    transaction.mail.reversePath = *sender;
    transaction.mail.sizeBytes = message.message.size();
    transaction.mail.body = eightBit ? smtp::Body::EightBitMime : smtp::Body::SevenBit;
    for (const QString &each : message.recipients) {
        const auto address = smtp::parseAddress(each.toUtf8());
        if (!address)
            return failure(ErrorKind::User, QStringLiteral("%1 is not an address").arg(each));
        transaction.recipients.append({.forwardPath = *address});
        transaction.mail.smtpUtf8 = transaction.mail.smtpUtf8 || address->needsUtf8() || sender->needsUtf8();
    }
    if (auto done = connect(); !done)
        return done;
    const bool implicit = m_settings.tls == SubmissionTls::Implicit;
    if (auto done = implicit ? secure() : Result<void>(); !done)
        return done;
    const QString own = m_settings.hostname.isEmpty() ? QSysInfo::machineHostName() : m_settings.hostname;
    smtp::Client client({.hostname = own.isEmpty() ? QByteArray("localhost") : own.toUtf8(),
                         .tls = implicit ? smtp::TlsUse::Never : smtp::TlsUse::Required,
                         .signIn = [this](const QList<QByteArray> &offered) { return signIn(offered); }});
    client.begin(transaction);
    if (auto done = talk(client, message.message); !done)
        return done;
    for (const smtp::ClientResult &each : client.results()) {
        if (!each.accepted)
            return failure(each.permanent ? ErrorKind::Permanent : ErrorKind::Temporary,
                           QStringLiteral("%1 refused: %2 %3")
                               .arg(m_settings.host)
                               .arg(each.code)
                               .arg(QString::fromUtf8(each.text)));
    }
    return {};
}

} // namespace

Result<void> submit(const SubmissionSettings &settings, const QString &from, const Outgoing &message)
{
    return Dialogue(settings).run(from, message);
}

Result<QString> keepFailed(const QString &folder, const Outgoing &message)
{
    const QString place = folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) +
                                                 QStringLiteral("/postroom/failed-mail")
                                           : folder;
    if (!QDir().mkpath(place))
        return failure(ErrorKind::User, QStringLiteral("cannot make the folder %1").arg(place));
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    QTemporaryFile file(place + u'/' + stamp + QStringLiteral("-XXXXXX.eml")); // mode 0600
    file.setAutoRemove(false);
    const QByteArray to = "X-Postroom-Not-Sent-To: " + message.recipients.join(QStringLiteral(", ")).toUtf8() + "\r\n";
    if (!file.open() || file.write(to + message.message) < 0 || !file.flush())
        return failure(ErrorKind::User,
                       QStringLiteral("cannot keep the message in %1: %2").arg(place, file.errorString()));
    return file.fileName();
}

} // namespace cli
