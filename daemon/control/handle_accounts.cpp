// accounts.*: people and their passwords.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/control/stored_document.h"
#include "daemon/store/purge.h"
#include "shared/base/random.h"
#include "shared/settings/validate.h"

namespace control {

namespace {

constexpr qsizetype kGeneratedLength = 20; // letters of 5 bits each: 100 bits

template<class E>
E named(const QString &name, E otherwise)
{
    for (const auto &entry : enumNames(E{})) {
        if (name == QLatin1StringView(entry.name))
            return entry.value;
    }
    return otherwise;
}

api::Account shown(const store::Account &stored)
{
    return {.id = stored.id,
            .address = QString::fromUtf8(stored.address()),
            .name = stored.name,
            .role = named(stored.role, api::AccountRole::User),
            .state = named(stored.state, api::AccountState::Disabled),
            .usedBytes = stored.usedBytes,
            .quotaBytes = stored.quotaBytes,
            .messageCount = stored.messageCount,
            .quotaMessages = stored.quotaMessages,
            .dailyMessages = stored.daily.messages,
            .dailyNewRecipients = stored.daily.newRecipients,
            .createdAt = stored.createdAt,
            .lastSignIn = {}};
}

Result<store::Account> find(db::Database &db, const QString &address)
{
    const auto stored = storedAddress(address, QStringLiteral("/address"));
    if (!stored)
        return std::unexpected(stored.error());
    auto account = store::findAccount(db, *stored);
    if (!account && account.error().path.isEmpty())
        account.error().path = QStringLiteral("/address");
    return account;
}

Result<api::Account> reread(db::Database &db, const QByteArray &address)
{
    return store::findAccount(db, address).transform(shown);
}

// Sets the given password, or one made here, which is answered.
Result<QString> setPassword(Writing &call, qint64 accountId, const QString &given)
{
    const QByteArray password = given.isEmpty() ? randomText(kGeneratedLength) : given.toUtf8();
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!document)
        return std::unexpected(document.error());
    if (auto done = auth::setPassword(call.db, accountId, password, document->server.cramMd5); !done) {
        if (done.error().path.isEmpty() && done.error().kind != ErrorKind::Server)
            done.error().path = QStringLiteral("/password");
        return std::unexpected(done.error());
    }
    call.afterwards.append(
        [&authenticator = call.services.authenticator, accountId] { authenticator.forget(accountId); });
    return given.isEmpty() ? QString::fromLatin1(password) : QString();
}

Result<void> checkQuota(const store::Quota &quota)
{
    if (quota.bytes >= 0 && quota.messages >= 0)
        return {};
    const QString text = QStringLiteral("must not be negative");
    return failure({.kind = ErrorKind::Syntax,
                    .text = text,
                    .publicText = text,
                    .code = QStringLiteral("invalid-quota"),
                    .hint = {},
                    .path = quota.bytes < 0 ? QStringLiteral("/quotaBytes") : QStringLiteral("/quotaMessages")});
}

Result<void> setDailyLimits(Writing &call, qint64 accountId, const store::DailyLimits &limits)
{
    if (auto done = settings::validateDailyLimit(limits.messages, QStringLiteral("/dailyMessages")); !done)
        return done;
    if (auto done = settings::validateDailyLimit(limits.newRecipients, QStringLiteral("/dailyNewRecipients")); !done)
        return done;
    return store::setDailyLimits(call.db, accountId, limits);
}

Result<void> setRole(Writing &call, qint64 accountId, api::AccountRole role)
{
    return call.db
        .run("update accounts set role = ?1 where account_id = ?2", QString::fromLatin1(nameOf(role)), accountId)
        .transform([](qint64) {});
}

Result<void> leaveAliases(Writing &call, const QByteArray &address)
{
    const auto aliases = store::listAliases(call.db);
    if (!aliases)
        return std::unexpected(aliases.error());
    for (store::Alias alias : *aliases) {
        if (alias.members.removeAll(address) == 0)
            continue;
        const QString name = QString::fromUtf8(alias.address);
        if (alias.members.isEmpty())
            return failure(refusal("last-member",
                                   QStringLiteral("this account is the only member of the alias %1").arg(name),
                                   QStringLiteral("remove the alias first: postroomctl aliases remove %1").arg(name)));
        if (auto done = store::setAlias(call.db, call.effects, alias); !done)
            return done;
    }
    return {};
}

} // namespace

Result<api::AccountsListResult> handleAccountsList(Reading &call, const api::AccountsListParams &params)
{
    const auto stored = store::listAccounts(call.db, params.includeRemoved);
    if (!stored)
        return std::unexpected(stored.error());
    api::AccountsListResult result;
    for (const store::Account &each : *stored)
        result.accounts.append(shown(each));
    return result;
}

Result<api::AccountResult> handleAccountsGet(Reading &call, const api::AddressParams &params)
{
    return find(call.db, params.address).transform([](const store::Account &account) {
        return api::AccountResult{shown(account)};
    });
}

