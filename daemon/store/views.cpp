#include "daemon/store/views.h"

#include "daemon/db/database.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {

namespace {

void remove(std::vector<net::ConnectionId> &list, net::ConnectionId connection) { std::erase(list, connection); }

} // namespace

Result<View> Views::load(qint64 mailboxId) const
{
    auto opened = db::reader(m_file);
    if (!opened)
        return std::unexpected(opened.error());
    db::Database &db = **opened;
    auto head = db.query("select uid_validity, uid_next, keywords from mailboxes where mailbox_id = ?1", mailboxId);
    if (!head.next())
        return failure(ErrorKind::User, QStringLiteral("the mailbox is gone"));
    const auto validity = static_cast<quint32>(head.integer(0));
    const auto next = static_cast<quint32>(head.integer(1));
    QList<QByteArray> keywords;
    for (const auto &keyword : QJsonDocument::fromJson(head.bytes(2)).array())
        keywords.append(keyword.toString().toUtf8());
    std::vector<Entry> entries;
    auto rows = db.query(
        "select uid, message_id, flags, modseq from messages where mailbox_id = ?1 and expunged_at = 0 order by uid",
        mailboxId);
    while (rows.next())
        entries.push_back({.uid = static_cast<quint32>(rows.integer(0)),
                           .messageId = rows.integer(1),
                           .flags = static_cast<quint64>(rows.integer(2)),
                           .modseq = rows.integer(3)});
    if (rows.failed())
        return std::unexpected(rows.error());
    View view(std::move(entries));
    view.uidValidity = validity;
    view.uidNext = next;
    view.keywords = keywords;
    return view;
}

View Views::applied(const View &view, const MailboxEffects &effects)
{
    View result = view;
    if (!effects.appended.empty())
        result = result.appended(effects.appended);
    if (!effects.changed.empty())
        result = result.changed(effects.changed);
    if (!effects.expunged.empty())
        result = result.expunged(effects.expunged);
    if (effects.keywords)
        result.keywords = *effects.keywords;
    return result;
}

Result<std::shared_ptr<const View>> Views::open(qint64 mailboxId)
{
    {
        const std::lock_guard lock(m_mutex);
        Slot &slot = m_slots[mailboxId];
        if (slot.view)
            return slot.view;
        ++slot.loading;
    }
    auto loaded = load(mailboxId);
    const std::lock_guard lock(m_mutex);
    Slot &slot = m_slots[mailboxId];
    const bool last = --slot.loading == 0;
    if (loaded && !slot.view) {
        View view = std::move(*loaded);
        for (const auto &effects : slot.pending)
            view = applied(view, effects);
        slot.view = std::make_shared<const View>(std::move(view));
    }
    if (last)
        slot.pending.clear();
    if (!loaded)
        return std::unexpected(loaded.error());
    return slot.view;
}

std::shared_ptr<const View> Views::current(qint64 mailboxId)
{
    const std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(mailboxId);
    return slot == m_slots.end() ? nullptr : slot->second.view;
}

void Views::watch(qint64 mailboxId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    m_slots[mailboxId].watchers.push_back(connection);
}

void Views::unwatch(qint64 mailboxId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    remove(m_slots[mailboxId].watchers, connection);
}

void Views::signIn(qint64 accountId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    m_sessions[accountId].push_back(connection);
}

void Views::signOut(qint64 accountId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    remove(m_sessions[accountId], connection);
}

void Views::publish(const Effects &effects)
{
    struct Notice
    {
        net::ConnectionId connection;
        net::Event event;
    };
    std::vector<Notice> notices;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[mailboxId, changes] : effects.mailboxes) {
            const auto found = m_slots.find(mailboxId);
            if (found == m_slots.end())
                continue;
            Slot &slot = found->second;
            if (slot.loading > 0)
                slot.pending.push_back(changes);
            if (slot.view)
                slot.view = std::make_shared<const View>(applied(*slot.view, changes));
            for (const auto &watcher : slot.watchers)
                notices.push_back({watcher, {.kind = net::Event::Kind::MailboxChanged, .subject = mailboxId}});
        }
        for (const qint64 account : effects.cutAccounts) {
            for (const auto &session : m_sessions[account])
                notices.push_back({session, {.kind = net::Event::Kind::AccountCut, .subject = account}});
        }
    }
    for (const auto &notice : notices) {
        if (notifierOrNull)
            notifierOrNull->notify(notice.connection, notice.event);
    }
    for (const QByteArray &topic : effects.topics) {
        if (onTopic)
            onTopic(topic);
    }
}

} // namespace store
