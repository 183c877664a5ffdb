#include "daemon/control/device_rows.h"

#include "daemon/control/names.h"
#include "shared/base/unicode.h"

namespace control {

Result<Addresses> addresses(db::Database &db)
{
    return store::listAccounts(db, true).transform([](const QList<store::Account> &accounts) {
        Addresses all;
        for (const store::Account &each : accounts)
            all.insert(each.id, QString::fromUtf8(each.address()));
        return all;
    });
}

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
    QString name = unicode::printable(wanted, auth::kLongestDeviceName + 1).trimmed();
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

} // namespace control
