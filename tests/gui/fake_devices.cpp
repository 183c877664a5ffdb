// The fake server's keys, app passwords, keys that were seen, and sign-ins.
#include "fake_daemon.h"

#include <QCryptographicHash>
#include <QDateTime>

namespace {

Error refusal(const QString &text, const QString &path)
{
    return {.kind = ErrorKind::User,
            .text = text,
            .publicText = text,
            .code = QStringLiteral("refused"),
            .hint = {},
            .path = path};
}

Timestamp minutesAgo(qint64 minutes)
{
    return fromMilliseconds(QDateTime::currentMSecsSinceEpoch() - minutes * 60'000);
}

QString fingerprintOf(const QString &certificate)
{
    const QByteArray digest = QCryptographicHash::hash(certificate.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString at(const char *part) { return QLatin1StringView(part) + QStringLiteral("@example-family.net"); }

constexpr qint64 kDay = 24 * 60;

} // namespace

api::Device *FakeDaemon::findDevice(const QString &id)
{
    const auto found = std::ranges::find_if(m_devices, [&id](const api::Device &each) { return each.id == id; });
    return found == m_devices.end() ? nullptr : &*found;
}

api::Device &FakeDaemon::addDevice(const char *name, const char *owner, api::DeviceKind kind, const char *by,
                                   qint64 usedMinutesAgo)
{
    api::Device device;
    device.name = QString::fromUtf8(name);
    device.kind = kind;
    device.account = at(owner);
    device.loginAddress = device.account;
    device.createdAt = minutesAgo(120 * kDay);
    if (kind == api::DeviceKind::Key) {
        device.fingerprint = fingerprintOf(device.name);
        device.type = QStringLiteral("ecdsa-p256");
        m_certificates.insert(device.fingerprint, device.name);
    }
    device.id = kind == api::DeviceKind::Key ? device.fingerprint : QStringLiteral("app-%1").arg(m_devices.size() + 1);
    if (usedMinutesAgo >= 0) {
        device.lastUsedAt = minutesAgo(usedMinutesAgo);
        device.lastUsedFrom = QStringLiteral("192.168.1.23");
        device.lastUsedBy = QString::fromUtf8(by);
    }
    m_devices.append(device);
    return m_devices.last();
}

void FakeDaemon::fillDevices()
{
    using enum api::DeviceKind;
    addDevice("Anna’s phone", "anna", Key, "K-9 Mail 8.1", 2).preauthSignIns = 12;
    addDevice("Office laptop", "office", Key, "Thunderbird 140", 11);
    addDevice("Ben’s iPhone", "ben", AppPassword, "iOS Mail", 17);
    addDevice("Work laptop", "anna", Key, "Thunderbird 140", 160);
    addDevice("Scanner", "house", AppPassword, "", 205);
    addDevice("Mia’s phone", "mia", AppPassword, "Delta Chat", 360);
    addDevice("Old tablet", "anna", AppPassword, "K-9 Mail 6.8", 97 * kDay);
    addDevice("Helga’s tablet", "helga", Key, "", -1);
    m_seen = {{.fingerprint = fingerprintOf(QStringLiteral("seen")),
               .account = at("ben"),
               .name = QStringLiteral("Ben’s new laptop"),
               .type = QStringLiteral("ecdsa-p256"),
               .firstSeenAt = minutesAgo(50),
               .lastSeenAt = minutesAgo(48),
               .lastSeenFrom = QStringLiteral("192.168.1.40"),
               .lastSeenBy = QStringLiteral("Thunderbird 140")}};
    const auto signedIn = [this](const api::Device &device, qint64 ago, const char *service) {
        m_signIns.append({.lastAt = minutesAgo(ago),
                          .firstAt = minutesAgo(ago + 600),
                          .count = 14,
                          .login = device.account,
                          .account = device.account,
                          .result = api::SignInResult::Ok,
                          .service = QString::fromLatin1(service),
                          .mechanism = device.kind == Key ? QStringLiteral("EXTERNAL") : QStringLiteral("PLAIN"),
                          .from = device.lastUsedFrom,
                          .client = device.lastUsedBy,
                          .device = device.id});
    };
    for (const api::Device &each : std::as_const(m_devices)) {
        if (toMilliseconds(each.lastUsedAt) > 0)
            signedIn(each, (QDateTime::currentMSecsSinceEpoch() - toMilliseconds(each.lastUsedAt)) / 60'000, "imap");
    }
    signedIn(m_devices.first(), 95, "submission");
    const auto refused = [this](const QString &login, const QString &account, api::SignInResult result, qint64 times,
                                qint64 ago) {
        m_signIns.append({.lastAt = minutesAgo(ago),
                          .firstAt = minutesAgo(ago + 90),
                          .count = times,
                          .login = login,
                          .account = account,
                          .result = result,
                          .service = QStringLiteral("submission"),
                          .mechanism = QStringLiteral("LOGIN"),
                          .from = QStringLiteral("198.51.100.77"),
                          .client = {},
                          .device = {}});
    };
    refused(QStringLiteral("info@example-family.net"), {}, api::SignInResult::BadCredentials, 212, 7);
    refused(at("ben"), at("ben"), api::SignInResult::UnknownKey, 3, 48);
    refused(QStringLiteral("admin"), {}, api::SignInResult::TooMany, 40, 66);
}

void FakeDaemon::deviceSignsIn(const QString &id, const QString &from, const QString &by)
{
    if (api::Device *device = findDevice(id)) {
        device->lastUsedAt = minutesAgo(0);
        device->lastUsedFrom = from;
        device->lastUsedBy = by;
    }
    publish();
}

QString FakeDaemon::newestDevice() const { return m_devices.isEmpty() ? QString() : m_devices.last().id; }

Result<QJsonObject> FakeDaemon::listDevices(const QJsonObject &params)
{
    const QString account = params.value(QLatin1StringView("account")).toString();
    api::DevicesListResult result;
    for (const api::Device &each : std::as_const(m_devices)) {
        if (account.isEmpty() || each.account == account)
            result.devices.append(each);
    }
    return json::toJson(result);
}

Result<QJsonObject> FakeDaemon::removeDevice(const QJsonObject &params)
{
    const QString id = params.value(QLatin1StringView("id")).toString();
    const api::Device *device = findDevice(id);
    if (!device)
        return failure(refusal(QStringLiteral("no such device"), QStringLiteral("/id")));
    const api::Device gone = *device;
    m_devices.removeIf([&id](const api::Device &each) { return each.id == id; });
    return json::toJson(api::DeviceResult{gone});
}

Result<QJsonObject> FakeDaemon::getKey(const QJsonObject &params)
{
    const QString fingerprint = params.value(QLatin1StringView("fingerprint")).toString();
    const api::Device *device = findDevice(fingerprint);
    if (!device)
        return failure(refusal(QStringLiteral("no such key"), QStringLiteral("/fingerprint")));
    return json::toJson(api::TlsPubkeyGetResult{*device, m_certificates.value(fingerprint)});
}

Result<QJsonObject> FakeDaemon::addKey(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::TlsPubkeyAddParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::Device key;
    key.id = key.fingerprint = fingerprintOf(asked->certificate);
    key.name = asked->name;
    key.account = key.loginAddress = asked->address;
    key.type = QStringLiteral("ecdsa-p256");
    key.noImapPreauth = asked->noImapPreauth;
    key.createdAt = minutesAgo(0);
    m_certificates.insert(key.fingerprint, asked->certificate);
    m_devices.append(key);
    return json::toJson(api::TlsPubkeyResult{key});
}

Result<QJsonObject> FakeDaemon::updateKey(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::TlsPubkeyUpdateParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::Device *key = findDevice(asked->fingerprint);
    if (!key)
        return failure(refusal(QStringLiteral("no such key"), QStringLiteral("/fingerprint")));
    key->name = asked->name.value_or(key->name);
    key->loginAddress = asked->loginAddress.value_or(key->loginAddress);
    key->noImapPreauth = asked->noImapPreauth.value_or(key->noImapPreauth);
    return json::toJson(api::TlsPubkeyResult{*key});
}

Result<QJsonObject> FakeDaemon::removeKey(const QJsonObject &params)
{
    return removeDevice({{QStringLiteral("id"), params.value(QLatin1StringView("fingerprint"))}});
}

Result<QJsonObject> FakeDaemon::addAppPassword(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::AppPasswordAddParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::Device device;
    device.id = QStringLiteral("app-%1").arg(m_devices.size() + 100);
    device.kind = api::DeviceKind::AppPassword;
    device.name = asked->name;
    device.account = device.loginAddress = asked->account;
    device.createdAt = minutesAgo(0);
    m_devices.append(device);
    return json::toJson(api::AppPasswordAddResult{device, QStringLiteral("violet-canoe-moss-4417")});
}

Result<QJsonObject> FakeDaemon::listSeen(const QJsonObject &) { return json::toJson(api::SeenKeysListResult{m_seen}); }

Result<QJsonObject> FakeDaemon::adoptSeen(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::SeenKeyParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const auto seen =
        std::ranges::find_if(m_seen, [&](const api::SeenKey &each) { return each.fingerprint == asked->fingerprint; });
    if (seen == m_seen.end())
        return failure(refusal(QStringLiteral("no such key was seen"), QStringLiteral("/fingerprint")));
    api::Device key;
    key.id = key.fingerprint = seen->fingerprint;
    key.name = seen->name;
    key.type = seen->type;
    key.account = key.loginAddress = asked->account;
    key.createdAt = minutesAgo(0);
    m_devices.append(key);
    m_seen.erase(seen);
    return json::toJson(api::TlsPubkeyResult{key});
}

Result<QJsonObject> FakeDaemon::listSignIns(const QJsonObject &params)
{
    const QString account = params.value(QLatin1StringView("account")).toString();
    api::SignInsListResult result;
    for (const api::SignIn &each : std::as_const(m_signIns)) {
        if (account.isEmpty() || each.account == account)
            result.signIns.append(each);
    }
    return json::toJson(result);
}
