// devices.*, tlspubkey.*, appPasswords.*, seenKeys.*: what signs in besides accounts' own passwords.
#include "daemon/auth/devices.h"
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/control/stored_document.h"
#include "shared/base/random.h"
#include "shared/base/unicode.h"

namespace control {

namespace {

constexpr int kPasswordGroups = 4; // of 5 letters of 5 bits each
constexpr qsizetype kGroupLength = 5;

using Addresses = QHash<qint64, QString>; // by account

Result<Addresses> addresses(db::Database &db)
{
    return store::listAccounts(db, true).transform([](const QList<store::Account> &accounts) {
        Addresses all;
        for (const store::Account &each : accounts)
            all.insert(each.id, QString::fromUtf8(each.address()));
        return all;
    });
}

// 0 = everyone.
Result<qint64> accountId(db::Database &db, const QString &address, const QString &path)
{
    if (address.isEmpty())
        return 0;
    const auto stored = storedAddress(address, path);
    if (!stored)
        return std::unexpected(stored.error());
    auto account = store::findAccount(db, *stored);
    if (!account && account.error().path.isEmpty())
        account.error().path = path;
    return account.transform([](const store::Account &found) { return found.id; });
}

Result<store::Account> activeAccount(db::Database &db, const QString &address, const QString &path)
{
    const auto stored = storedAddress(address, path);
    if (!stored)
        return std::unexpected(stored.error());
    auto account = store::findAccount(db, *stored);
    if (account && account->state != QLatin1StringView("active"))
        return failure(refusal("not-active", QStringLiteral("this account cannot be used now"), {}, path));
    if (!account && account.error().path.isEmpty())
        account.error().path = path;
    return account;
}

Result<QString> deviceName(const QString &wanted)
{
    const QString name = unicode::printable(wanted, auth::kLongestDeviceName + 1).trimmed();
    if (name.size() > auth::kLongestDeviceName)
        return failure(refusal("name-too-long",
                               QStringLiteral("must not be longer than %1 characters").arg(auth::kLongestDeviceName),
                               {}, QStringLiteral("/name")));
    return name;
}

api::Device shown(const auth::TlsKey &key, const Addresses &owners)
{
    const QString fingerprint = QString::fromLatin1(key.fingerprint);
    return {.id = fingerprint,
            .name = key.name,
            .kind = api::DeviceKind::Key,
            .account = owners.value(key.accountId),
            .fingerprint = fingerprint,
            .type = QString::fromLatin1(key.type),
            .loginAddress = QString::fromUtf8(key.loginAddress),
            .noImapPreauth = key.noImapPreauth,
            .createdAt = key.createdAt,
            .lastUsedAt = key.lastUse.at,
            .lastUsedFrom = key.lastUse.from,
            .lastUsedBy = key.lastUse.by,
            .preauthSignIns = key.preauthSignIns};
}

api::Device shown(const auth::AppPassword &password, const Addresses &owners)
{
    const QString owner = owners.value(password.accountId);
    return {.id = QString::fromLatin1(auth::deviceOf(password.id)),
            .name = password.name,
            .kind = api::DeviceKind::AppPassword,
            .account = owner,
            .fingerprint = {},
            .type = {},
            .loginAddress = owner,
            .createdAt = password.createdAt,
            .lastUsedAt = password.lastUse.at,
            .lastUsedFrom = password.lastUse.from,
            .lastUsedBy = password.lastUse.by};
}

api::SeenKey shown(const auth::SeenKey &key, const Addresses &owners)
{
    return {.fingerprint = QString::fromLatin1(key.fingerprint),
            .account = owners.value(key.accountId),
            .name = key.name,
            .type = QString::fromLatin1(key.type),
            .firstSeenAt = key.firstSeenAt,
            .lastSeenAt = key.lastSeen.at,
            .lastSeenFrom = key.lastSeen.from,
            .lastSeenBy = key.lastSeen.by};
}

Result<QList<api::Device>> listOf(db::Database &db, qint64 account, bool keys, bool appPasswords)
{
    const auto owners = addresses(db);
    const auto listedKeys = auth::listKeys(db, account);
    const auto listedPasswords = auth::listAppPasswords(db, account);
    if (!owners)
        return std::unexpected(owners.error());
    if (!listedKeys)
        return std::unexpected(listedKeys.error());
    if (!listedPasswords)
        return std::unexpected(listedPasswords.error());
    QList<api::Device> list;
    for (const auth::TlsKey &each : *listedKeys) {
        if (keys)
            list.append(shown(each, *owners));
    }
    for (const auth::AppPassword &each : *listedPasswords) {
        if (appPasswords)
            list.append(shown(each, *owners));
    }
    std::ranges::stable_sort(list, [](const api::Device &a, const api::Device &b) {
        return std::tie(a.account, a.name) < std::tie(b.account, b.name);
    });
    return list;
}

Result<api::TlsPubkeyResult> answerKey(db::Database &db, const auth::TlsKey &key)
{
    return addresses(db).transform(
        [&key](const Addresses &owners) { return api::TlsPubkeyResult{shown(key, owners)}; });
}

Result<auth::TlsKey> findKey(db::Database &db, const QString &fingerprint)
{
    auto key = auth::findKey(db, fingerprint.toLatin1());
    if (!key && key.error().path.isEmpty())
        key.error().path = QStringLiteral("/fingerprint");
    return key;
}

Result<api::TlsPubkeyResult> addKey(Writing &call, const auth::TlsKey &key)
{
    if (auto done = auth::addKey(call.db, key); !done) {
        if (done.error().kind == ErrorKind::User)
            done.error().path = QStringLiteral("/certificate");
        return std::unexpected(done.error());
    }
    call.afterwards.append([&devices = call.services.authenticator.devices, key] { devices.added(key); });
    return answerKey(call.db, key);
}

Result<api::Device> removeKey(Writing &call, const QString &fingerprint)
{
    const auto key = findKey(call.db, fingerprint);
    if (!key)
        return std::unexpected(key.error());
    const auto owners = addresses(call.db);
    if (!owners)
        return std::unexpected(owners.error());
    if (auto done = auth::removeKey(call.db, key->fingerprint); !done)
        return std::unexpected(done.error());
    call.afterwards.append(
        [&devices = call.services.authenticator.devices, id = key->fingerprint] { devices.removed(id); });
    return shown(*key, *owners);
}

Result<api::Device> removeAppPassword(Writing &call, qint64 id)
{
    auto password = auth::findAppPassword(call.db, id);
    if (!password) {
        password.error().path = QStringLiteral("/id");
        return std::unexpected(password.error());
    }
    const auto owners = addresses(call.db);
    if (!owners)
        return std::unexpected(owners.error());
    if (auto done = auth::removeAppPassword(call.db, id); !done)
        return std::unexpected(done.error());
    call.afterwards.append([&authenticator = call.services.authenticator, account = password->accountId, id] {
        authenticator.forget(account);
        authenticator.devices.removed(auth::deviceOf(id));
    });
    return shown(*password, *owners);
}

// Groups are easier to type.
QByteArray makePassword()
{
    QList<QByteArray> groups;
    for (int i = 0; i < kPasswordGroups; ++i)
        groups << randomText(kGroupLength);
    return groups.join('-');
}

} // namespace

Result<api::DevicesListResult> handleDevicesList(Reading &call, const api::DevicesListParams &params)
{
    return accountId(call.db, params.account, QStringLiteral("/account"))
        .and_then([&call](qint64 account) { return listOf(call.db, account, true, true); })
        .transform([](const QList<api::Device> &devices) { return api::DevicesListResult{devices}; });
}

Result<QList<api::Device>> allDevices(db::Database &db)
{
    auto list = listOf(db, 0, true, true);
    const auto seen = auth::listSeenKeys(db);
    const auto owners = addresses(db);
    if (!list)
        return list;
    if (!seen || !owners)
        return std::unexpected(seen ? owners.error() : seen.error());
    for (const auth::SeenKey &each : *seen) {
        const api::SeenKey key = shown(each, *owners);
        list->append({.id = key.fingerprint,
                      .name = key.name,
                      .kind = api::DeviceKind::SeenKey,
                      .account = key.account,
                      .fingerprint = key.fingerprint,
                      .type = key.type,
                      .loginAddress = key.account,
                      .createdAt = key.firstSeenAt,
                      .lastUsedAt = key.lastSeenAt,
                      .lastUsedFrom = key.lastSeenFrom,
                      .lastUsedBy = key.lastSeenBy});
    }
    return list;
}

Result<api::DeviceResult> handleDevicesRemove(Writing &call, const api::DeviceIdParams &params)
{
    const qint64 appPassword = auth::appPasswordOf(params.id.toLatin1());
    auto removed = appPassword != 0 ? removeAppPassword(call, appPassword) : removeKey(call, params.id);
    if (!removed && removed.error().path == QLatin1StringView("/fingerprint"))
        removed.error().path = QStringLiteral("/id");
    return removed.transform([](const api::Device &device) { return api::DeviceResult{device}; });
}

Result<api::TlsPubkeyListResult> handleTlsPubkeyList(Reading &call, const api::DevicesListParams &params)
{
    return accountId(call.db, params.account, QStringLiteral("/account"))
        .and_then([&call](qint64 account) { return listOf(call.db, account, true, false); })
        .transform([](const QList<api::Device> &keys) { return api::TlsPubkeyListResult{keys}; });
}

Result<api::TlsPubkeyGetResult> handleTlsPubkeyGet(Reading &call, const api::FingerprintParams &params)
{
    const auto key = findKey(call.db, params.fingerprint);
    if (!key)
        return std::unexpected(key.error());
    return answerKey(call.db, *key).transform([&key](const api::TlsPubkeyResult &answer) {
        return api::TlsPubkeyGetResult{answer.key, QString::fromLatin1(crypto::certificatePem(key->certificateDer))};
    });
}

Result<api::TlsPubkeyResult> handleTlsPubkeyAdd(Writing &call, const api::TlsPubkeyAddParams &params)
{
    const auto account = activeAccount(call.db, params.address, QStringLiteral("/address"));
    if (!account)
        return std::unexpected(account.error());
    const auto name = deviceName(params.name);
    if (!name)
        return std::unexpected(name.error());
    auto key = crypto::readClientCertificatePem(params.certificate.toUtf8());
    if (!key) {
        key.error().path = QStringLiteral("/certificate");
        return std::unexpected(key.error());
    }
    return addKey(call, {.fingerprint = key->fingerprint,
                         .accountId = account->id,
                         .loginAddress = account->address(),
                         .type = key->type,
                         .name = name->isEmpty() ? QString::fromUtf8(key->name) : *name,
                         .noImapPreauth = params.noImapPreauth,
                         .certificateDer = key->certificateDer,
                         .createdAt = call.now,
                         .lastUse = {}});
}

Result<api::TlsPubkeyResult> handleTlsPubkeyUpdate(Writing &call, const api::TlsPubkeyUpdateParams &params)
{
    auto key = findKey(call.db, params.fingerprint);
    if (!key)
        return std::unexpected(key.error());
    if (params.name) {
        const auto name = deviceName(*params.name);
        if (!name)
            return std::unexpected(name.error());
        key->name = *name;
    }
    if (params.loginAddress) {
        const auto account = activeAccount(call.db, *params.loginAddress, QStringLiteral("/loginAddress"));
        if (!account)
            return std::unexpected(account.error());
        if (account->id != key->accountId)
            return failure(refusal("other-account", QStringLiteral("this address belongs to another account"), {},
                                   QStringLiteral("/loginAddress")));
        key->loginAddress = account->address();
    }
    if (params.noImapPreauth) {
        key->noImapPreauth = *params.noImapPreauth;
        key->preauthSignIns = 0; // what there was of them is answered
    }
    if (auto done = auth::updateKey(call.db, *key); !done)
        return std::unexpected(done.error());
    call.afterwards.append(
        [&devices = call.services.authenticator.devices, changed = *key] { devices.added(changed); });
    return answerKey(call.db, *key);
}

Result<api::TlsPubkeyResult> handleTlsPubkeyRemove(Writing &call, const api::FingerprintParams &params)
{
    return removeKey(call, params.fingerprint).transform([](const api::Device &key) {
        return api::TlsPubkeyResult{key};
    });
}

Result<api::AppPasswordAddResult> handleAppPasswordsAdd(Writing &call, const api::AppPasswordAddParams &params)
{
    const auto account = activeAccount(call.db, params.account, QStringLiteral("/account"));
    if (!account)
        return std::unexpected(account.error());
    const auto name = deviceName(params.name);
    if (!name)
        return std::unexpected(name.error());
    if (name->isEmpty())
        return failure(refusal("name-missing", QStringLiteral("a password for a device needs a name"), {},
                               QStringLiteral("/name")));
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!document)
        return std::unexpected(document.error());
    const QByteArray password = makePassword();
    const auto id = auth::addAppPassword(
        call.db, {.accountId = account->id, .name = *name, .password = password, .cramMd5 = document->server.cramMd5},
        call.now);
    if (!id)
        return std::unexpected(id.error());
    const auto owners = addresses(call.db);
    const auto added = auth::findAppPassword(call.db, *id);
    if (!owners || !added)
        return std::unexpected(owners ? added.error() : owners.error());
    return api::AppPasswordAddResult{shown(*added, *owners), QString::fromLatin1(password)};
}

