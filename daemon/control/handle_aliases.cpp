// aliases.*: addresses that lead to several people.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/store/limits.h"

namespace control {

namespace {

api::Alias toApi(const store::Alias &stored)
{
    api::Alias alias{.address = QString::fromUtf8(stored.address), .members = {}};
    for (const QByteArray &member : stored.members)
        alias.members << QString::fromUtf8(member);
    return alias;
}

Result<QList<QByteArray>> readMembers(db::Database &db, const QStringList &members)
{
    if (members.size() > store::kMostMembers)
        return failure(refusal("too-many-members",
                               QStringLiteral("an alias has at most %1 members").arg(store::kMostMembers), {},
                               QStringLiteral("/members")));
    QList<QByteArray> list;
    for (qsizetype i = 0; i < members.size(); ++i) {
        const QString path = QStringLiteral("/members/%1").arg(i);
        const auto member = storedAddress(members.at(i), path);
        if (!member)
            return std::unexpected(member.error());
        const auto account = store::findAccount(db, *member);
        if (!account || account->state == QLatin1StringView("removed"))
            return failure(refusal("not-found", QStringLiteral("%1 is not an account").arg(members.at(i)),
                                   QStringLiteral("members must be accounts, not aliases"), path));
        if (list.contains(*member))
            return failure(refusal("member-twice", QStringLiteral("%1 is named twice").arg(members.at(i)), {}, path));
        list.append(*member);
    }
    if (list.isEmpty())
        return failure(refusal("no-members", QStringLiteral("an alias needs at least one member"), {},
                               QStringLiteral("/members")));
    return list;
}

} // namespace

Result<api::AliasesListResult> handleAliasesList(Reading &call, const api::None &)
{
    const auto stored = store::listAliases(call.db);
    if (!stored)
        return std::unexpected(stored.error());
    api::AliasesListResult result;
    for (const store::Alias &each : *stored)
        result.aliases.append(toApi(each));
    return result;
}

Result<api::AliasResult> handleAliasesAdd(Writing &call, const api::Alias &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    const auto domains = store::listDomains(call.db);
    if (!domains)
        return std::unexpected(domains.error());
    const QByteArray domain = address->sliced(address->lastIndexOf('@') + 1);
    if (!domains->contains(domain))
        return failure(
            refusal("no-such-domain", QStringLiteral("the domain %1 is not hosted here").arg(QString::fromUtf8(domain)),
                    QStringLiteral("add it first: postroomctl domains add %1").arg(QString::fromUtf8(domain)),
                    QStringLiteral("/address")));
    const auto members = readMembers(call.db, params.members);
    if (!members)
        return std::unexpected(members.error());
    const store::Alias alias{.address = *address, .members = *members};
    if (auto done = store::setAlias(call.db, call.effects, alias); !done)
        return std::unexpected(done.error());
    return api::AliasResult{toApi(alias)};
}

Result<api::AliasResult> handleAliasesRemove(Writing &call, const api::AddressParams &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    if (auto done = store::removeAlias(call.db, call.effects, *address); !done)
        return std::unexpected(done.error());
    return api::AliasResult{{.address = QString::fromUtf8(*address), .members = {}}};
}

} // namespace control
