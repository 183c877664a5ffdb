#include "daemon/store/aliases.h"

#include "daemon/store/limits.h"
#include "shared/base/json.h"
#include "shared/base/refusal.h"
#include "shared/base/unicode.h"

namespace store {

namespace {

struct PolicyName
{
    PostPolicy policy;
    const char *name; // in the table
};
constexpr std::array kPolicies = {PolicyName{PostPolicy::Anyone, "anyone"}, PolicyName{PostPolicy::Members, "members"},
                                  PolicyName{PostPolicy::Senders, "senders"}};

QString nameOf(PostPolicy policy)
{
    return QLatin1StringView(std::ranges::find(kPolicies, policy, &PolicyName::policy)->name);
}

PostPolicy policyOf(const QString &name)
{
    const auto row = std::ranges::find_if(
        kPolicies, [&name](const PolicyName &each) { return name == QLatin1StringView(each.name); });
    return row == kPolicies.end() ? PostPolicy::Members : row->policy; // unknown: the closed door
}

QString toText(const QList<QByteArray> &addresses)
{
    QJsonArray array;
    for (const QByteArray &address : addresses)
        array.append(QString::fromUtf8(address));
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<QByteArray> fromText(const QString &text)
{
    QList<QByteArray> list;
    for (const auto &address : QJsonDocument::fromJson(text.toUtf8()).array())
        list.append(address.toString().toUtf8());
    return list;
}

PostVerdict judge(const Alias &alias, const QByteArray &author)
{
    const QByteArray plain = withoutDetail(author);
    if (alias.members.contains(author) || alias.members.contains(plain))
        return PostVerdict::Allowed;
    if (author == alias.address)
        return alias.allowFrom ? PostVerdict::Allowed : PostVerdict::NotAsAlias;
    switch (alias.post) {
    case PostPolicy::Anyone: return PostVerdict::Allowed;
    case PostPolicy::Members: return PostVerdict::NotMember;
    case PostPolicy::Senders:
        return alias.senders.contains(author) || alias.senders.contains(plain) ? PostVerdict::Allowed
                                                                               : PostVerdict::NotNamed;
    }
    return PostVerdict::NotMember;
}

} // namespace

Result<void> setAlias(db::Database &db, Effects &effects, const Alias &alias)
{
    const QString address = QString::fromUtf8(alias.address);
    if (alias.members.isEmpty())
        return refuse("no-members", QStringLiteral("an alias needs at least one member"));
    if (alias.members.size() > kMostMembers)
        return refuse("too-many-members", QStringLiteral("an alias has at most %1 members").arg(kMostMembers));
    const auto account = db.number("select 1 from accounts where localpart || '@' || domain = ?1", address);
    if (account && *account)
        return refuse("account-exists", QStringLiteral("%1 is an account").arg(address));
    effects.directory = true;
    effects.topics.insert("aliases");
    return db
        .run("insert into aliases(address, members, post, senders, list_members, allow_from) "
             "values(?1, ?2, ?3, ?4, ?5, ?6) on conflict(address) do update set members = excluded.members, "
             "post = excluded.post, senders = excluded.senders, list_members = excluded.list_members, "
             "allow_from = excluded.allow_from",
             address, toText(alias.members), nameOf(alias.post), toText(alias.senders), alias.listMembers,
             alias.allowFrom)
        .transform([](qint64) {});
}

Result<void> removeAlias(db::Database &db, Effects &effects, const QByteArray &address)
{
    effects.directory = true;
    effects.topics.insert("aliases");
    const auto removed = db.run("delete from aliases where address = ?1", QString::fromUtf8(address));
    if (!removed)
        return std::unexpected(removed.error());
    if (*removed == 0)
        return refuse("not-found", QStringLiteral("there is no alias %1").arg(QString::fromUtf8(address)));
    return {};
}

Result<QList<Alias>> listAliases(db::Database &db)
{
    QList<Alias> list;
    auto rows = db.query("select address, members, post, senders, list_members, allow_from from aliases order by "
                         "address");
    while (rows.next()) {
        list.append({.address = rows.text(0).toUtf8(),
                     .members = fromText(rows.text(1)),
                     .post = policyOf(rows.text(2)),
                     .senders = fromText(rows.text(3)),
                     .listMembers = rows.integer(4) != 0,
                     .allowFrom = rows.integer(5) != 0});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

QByteArray addressKey(const QByteArray &localpart, const QByteArray &domain)
{
    return unicode::nfc(QString::fromUtf8(localpart).toLower()).toUtf8() + '@' + domain;
}

QByteArray withoutDetail(const QByteArray &key)
{
    const qsizetype at = key.lastIndexOf('@');
    const qsizetype plus = key.indexOf('+');
    return plus > 0 && plus < at ? key.first(plus) + key.sliced(at) : key;
}

PostVerdict mayPost(const Alias &alias, const QList<QByteArray> &authors)
{
    if (authors.isEmpty())
        return alias.post == PostPolicy::Anyone ? PostVerdict::Allowed : PostVerdict::NoAuthor;
    for (const QByteArray &author : authors) {
        if (const PostVerdict verdict = judge(alias, author); verdict != PostVerdict::Allowed)
            return verdict;
    }
    return PostVerdict::Allowed;
}

QString describe(PostVerdict verdict)
{
    switch (verdict) {
    case PostVerdict::Allowed: return QStringLiteral("may write to this address");
    case PostVerdict::NotMember: return QStringLiteral("only its members may write to this address");
    case PostVerdict::NotNamed: return QStringLiteral("only its members and those it names may write to this address");
    case PostVerdict::NotAsAlias: return QStringLiteral("nobody may write with this address as its sender");
    case PostVerdict::NoAuthor: return QStringLiteral("the message does not say who wrote it");
    }
    return {};
}

QList<QByteArray> readers(const Alias &alias, const QList<QByteArray> &authors)
{
    QList<QByteArray> others;
    for (const QByteArray &member : alias.members) {
        const bool wrote = std::ranges::any_of(authors, [&member](const QByteArray &author) {
            return author == member || withoutDetail(author) == member;
        });
        if (!wrote)
            others.append(member);
    }
    return others.isEmpty() ? alias.members : others;
}

} // namespace store
