#include "daemon/store/views.h"

#include "daemon/db/database.h"
#include "daemon/store/messages.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {

namespace {

void remove(std::vector<net::ConnectionId> &list, net::ConnectionId connection) { std::erase(list, connection); }

qsizetype bytesOf(const View &view) { return view.size() * static_cast<qsizetype>(sizeof(Entry)); }

// Applies the log of flag changes to what the rows say.
Result<void> applyLog(db::Database &db, qint64 mailboxId, std::vector<Entry> &entries)
{
    auto log = db.query("select operation, flags, modseq, uids from flag_log where mailbox_id = ?1 order by log_id",
                        mailboxId);
    while (log.next()) {
        const auto change = static_cast<FlagChange>(log.integer(0));
        const auto mask = static_cast<quint64>(log.integer(1));
        for (const auto &[first, last] : parseUids(log.text(3).toLatin1())) {
            for (auto entry = std::ranges::lower_bound(entries, first, {}, &Entry::uid);
                 entry != entries.end() && entry->uid <= last; ++entry) {
                entry->flags = flagsAfter(change, entry->flags, mask);
                entry->modseq = log.integer(2);
            }
        }
    }
    return log.failed() ? Result<void>(std::unexpected(log.error())) : Result<void>();
}

// Those whose rows are not marked yet.
Result<void> leaveOutExpunged(db::Database &db, qint64 mailboxId, std::vector<Entry> &entries)
{
    std::vector<UidRange> gone;
    auto log = db.query("select uids from expunge_log where mailbox_id = ?1", mailboxId);
    while (log.next()) {
        const auto more = parseUids(log.text(0).toLatin1());
        gone.insert(gone.end(), more.begin(), more.end());
    }
    if (log.failed())
        return std::unexpected(log.error());
    gone = united(std::move(gone));
    std::erase_if(entries, [&gone](const Entry &entry) { return contains(gone, entry.uid); });
    return {};
}

} // namespace

Result<Views::Loaded> Views::read(db::Database &db, qint64 mailboxId)
{
    auto head = db.query(
        "select uid_validity, uid_next, keywords, modseq, recent_from from mailboxes where mailbox_id = ?1", mailboxId);
    if (!head.next())
        return failure(ErrorKind::User, QStringLiteral("the mailbox is gone"));
    const auto validity = static_cast<quint32>(head.integer(0));
    const auto next = static_cast<quint32>(head.integer(1));
    const qint64 modseq = head.integer(3);
    const auto recentFrom = static_cast<quint32>(head.integer(4));
    QList<QByteArray> keywords;
    for (const auto &keyword : QJsonDocument::fromJson(head.bytes(2)).array())
        keywords.append(keyword.toString().toUtf8());
    std::vector<Entry> entries;
    auto rows = db.query("select uid, message_id, flags, modseq, size from messages where mailbox_id = ?1 and "
                         "expunged_at = 0 order by uid",
                         mailboxId);
    while (rows.next())
        entries.push_back({.uid = static_cast<quint32>(rows.integer(0)),
                           .size = static_cast<quint32>(rows.integer(4)),
                           .messageId = rows.integer(1),
                           .flags = static_cast<quint64>(rows.integer(2)),
                           .modseq = rows.integer(3)});
    if (rows.failed())
        return std::unexpected(rows.error());
    if (auto done = applyLog(db, mailboxId, entries); !done)
        return std::unexpected(done.error());
    if (auto done = leaveOutExpunged(db, mailboxId, entries); !done)
        return std::unexpected(done.error());
    View view(std::move(entries));
    view.uidValidity = validity;
    view.uidNext = next;
    view.highestModseq = modseq;
    view.keywords = keywords;
    return Loaded{.view = std::move(view), .recentFrom = recentFrom};
}

Result<Views::Loaded> Views::load(qint64 mailboxId) const
{
    auto opened = db::reader(m_file);
    if (!opened)
        return std::unexpected(opened.error());
    db::Database &db = **opened;
    // Rows and log are read as of one moment: folding moves what is in the one to the other.
    const db::Snapshot snapshot(db);
    return read(db, mailboxId);
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
    result.highestModseq = std::max(result.highestModseq, effects.modseq);
    return result;
}

Result<std::shared_ptr<const View>> Views::open(qint64 mailboxId)
{
    {
        const std::lock_guard lock(m_mutex);
        Slot &slot = m_slots[mailboxId];
        slot.used = ++m_uses;
        if (slot.view)
            return slot.view;
        ++slot.loading;
    }
    auto loaded = load(mailboxId);
    const std::lock_guard lock(m_mutex);
    Slot &slot = m_slots[mailboxId];
    const bool last = --slot.loading == 0;
    if (loaded && !slot.view) {
        View view = std::move(loaded->view);
        for (const auto &effects : slot.pending)
            view = applied(view, effects);
        slot.view = std::make_shared<const View>(std::move(view));
        const auto unkept = m_unkeptRecent.find(mailboxId);
        slot.recentFrom = std::max(loaded->recentFrom, unkept == m_unkeptRecent.end() ? 1 : unkept->second);
    }
    if (last)
        slot.pending.clear();
    if (!loaded) {
        if (last && !slot.view && slot.watchers.empty())
            m_slots.erase(mailboxId);
        return std::unexpected(loaded.error());
    }
    auto view = slot.view;
    noteUse(slot);
    return view;
}

