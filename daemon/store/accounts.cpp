#include "daemon/store/accounts.h"

#include "daemon/store/limits.h"
#include "daemon/store/mailboxes.h"
#include "shared/base/bytes.h"
#include "shared/base/json.h"
#include "shared/base/refusal.h"

#include <QSet>

namespace store {

namespace {

struct SpecialMailbox
{
    const char *name;
    const char *use;
};
constexpr std::array kSpecialMailboxes = {SpecialMailbox{"INBOX", ""},          SpecialMailbox{"Archive", "\\Archive"},
                                          SpecialMailbox{"Drafts", "\\Drafts"}, SpecialMailbox{"Junk", "\\Junk"},
                                          SpecialMailbox{"Sent", "\\Sent"},     SpecialMailbox{"Trash", "\\Trash"}};

Result<void> expectOne(Result<qint64> changed, const QString &missing)
{
    if (!changed)
        return std::unexpected(changed.error());
    if (*changed == 0)
        return refuse("not-found", missing);
    return {};
}

void noteAccounts(Effects &effects)
{
    effects.directory = true;
    effects.topics.insert("accounts");
    effects.topics.insert("status");
}

} // namespace

Result<void> addDomain(db::Database &db, Effects &effects, const QByteArray &domain)
{
    const QString name = QString::fromUtf8(domain);
    const auto there = db.number("select removed_at from domains where domain = ?1", name);
    if (!there)
        return std::unexpected(there.error());
    if (*there == 0)
        return refuse("domain-exists", QStringLiteral("the domain %1 is there already").arg(name));
    effects.directory = true;
    effects.topics.insert("domains");
    if (*there)
        return db.run("update domains set removed_at = 0 where domain = ?1", name).transform([](qint64) {});
    return db.run("insert into domains(domain) values(?1)", name).transform([](qint64) {});
}

Result<void> removeDomain(db::Database &db, Effects &effects, const QByteArray &domain, Timestamp now)
{
    const QString name = QString::fromUtf8(domain);
    const auto used = db.number("select count(*) from accounts where domain = ?1 and state <> 'removed'", name);
    const auto removed = db.number("select count(*) from accounts where domain = ?1", name);
    if (!used || !removed)
        return std::unexpected(used ? removed.error() : used.error());
    if (used->value_or(0) > 0)
        return refuse("domain-in-use", QStringLiteral("the domain %1 still has accounts").arg(name));
    effects.directory = true;
    effects.topics.insert("domains");
    const bool hide = removed->value_or(0) > 0;
    return expectOne(hide ? db.run("update domains set removed_at = ?1 where domain = ?2 and removed_at = 0", now, name)
                          : db.run("delete from domains where domain = ?1 and removed_at = 0", name),
                     QStringLiteral("there is no domain %1").arg(name));
}

Result<QList<QByteArray>> listDomains(db::Database &db)
{
    QList<QByteArray> list;
    auto rows = db.query("select domain from domains where removed_at = 0 order by domain");
    while (rows.next())
        list.append(rows.text(0).toUtf8());
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<qint64> addAccount(db::Database &db, Effects &effects, const Account &account, Timestamp now)
{
    const QByteArray localpart = bytes::toLower(account.localpart);
    const auto domain =
        db.number("select 1 from domains where domain = ?1 and removed_at = 0", QString::fromUtf8(account.domain));
    if (domain && !*domain) {
        Error error =
            refusal("no-such-domain",
                    QStringLiteral("the domain %1 is not hosted here").arg(QString::fromUtf8(account.domain)));
        error.hint = QStringLiteral("add it first: postroomctl domains add %1").arg(QString::fromUtf8(account.domain));
        return failure(std::move(error));
    }
    QString state;
    {
        auto row = db.query("select state from accounts where localpart = ?1 and domain = ?2",
                            QString::fromUtf8(localpart), QString::fromUtf8(account.domain));
        if (row.next())
            state = row.text(0);
        else if (row.failed())
            return std::unexpected(row.error());
    }
    if (!state.isEmpty()) {
        const QString address = QString::fromUtf8(account.address());
        const bool removed = state == QLatin1StringView("removed");
        Error error =
            refusal("account-exists", removed ? QStringLiteral("%1 is a removed account").arg(address)
                                              : QStringLiteral("the account %1 is there already").arg(address));
        if (removed)
            error.hint = QStringLiteral("postroomctl accounts restore %1 brings it back, accounts remove --purge "
                                        "deletes it for good")
                             .arg(address);
        return failure(std::move(error));
    }
    const auto added = db.run(
        "insert into accounts(localpart, domain, name, role, created_at, quota_bytes, quota_messages) values(?1, ?2, "
        "?3, ?4, ?5, ?6, ?7)",
        QString::fromUtf8(localpart), QString::fromUtf8(account.domain), account.name,
        account.role.isEmpty() ? QStringLiteral("user") : account.role, now, account.quotaBytes, account.quotaMessages);
    if (!added)
        return std::unexpected(added.error());
    const qint64 id = db.lastInsertId();
    for (const auto &special : kSpecialMailboxes) {
        const auto made = createMailbox(db, effects, id, QLatin1StringView(special.name), special.use);
        if (!made)
            return std::unexpected(made.error());
        if (auto subscribed = subscribe(db, effects, id, QLatin1StringView(special.name), true); !subscribed)
            return std::unexpected(subscribed.error());
    }
    noteAccounts(effects);
    return id;
}

Result<QList<Account>> listAccounts(db::Database &db, bool alsoRemoved)
{
    QList<Account> list;
    auto rows = db.query(
        "select account_id, localpart, domain, name, role, state, created_at, quota_bytes, used_bytes, message_count, "
        "quota_messages, daily_messages, daily_new_recipients from accounts where state <> 'removed' or ?1 order by "
        "domain, localpart",
        alsoRemoved);
    while (rows.next()) {
        list.append({.id = rows.integer(0),
                     .localpart = rows.text(1).toUtf8(),
                     .domain = rows.text(2).toUtf8(),
                     .name = rows.text(3),
                     .role = rows.text(4),
                     .state = rows.text(5),
                     .createdAt = rows.time(6),
                     .quotaBytes = rows.integer(7),
                     .quotaMessages = rows.integer(10),
                     .daily = {.messages = rows.integer(11), .newRecipients = rows.integer(12)},
                     .usedBytes = rows.integer(8),
                     .messageCount = rows.integer(9)});
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<Account> findAccount(db::Database &db, const QByteArray &address)
{
    const auto all = listAccounts(db, true);
    if (!all)
        return std::unexpected(all.error());
    for (const Account &account : *all) {
        if (bytes::equalsIgnoreCase(account.address(), address))
            return account;
    }
    Error error = refusal("not-found", QStringLiteral("there is no account %1").arg(QString::fromUtf8(address)));
    error.hint = QStringLiteral("postroomctl accounts list shows all");
    return failure(std::move(error));
}

Result<void> updateAccount(db::Database &db, Effects &effects, qint64 id, const QString &name, const Quota &quota)
{
    noteAccounts(effects);
    return expectOne(db.run("update accounts set name = ?1, quota_bytes = ?2, quota_messages = ?3 where account_id = "
                            "?4",
                            name, quota.bytes, quota.messages, id),
                     QStringLiteral("there is no such account"));
}

Result<void> setDailyLimits(db::Database &db, qint64 accountId, const DailyLimits &limits)
{
    return expectOne(db.run("update accounts set daily_messages = ?1, daily_new_recipients = ?2 where account_id = ?3",
                            limits.messages, limits.newRecipients, accountId),
                     QStringLiteral("there is no such account"));
}

Result<DailyLimits> dailyLimitsOf(db::Database &db, qint64 accountId)
{
    auto row = db.query("select daily_messages, daily_new_recipients from accounts where account_id = ?1", accountId);
    if (row.next())
        return DailyLimits{.messages = row.integer(0), .newRecipients = row.integer(1)};
    return row.failed() ? std::unexpected(row.error()) : Result<DailyLimits>();
}

bool Usage::hasRoomFor(qint64 bytes) const
{
    return (limit.bytes == 0 || used.bytes + bytes <= limit.bytes) &&
           (limit.messages == 0 || used.messages < limit.messages);
}

Result<Usage> usageOf(db::Database &db, qint64 accountId)
{
    auto row = db.query("select used_bytes, message_count, quota_bytes, quota_messages from accounts where account_id "
                        "= ?1",
                        accountId);
    if (row.next())
        return Usage{.used = {.bytes = row.integer(0), .messages = row.integer(1)},
                     .limit = {.bytes = row.integer(2), .messages = row.integer(3)}};
    if (row.failed())
        return std::unexpected(row.error());
    return refuse("not-found", QStringLiteral("there is no such account"));
}

Result<void> removeAccount(db::Database &db, Effects &effects, qint64 id, Timestamp now)
{
    noteAccounts(effects);
    effects.cutAccounts.insert(id);
    return expectOne(
        db.run("update accounts set state = 'removed', removed_at = ?1 where account_id = ?2 and state <> 'removed'",
               now, id),
        QStringLiteral("there is no such account"));
}

Result<void> restoreAccount(db::Database &db, Effects &effects, qint64 id, Timestamp now)
{
    noteAccounts(effects);
    const auto hidden = db.number(
        "select 1 from accounts join domains using(domain) where account_id = ?1 and domains.removed_at > 0", id);
    if (!hidden)
        return std::unexpected(hidden.error());
    if (*hidden) {
        Error error = refusal("no-such-domain", QStringLiteral("the account's domain was removed, too"));
        error.hint = QStringLiteral("add the domain first; that brings it back");
        return failure(std::move(error));
    }
    return expectOne(db.run("update accounts set state = 'active', removed_at = 0 where account_id = ?1 and state = "
                            "'removed' and removed_at > ?2",
                            id, now - kKeepRemoved),
                     QStringLiteral("there is no such removed account any more"));
}

Result<void> Directory::reload(db::Database &db)
{
    const auto accounts = listAccounts(db, false);
    const auto aliases = listAliases(db);
    const auto domains = listDomains(db);
    if (!accounts || !aliases || !domains)
        return failure(ErrorKind::Server, QStringLiteral("cannot read the directory"));
    const std::lock_guard lock(m_mutex);
    m_accounts.clear();
    m_addresses.clear();
    m_withQuota.clear();
    m_aliases.clear();
    m_postmaster = 0;
    for (const Account &account : *accounts) {
        if (account.state != QLatin1StringView("active"))
            continue;
        m_accounts.insert(addressKey(account.localpart, account.domain), account.id);
        m_addresses.insert(account.id, account.address());
        if (account.quotaBytes > 0 || account.quotaMessages > 0)
            m_withQuota.insert(account.id);
        if (account.role == QLatin1StringView("postmaster"))
            m_postmaster = account.id;
    }
    for (const Alias &alias : *aliases)
        m_aliases.insert(alias.address, alias);
    m_domains = *domains;
    return {};
}

bool Directory::hosts(const QByteArray &domain) const
{
    const std::lock_guard lock(m_mutex);
    return m_domains.contains(domain);
}

bool Directory::hasQuota(qint64 account) const
{
    const std::lock_guard lock(m_mutex);
    return m_withQuota.contains(account);
}

bool Directory::hostsNothing() const
{
    const std::lock_guard lock(m_mutex);
    return m_domains.isEmpty();
}

// The account with this address or, without its "+detail", with that; 0 = none. The lock is held.
qint64 Directory::accountOf(const QByteArray &key) const
{
    qint64 account = m_accounts.value(key);
    if (account == 0 && !m_aliases.contains(key))
        account = m_accounts.value(withoutDetail(key));
    if (account == 0 && key.startsWith("postmaster@") && m_domains.contains(key.sliced(key.lastIndexOf('@') + 1)))
        account = m_postmaster; // RFC 5321 4.5.1
    return account;
}

QList<qint64> Directory::accountsOf(const QList<QByteArray> &members) const
{
    const std::lock_guard lock(m_mutex);
    QList<qint64> found;
    for (const QByteArray &member : members) {
        if (const qint64 account = m_accounts.value(member); account != 0 && !found.contains(account))
            found.append(account);
    }
    return found;
}

QList<qint64> Directory::resolve(const QByteArray &localpart, const QByteArray &domain) const
{
    const QByteArray key = addressKey(localpart, domain);
    if (const auto known = alias(key))
        return accountsOf(known->members);
    const std::lock_guard lock(m_mutex);
    const qint64 account = accountOf(key);
    return account == 0 ? QList<qint64>() : QList<qint64>{account};
}

std::optional<Alias> Directory::alias(const QByteArray &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_aliases.constFind(key);
    return found == m_aliases.constEnd() ? std::nullopt : std::optional(*found);
}

bool Directory::mayWriteAs(qint64 account, const QByteArray &localpart, const QByteArray &domain) const
{
    const QByteArray key = addressKey(localpart, domain);
    if (const auto known = alias(key))
        return known->allowFrom && accountsOf(known->members).contains(account);
    const std::lock_guard lock(m_mutex);
    return accountOf(key) == account;
}

std::optional<qint64> Directory::account(const QByteArray &address) const
{
    const qsizetype at = address.lastIndexOf('@');
    const QByteArray key = at < 0 ? address : addressKey(address.first(at), bytes::toLower(address.sliced(at + 1)));
    const std::lock_guard lock(m_mutex);
    const auto found = m_accounts.constFind(key);
    return found == m_accounts.constEnd() ? std::nullopt : std::optional(*found);
}

qint64 Directory::postmaster() const
{
    const std::lock_guard lock(m_mutex);
    return m_postmaster;
}

QByteArray Directory::addressOf(qint64 account) const
{
    const std::lock_guard lock(m_mutex);
    return m_addresses.value(account);
}

} // namespace store
