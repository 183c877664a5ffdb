// appPasswords.*: passwords of devices.
#include "daemon/control/device_rows.h"
#include "daemon/control/stored_document.h"
#include "shared/base/random.h"

namespace control {

namespace {

constexpr int kPasswordGroups = 4; // of 5 letters of 5 bits each
constexpr qsizetype kGroupLength = 5;

// Groups are easier to type.
QByteArray makePassword()
{
    QList<QByteArray> groups;
    for (int i = 0; i < kPasswordGroups; ++i)
        groups << randomText(kGroupLength);
    return groups.join('-');
}

} // namespace

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

} // namespace control