void Views::noteUse(Slot &slot)
{
    slot.used = ++m_uses;
    if (!slot.isIdle())
        return;
    m_idleBytes += bytesOf(*slot.view);
    if (m_idleBytes > m_mostIdleBytes)
        dropIdle();
}

void Views::dropIdle()
{
    std::vector<std::pair<quint64, qint64>> idle; // when it was used, mailbox; the last comes first
    for (const auto &[mailboxId, slot] : m_slots) {
        if (slot.isIdle())
            idle.emplace_back(slot.used, mailboxId);
    }
    std::ranges::sort(idle, std::ranges::greater());
    m_idleBytes = 0;
    for (const auto &[used, mailboxId] : idle) {
        const qsizetype bytes = bytesOf(*m_slots[mailboxId].view);
        if (m_idleBytes + bytes > m_mostIdleBytes)
            m_slots.erase(mailboxId);
        else
            m_idleBytes += bytes;
    }
}

std::shared_ptr<const View> Views::current(qint64 mailboxId)
{
    const std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(mailboxId);
    return slot == m_slots.end() ? nullptr : slot->second.view;
}

Result<View> Views::ahead(qint64 mailboxId)
{
    const auto known = m_batch.states.find(mailboxId);
    if (known != m_batch.states.end())
        return known->second;
    const auto committed = open(mailboxId);
    if (!committed)
        return std::unexpected(committed.error());
    View view = **committed;
    for (const auto &change : m_batch.changes) {
        const auto effects = change->mailboxes.find(mailboxId);
        if (effects != change->mailboxes.end())
            view = applied(view, effects->second);
    }
    if (m_batch.open > 0) // else nothing says when it stops being true
        m_batch.states.emplace(mailboxId, view);
    return view;
}

void Views::noteApplied(const std::shared_ptr<Effects> &effects)
{
    effects->applied = true;
    m_batch.changes.push_back(effects);
    ++m_batch.open;
    for (auto &[mailboxId, view] : m_batch.states) {
        const auto own = effects->mailboxes.find(mailboxId);
        if (own != effects->mailboxes.end())
            view = applied(view, own->second);
    }
}

void Views::noteSettled()
{
    if (--m_batch.open == 0)
        m_batch = {};
}

quint32 Views::recentFrom(qint64 mailboxId)
{
    const std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(mailboxId);
    return slot == m_slots.end() ? 1 : slot->second.recentFrom;
}

Result<quint32> Views::recentFrom(db::Database &db, qint64 mailboxId)
{
    const auto kept = db.number("select recent_from from mailboxes where mailbox_id = ?1", mailboxId);
    if (!kept)
        return std::unexpected(kept.error());
    const std::lock_guard lock(m_mutex);
    const auto unkept = m_unkeptRecent.find(mailboxId);
    return std::max(static_cast<quint32>(kept->value_or(1)), unkept == m_unkeptRecent.end() ? 1 : unkept->second);
}

quint32 Views::claimRecent(qint64 mailboxId, quint32 next)
{
    const std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(mailboxId);
    if (slot == m_slots.end())
        return next;
    const quint32 from = slot->second.recentFrom;
    if (next > from)
        slot->second.recentFrom = m_unkeptRecent[mailboxId] = next;
    return from;
}

std::vector<Views::RecentFrom> Views::unkeptRecent()
{
    const std::lock_guard lock(m_mutex);
    return {m_unkeptRecent.begin(), m_unkeptRecent.end()};
}

void Views::noteRecentKept(const std::vector<RecentFrom> &kept)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[mailboxId, uid] : kept) {
        const auto unkept = m_unkeptRecent.find(mailboxId);
        if (unkept != m_unkeptRecent.end() && unkept->second == uid)
            m_unkeptRecent.erase(unkept);
    }
}

void Views::watch(qint64 mailboxId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    m_slots[mailboxId].watchers.push_back(connection);
}

void Views::unwatch(qint64 mailboxId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(mailboxId);
    if (slot == m_slots.end())
        return;
    remove(slot->second.watchers, connection);
    if (slot->second.isIdle())
        noteUse(slot->second);
    else if (!slot->second.view && slot->second.watchers.empty() && slot->second.loading == 0)
        m_slots.erase(slot);
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

void Views::publish(const Effects &effects, Notices &others)
{
    struct Told
    {
        net::ConnectionId connection;
        net::Event event;
    };
    std::vector<Told> notices;
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
    for (const auto &listener : others.add(effects))
        notices.push_back({listener, {.kind = net::Event::Kind::AccountChanged, .subject = 0}});
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
