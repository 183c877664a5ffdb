// tlspubkey.*: keys of devices, by the fingerprint of their public part.
#include "daemon/control/device_rows.h"

namespace control {

namespace {

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

} // namespace

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

} // namespace control
