// devices.*, seenKeys.*: everything that signs in besides accounts' own passwords, and keys that may be let in.
#include "daemon/control/device_rows.h"

namespace control {

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
