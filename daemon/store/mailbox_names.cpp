#include "daemon/store/mailbox_names.h"

namespace store {

std::optional<MailboxName> MailboxNames::known(qint64 accountId, const QString &name)
{
    const std::lock_guard lock(m_mutex);
    const auto account = m_accounts.find(accountId);
    if (account == m_accounts.end())
        return {};
    const auto mailbox = account->second.constFind(name);
    return mailbox == account->second.cend() ? std::nullopt : std::optional(*mailbox);
}

Result<MailboxName> MailboxNames::find(db::Database &db, qint64 accountId, const QString &name)
{
    quint64 before = 0;
    {
        const std::lock_guard lock(m_mutex);
        before = m_forgotten;
    }
    const auto mailbox = findMailbox(db, accountId, name);
    if (!mailbox)
        return std::unexpected(mailbox.error());
    const std::lock_guard lock(m_mutex);
    if (m_forgotten != before)
        return *mailbox;
    if (m_kept >= kMostKept) {
        m_accounts.clear();
        m_kept = 0;
    }
    auto &names = m_accounts[accountId];
    const qsizetype had = names.size();
    names.insert(name, *mailbox);
    m_kept += names.size() - had;
    return *mailbox;
}

void MailboxNames::publish(const Effects &effects)
{
    std::set<qint64> accounts = effects.cutAccounts;
    for (const Notice &notice : effects.notices) {
        using Kind = Notice::Kind;
        if (notice.kind == Kind::Created || notice.kind == Kind::Deleted || notice.kind == Kind::Renamed)
            accounts.insert(notice.accountId);
    }
    if (accounts.empty())
        return;
    const std::lock_guard lock(m_mutex);
    ++m_forgotten;
    for (const qint64 account : accounts) {
        const auto names = m_accounts.find(account);
        if (names == m_accounts.end())
            continue;
        m_kept -= names->second.size();
        m_accounts.erase(names);
    }
}

qsizetype MailboxNames::kept()
{
    const std::lock_guard lock(m_mutex);
    return m_kept;
}

} // namespace store
