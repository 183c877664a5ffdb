#include "daemon/control/stored_document.h"

#include "daemon/control/history.h"
#include "daemon/control/names.h"
#include "daemon/dkim/keys.h"
#include "shared/settings/validate.h"

namespace control {

namespace {

Result<void> readSections(db::Database &db, settings::Document &document)
{
    auto rows = db.query("select section, value from settings");
    while (rows.next()) {
        const QString section = rows.text(0);
        const QJsonObject value = QJsonDocument::fromJson(rows.text(1).toUtf8()).object();
        // Read leniently: a newer program may have written more.
        if (section == QLatin1StringView("server")) {
            const auto server = api::fromResult<settings::Server>(value);
            if (!server)
                return std::unexpected(server.error());
            document.server = *server;
        } else if (section == QLatin1StringView("listeners")) {
            QJsonObject only{{QStringLiteral("listeners"), value.value(QStringLiteral("listeners"))}};
            const auto listeners = api::fromResult<settings::Document>(only);
            if (!listeners)
                return std::unexpected(listeners.error());
            document.listeners = listeners->listeners;
        }
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return {};
}

settings::AccountRole roleFrom(const QString &stored)
{
    return stored == QLatin1StringView("postmaster") ? settings::AccountRole::Postmaster : settings::AccountRole::User;
}

Result<void> writeSection(db::Database &db, const char *section, const QJsonObject &value)
{
    return db
        .run("insert into settings(section, value) values(?1, ?2) on conflict(section) do update set value = "
             "excluded.value",
             QString::fromLatin1(section), QString::fromUtf8(json::compact(value)))
        .transform([](qint64) {});
}

Result<void> applyServer(Writing &call, const settings::Document &wanted)
{
    if (auto done = writeSection(call.db, "server", json::toJson(wanted.server)); !done)
        return done;
    if (auto done = writeSection(call.db, "listeners", {{QStringLiteral("listeners"), json::write(wanted.listeners)}});
        !done)
        return done;
    if (call.services.settingsChanged)
        call.afterwards.append([&services = call.services, wanted] { services.settingsChanged(wanted); });
    return {};
}

template<class T, class Key>
const T *find(const QList<T> &list, const T &like, Key key)
{
    const auto found = std::ranges::find_if(list, [&](const T &each) { return each.*key == like.*key; });
    return found == list.end() ? nullptr : &*found;
}

Result<void> applyAccount(Writing &call, const settings::Account *before, const settings::Account &wanted)
{
    const QByteArray address = wanted.address.toUtf8();
    if (!before) {
        if (auto removed = store::findAccount(call.db, address)) {
            if (auto done = store::restoreAccount(call.db, call.effects, removed->id, call.now); !done)
                return done;
        } else {
            const qsizetype at = address.lastIndexOf('@');
            const auto added = store::addAccount(call.db, call.effects,
                                                 {.localpart = address.first(at),
                                                  .domain = address.sliced(at + 1),
                                                  .name = wanted.name,
                                                  .role = {},
                                                  .state = {},
                                                  .createdAt = {},
                                                  .quotaBytes = wanted.quotaBytes,
                                                  .quotaMessages = wanted.quotaMessages},
                                                 call.now);
            if (!added)
                return std::unexpected(added.error());
        }
    }
    const auto account = store::findAccount(call.db, address);
    if (!account)
        return std::unexpected(account.error());
    if (auto done = store::updateAccount(call.db, call.effects, account->id, wanted.name,
                                         {.bytes = wanted.quotaBytes, .messages = wanted.quotaMessages});
        !done)
        return done;
    if (auto done = store::setDailyLimits(
            call.db, account->id, {.messages = wanted.dailyMessages, .newRecipients = wanted.dailyNewRecipients});
        !done)
        return done;
    return call.db
        .run("update accounts set role = ?1 where account_id = ?2", QString::fromLatin1(nameOf(wanted.role)),
             account->id)
        .transform([](qint64) {});
}

Result<void> removeAccount(Writing &call, const settings::Account &account)
{
    const auto found = store::findAccount(call.db, account.address.toUtf8());
    if (!found)
        return std::unexpected(found.error());
    if (found->messageCount > 0)
        return failure(
            refusal("account-has-mail",
                    QStringLiteral("the account %1 has mail and is not removed this way").arg(account.address),
                    QStringLiteral("postroomctl accounts remove %1").arg(account.address)));
    return store::removeAccount(call.db, call.effects, found->id, call.now);
}

Result<void> applyAliases(Writing &call, const settings::Document &current, const settings::Document &wanted)
{
    for (const settings::Alias &alias : current.aliases) {
        if (find(wanted.aliases, alias, &settings::Alias::address))
            continue;
        if (auto done = store::removeAlias(call.db, call.effects, alias.address.toUtf8()); !done)
            return done;
    }
    for (const settings::Alias &alias : wanted.aliases) {
        const settings::Alias *before = find(current.aliases, alias, &settings::Alias::address);
        if (before && json::toJson(*before) == json::toJson(alias))
            continue;
        store::Alias stored{.address = alias.address.toUtf8(),
                            .members = {},
                            .post = toStored(alias.post),
                            .senders = {},
                            .listMembers = alias.listMembers,
                            .allowFrom = alias.allowFrom};
        for (const QString &member : alias.members)
            stored.members.append(member.toUtf8());
        for (const QString &sender : alias.senders)
            stored.senders.append(sender.toUtf8());
        if (auto done = store::setAlias(call.db, call.effects, stored); !done)
            return done;
    }
    return {};
}

Result<void> applyPeople(Writing &call, const settings::Document &current, const settings::Document &wanted)
{
    for (const settings::Domain &domain : wanted.domains) {
        const QByteArray name = domain.name.toUtf8();
        const bool there = find(current.domains, domain, &settings::Domain::name);
        if (auto done = there ? Result<void>() : store::addDomain(call.db, call.effects, name); !done)
            return done;
        if (domain.dkim) {
            if (auto done = dkim::apply(call.db, name, *domain.dkim, call.now); !done)
                return done;
        } else if (auto done = there ? Result<void>() : dkim::makeFirstKeys(call.db, name, call.now); !done) {
            return done;
        }
    }
    for (const settings::Account &account : wanted.accounts) {
        const settings::Account *before = find(current.accounts, account, &settings::Account::address);
        if (before && json::toJson(*before) == json::toJson(account))
            continue;
        if (auto done = applyAccount(call, before, account); !done)
            return done;
    }
    if (auto done = applyAliases(call, current, wanted); !done)
        return done;
    for (const settings::Account &account : current.accounts) {
        if (find(wanted.accounts, account, &settings::Account::address))
            continue;
        if (auto done = removeAccount(call, account); !done)
            return done;
    }
    for (const settings::Domain &domain : current.domains) {
        if (find(wanted.domains, domain, &settings::Domain::name))
            continue;
        if (auto done = store::removeDomain(call.db, call.effects, domain.name.toUtf8(), call.now); !done)
            return done;
    }
    return {};
}

} // namespace

Result<settings::Document> loadDocument(db::Database &db, const settings::Document &defaults)
{
    settings::Document document;
    document.server = defaults.server;
    document.listeners = defaults.listeners;
    const auto revision = settingsRevision(db);
    const auto domains = store::listDomains(db);
    const auto accounts = store::listAccounts(db, false);
    const auto aliases = store::listAliases(db);
    if (!revision || !domains || !accounts || !aliases)
        return failure(ErrorKind::Server, QStringLiteral("cannot read the settings"));
    document.revision = *revision;
    if (auto done = readSections(db, document); !done)
        return std::unexpected(done.error());
    for (const QByteArray &name : *domains) {
        const auto keys = dkim::selectors(db, name);
        if (!keys)
            return std::unexpected(keys.error());
        document.domains.append({.name = QString::fromUtf8(name), .dkim = *keys});
    }
    for (const store::Account &each : *accounts)
        document.accounts.append({.address = QString::fromUtf8(each.address()),
                                  .name = each.name,
                                  .role = roleFrom(each.role),
                                  .quotaBytes = each.quotaBytes,
                                  .quotaMessages = each.quotaMessages,
                                  .dailyMessages = each.daily.messages,
                                  .dailyNewRecipients = each.daily.newRecipients});
    for (const store::Alias &each : *aliases)
        document.aliases.append({.address = QString::fromUtf8(each.address),
                                 .members = toTexts(each.members),
                                 .post = toApi(each.post),
                                 .senders = toTexts(each.senders),
                                 .listMembers = each.listMembers,
                                 .allowFrom = each.allowFrom});
    return document;
}

Result<settings::Document> withStoredNames(const settings::Document &document)
{
    settings::Document result = document;
    std::optional<Error> wrong;
    const auto take = [&wrong](QString &name, const Result<QByteArray> &stored) {
        if (stored)
            name = QString::fromUtf8(*stored);
        else if (!wrong)
            wrong = stored.error();
    };
    for (qsizetype i = 0; i < result.domains.size(); ++i)
        take(result.domains[i].name, storedDomain(result.domains[i].name, QStringLiteral("/domains/%1/name").arg(i)));
    for (qsizetype i = 0; i < result.accounts.size(); ++i)
        take(result.accounts[i].address,
             storedAddress(result.accounts[i].address, QStringLiteral("/accounts/%1/address").arg(i)));
    for (qsizetype i = 0; i < result.aliases.size(); ++i) {
        take(result.aliases[i].address,
             storedAddress(result.aliases[i].address, QStringLiteral("/aliases/%1/address").arg(i)));
        for (qsizetype j = 0; j < result.aliases[i].members.size(); ++j)
            take(result.aliases[i].members[j],
                 storedAddress(result.aliases[i].members[j], QStringLiteral("/aliases/%1/members/%2").arg(i).arg(j)));
        for (qsizetype j = 0; j < result.aliases[i].senders.size(); ++j)
            take(result.aliases[i].senders[j],
                 storedAddress(result.aliases[i].senders[j], QStringLiteral("/aliases/%1/senders/%2").arg(i).arg(j)));
    }
    if (wrong)
        return failure(std::move(*wrong));
    if (auto done = settings::validate(result); !done) // two spellings may be one name
        return std::unexpected(done.error());
    return result;
}

Result<void> applyDocument(Writing &call, const settings::Document &current, const settings::Document &wanted)
{
    const bool server = json::toJson(current.server) != json::toJson(wanted.server) ||
                        json::write(current.listeners) != json::write(wanted.listeners);
    if (server) {
        if (auto done = applyServer(call, wanted); !done)
            return done;
    }
    return applyPeople(call, current, wanted);
}

} // namespace control