Result<api::AccountSecretResult> handleAccountsAdd(Writing &call, const api::AccountsAddParams &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    if (auto done = settings::validatePersonName(params.name, QStringLiteral("/name")); !done)
        return std::unexpected(done.error());
    store::Quota quota{.bytes = params.quotaBytes, .messages = params.quotaMessages};
    if (auto done = checkQuota(quota); !done)
        return std::unexpected(done.error());
    const auto aliases = store::listAliases(call.db);
    if (aliases && std::ranges::any_of(*aliases, [&](const store::Alias &each) { return each.address == *address; }))
        return failure(refusal("alias-exists", QStringLiteral("%1 is an alias").arg(params.address), {},
                               QStringLiteral("/address")));
    if (quota.bytes == 0 || quota.messages == 0) {
        const auto document = loadDocument(call.db, call.services.defaults);
        if (!document)
            return std::unexpected(document.error());
        quota.bytes = quota.bytes ? quota.bytes : document->server.defaultQuotaBytes;
        quota.messages = quota.messages ? quota.messages : document->server.defaultQuotaMessages;
    }
    const qsizetype at = address->lastIndexOf('@');
    const auto id = store::addAccount(call.db, call.effects,
                                      {.localpart = address->first(at),
                                       .domain = address->sliced(at + 1),
                                       .name = params.name,
                                       .role = QString::fromLatin1(nameOf(params.role)),
                                       .state = {},
                                       .createdAt = {},
                                       .quotaBytes = quota.bytes,
                                       .quotaMessages = quota.messages},
                                      call.now);
    if (!id)
        return std::unexpected(id.error());
    if (auto done = setDailyLimits(call, *id, {params.dailyMessages, params.dailyNewRecipients}); !done)
        return std::unexpected(done.error());
    const auto generated = setPassword(call, *id, params.password);
    if (!generated)
        return std::unexpected(generated.error());
    return reread(call.db, *address).transform([&](const api::Account &account) {
        return api::AccountSecretResult{account, *generated};
    });
}

Result<api::AccountSecretResult> handleAccountsSetPassword(Writing &call, const api::AccountsSetPasswordParams &params)
{
    const auto account = find(call.db, params.address);
    if (!account)
        return std::unexpected(account.error());
    const auto generated = setPassword(call, account->id, params.password);
    if (!generated)
        return std::unexpected(generated.error());
    call.effects.cutAccounts.insert(account->id); // whoever knew the old one is signed out
    return api::AccountSecretResult{shown(*account), *generated};
}

Result<api::AccountResult> handleAccountsUpdate(Writing &call, const api::AccountsUpdateParams &params)
{
    const auto account = find(call.db, params.address);
    if (!account)
        return std::unexpected(account.error());
    if (auto done = settings::validatePersonName(params.name.value_or(QString()), QStringLiteral("/name")); !done)
        return std::unexpected(done.error());
    const store::Quota quota{.bytes = params.quotaBytes.value_or(account->quotaBytes),
                             .messages = params.quotaMessages.value_or(account->quotaMessages)};
    if (auto done = checkQuota(quota); !done)
        return std::unexpected(done.error());
    if (auto done =
            store::updateAccount(call.db, call.effects, account->id, params.name.value_or(account->name), quota);
        !done)
        return std::unexpected(done.error());
    const store::DailyLimits daily{.messages = params.dailyMessages.value_or(account->daily.messages),
                                   .newRecipients = params.dailyNewRecipients.value_or(account->daily.newRecipients)};
    if (auto done = setDailyLimits(call, account->id, daily); !done)
        return std::unexpected(done.error());
    if (params.role) {
        if (auto done = setRole(call, account->id, *params.role); !done)
            return std::unexpected(done.error());
    }
    return reread(call.db, account->address()).transform([](const api::Account &now) {
        return api::AccountResult{now};
    });
}

Result<api::AccountResult> handleAccountsRemove(Writing &call, const api::AccountsRemoveParams &params)
{
    const auto account = find(call.db, params.address);
    if (!account)
        return std::unexpected(account.error());
    if (auto done = leaveAliases(call, account->address()); !done)
        return std::unexpected(done.error());
    const bool removedBefore = account->state == QLatin1StringView("removed");
    if (!removedBefore || !params.purge) {
        if (auto done = store::removeAccount(call.db, call.effects, account->id, call.now); !done)
            return std::unexpected(done.error());
    }
    if (params.purge) {
        if (auto done = store::markForPurging(call.db, account->id); !done)
            return std::unexpected(done.error());
        if (call.services.purgeSoon)
            call.afterwards.append(call.services.purgeSoon);
    }
    call.afterwards.append(
        [&authenticator = call.services.authenticator, id = account->id] { authenticator.forget(id); });
    return reread(call.db, account->address()).transform([](const api::Account &now) {
        return api::AccountResult{now};
    });
}

Result<api::AccountResult> handleAccountsRestore(Writing &call, const api::AddressParams &params)
{
    const auto account = find(call.db, params.address);
    if (!account)
        return std::unexpected(account.error());
    if (auto done = store::restoreAccount(call.db, call.effects, account->id, call.now); !done)
        return std::unexpected(done.error());
    return reread(call.db, account->address()).transform([](const api::Account &now) {
        return api::AccountResult{now};
    });
}

} // namespace control
