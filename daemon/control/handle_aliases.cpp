// aliases.*: addresses that lead to several people.
#include "daemon/control/call.h"
#include "daemon/control/names.h"
#include "daemon/store/limits.h"

namespace control {

namespace {

struct PostRow
{
    settings::AliasPost post;
    store::PostPolicy stored;
};
constexpr std::array kPosts = {PostRow{settings::AliasPost::Anyone, store::PostPolicy::Anyone},
                               PostRow{settings::AliasPost::Members, store::PostPolicy::Members},
                               PostRow{settings::AliasPost::Senders, store::PostPolicy::Senders}};

api::Alias shown(const store::Alias &stored)
{
    return {.address = QString::fromUtf8(stored.address),
            .members = toTexts(stored.members),
            .post = toApi(stored.post),
            .senders = toTexts(stored.senders),
            .listMembers = stored.listMembers,
            .allowFrom = stored.allowFrom};
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

Result<QList<QByteArray>> readSenders(const QStringList &senders)
{
    QList<QByteArray> list;
    for (qsizetype i = 0; i < senders.size(); ++i) {
        const auto sender = storedAddress(senders.at(i), QStringLiteral("/senders/%1").arg(i));
        if (!sender)
            return std::unexpected(sender.error());
        if (!list.contains(*sender))
            list.append(*sender);
    }
    return list;
}

Result<std::optional<store::Alias>> findAlias(db::Database &db, const QByteArray &address)
{
    const auto all = store::listAliases(db);
    if (!all)
        return std::unexpected(all.error());
    const auto found = std::ranges::find(*all, address, &store::Alias::address);
    return found == all->end() ? std::nullopt : std::optional(*found);
}

Error noAlias(const QByteArray &address)
{
    return refusal("not-found", QStringLiteral("there is no alias %1").arg(QString::fromUtf8(address)),
                   QStringLiteral("postroomctl aliases list shows all"), QStringLiteral("/address"));
}

// What the parameters name is taken over, the rest stays.
template<class Params>
Result<void> takePolicies(store::Alias &alias, const Params &params)
{
    if (params.post)
        alias.post = toStored(*params.post);
    if (params.senders) {
        const auto senders = readSenders(*params.senders);
        if (!senders)
            return std::unexpected(senders.error());
        alias.senders = *senders;
    }
    if (alias.post == store::PostPolicy::Senders && alias.senders.isEmpty())
        return failure(refusal("no-senders", QStringLiteral("name who may write to it, or choose members"), {},
                               QStringLiteral("/senders")));
    alias.listMembers = params.listMembers.value_or(alias.listMembers);
    alias.allowFrom = params.allowFrom.value_or(alias.allowFrom);
    return {};
}

Result<api::AliasCopy> copyFor(db::Database &db, const QByteArray &member, bool reads)
{
    api::AliasCopy copy{.address = QString::fromUtf8(member), .fate = {}, .why = {}};
    const auto account = store::findAccount(db, member);
    if (!account)
        return std::unexpected(account.error());
    const bool full = (account->quotaBytes > 0 && account->usedBytes >= account->quotaBytes) ||
                      (account->quotaMessages > 0 && account->messageCount >= account->quotaMessages);
    if (account->state != QLatin1StringView("active")) {
        copy.fate = api::CopyFate::Inactive;
        copy.why = QStringLiteral("the account is not in use");
    } else if (!reads) {
        copy.fate = api::CopyFate::WroteIt;
        copy.why = QStringLiteral("wrote it, so gets no copy");
    } else if (full) {
        copy.fate = api::CopyFate::Full;
        copy.why = QStringLiteral("the mailbox is full");
    } else {
        copy.fate = api::CopyFate::Delivered;
        copy.why = QStringLiteral("is a member");
    }
    return copy;
}

template<class Params>
Result<api::AliasResult> keep(Writing &call, store::Alias alias, const Params &params)
{
    if (auto done = takePolicies(alias, params); !done)
        return std::unexpected(done.error());
    if (auto done = store::setAlias(call.db, call.effects, alias); !done)
        return std::unexpected(done.error());
    return api::AliasResult{shown(alias)};
}

} // namespace

settings::AliasPost toApi(store::PostPolicy policy)
{
    return std::ranges::find(kPosts, policy, &PostRow::stored)->post;
}

store::PostPolicy toStored(settings::AliasPost post) { return std::ranges::find(kPosts, post, &PostRow::post)->stored; }

QStringList toTexts(const QList<QByteArray> &addresses)
{
    QStringList texts;
    for (const QByteArray &address : addresses)
        texts << QString::fromUtf8(address);
    return texts;
}

Result<api::AliasesListResult> handleAliasesList(Reading &call, const api::None &)
{
    const auto stored = store::listAliases(call.db);
    if (!stored)
        return std::unexpected(stored.error());
    api::AliasesListResult result;
    for (const store::Alias &each : *stored)
        result.aliases.append(shown(each));
    return result;
}

Result<api::AliasResult> handleAliasesAdd(Writing &call, const api::AliasesAddParams &params)
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
    const auto known = findAlias(call.db, *address);
    if (!known)
        return std::unexpected(known.error());
    store::Alias alias = known->value_or(store::Alias{});
    alias.address = *address;
    alias.members = *members;
    return keep(call, std::move(alias), params);
}

Result<api::AliasResult> handleAliasesUpdate(Writing &call, const api::AliasesUpdateParams &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    const auto known = findAlias(call.db, *address);
    if (!known)
        return std::unexpected(known.error());
    if (!*known)
        return failure(noAlias(*address));
    store::Alias alias = **known;
    if (params.members) {
        const auto members = readMembers(call.db, *params.members);
        if (!members)
            return std::unexpected(members.error());
        alias.members = *members;
    }
    return keep(call, std::move(alias), params);
}

Result<api::AliasesTestResult> handleAliasesTest(Reading &call, const api::AliasesTestParams &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    const auto from = storedAddress(params.from, QStringLiteral("/from"));
    if (!from)
        return std::unexpected(from.error());
    const auto alias = findAlias(call.db, *address);
    if (!alias)
        return std::unexpected(alias.error());
    if (!*alias)
        return failure(noAlias(*address));
    const store::PostVerdict verdict = store::mayPost(**alias, {*from});
    api::AliasesTestResult result{.accepted = false, .why = store::describe(verdict), .members = {}};
    if (verdict != store::PostVerdict::Allowed)
        return result;
    const QList<QByteArray> readers = store::readers(**alias, {*from});
    for (const QByteArray &member : (*alias)->members) {
        const auto copy = copyFor(call.db, member, readers.contains(member));
        if (!copy)
            return std::unexpected(copy.error());
        result.accepted = result.accepted || copy->fate == api::CopyFate::Delivered;
        result.members.append(*copy);
    }
    if (!result.accepted)
        result.why = QStringLiteral("no member can get it now");
    return result;
}

Result<api::AliasResult> handleAliasesRemove(Writing &call, const api::AddressParams &params)
{
    const auto address = storedAddress(params.address, QStringLiteral("/address"));
    if (!address)
        return std::unexpected(address.error());
    const auto known = findAlias(call.db, *address);
    if (!known)
        return std::unexpected(known.error());
    if (!*known)
        return failure(noAlias(*address));
    if (auto done = store::removeAlias(call.db, call.effects, *address); !done)
        return std::unexpected(done.error());
    return api::AliasResult{shown(**known)};
}

} // namespace control