Result<api::DevicesListResult> handleAppPasswordsList(Reading &call, const api::DevicesListParams &params)
{
    return accountId(call.db, params.account, QStringLiteral("/account"))
        .and_then([&call](qint64 account) { return listOf(call.db, account, false, true); })
        .transform([](const QList<api::Device> &devices) { return api::DevicesListResult{devices}; });
}

Result<api::DeviceResult> handleAppPasswordsRemove(Writing &call, const api::DeviceIdParams &params)
{
    return removeAppPassword(call, auth::appPasswordOf(params.id.toLatin1())).transform([](const api::Device &device) {
        return api::DeviceResult{device};
    });
}

Result<api::SeenKeysListResult> handleSeenKeysList(Reading &call, const api::None &)
{
    const auto seen = auth::listSeenKeys(call.db);
    const auto owners = addresses(call.db);
    if (!seen || !owners)
        return std::unexpected(seen ? owners.error() : seen.error());
    api::SeenKeysListResult result;
    for (const auth::SeenKey &each : *seen)
        result.keys.append(shown(each, *owners));
    return result;
}

Result<api::TlsPubkeyResult> handleSeenKeysAdopt(Writing &call, const api::SeenKeyParams &params)
{
    const auto account = activeAccount(call.db, params.account, QStringLiteral("/account"));
    if (!account)
        return std::unexpected(account.error());
    auto seen = auth::findSeenKey(call.db, params.fingerprint.toLatin1(), account->id);
    if (!seen) {
        seen.error().path = QStringLiteral("/fingerprint");
        return std::unexpected(seen.error());
    }
    return addKey(call, {.fingerprint = seen->fingerprint,
                         .accountId = account->id,
                         .loginAddress = account->address(),
                         .type = seen->type,
                         .name = seen->name,
                         .certificateDer = seen->certificateDer,
                         .createdAt = call.now,
                         .lastUse = {}});
}

} // namespace control
