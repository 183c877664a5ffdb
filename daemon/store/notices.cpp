#include "daemon/store/notices.h"

#include "daemon/store/effects.h"

#include <algorithm>

namespace store {

void Notices::listen(qint64 accountId, net::ConnectionId connection)
{
    unlisten(accountId, connection);
    const std::lock_guard lock(m_mutex);
    m_listeners[accountId].push_back({.connection = connection, .waiting = {}});
}

void Notices::unlisten(qint64 accountId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    const auto listeners = m_listeners.find(accountId);
    if (listeners == m_listeners.end())
        return;
    std::erase_if(listeners->second, [&connection](const Listener &each) { return each.connection == connection; });
    if (listeners->second.empty())
        m_listeners.erase(listeners);
}

Notices::Taken Notices::take(qint64 accountId, net::ConnectionId connection)
{
    const std::lock_guard lock(m_mutex);
    const auto listeners = m_listeners.find(accountId);
    if (listeners == m_listeners.end())
        return {};
    for (Listener &each : listeners->second) {
        if (each.connection == connection)
            return std::exchange(each.waiting, {});
    }
    return {};
}

void Notices::put(Taken &waiting, const Notice &notice)
{
    if (waiting.overflow)
        return;
    if (notice.kind == Notice::Kind::Messages) {
        for (Notice &each : waiting.notices) {
            if (each.kind == notice.kind && each.mailboxId == notice.mailboxId) {
                each.added = each.added || notice.added;
                each.flags = each.flags || notice.flags;
                return;
            }
        }
    }
    if (waiting.notices.size() >= kMostNotices)
        waiting = {.notices = {}, .overflow = true};
    else
        waiting.notices.push_back(notice);
}

std::vector<net::ConnectionId> Notices::add(const Effects &effects)
{
    std::vector<Notice> all = effects.notices;
    for (const auto &[mailboxId, changes] : effects.mailboxes) {
        if (changes.accountId && !changes.gone)
            all.push_back({.kind = Notice::Kind::Messages,
                           .accountId = changes.accountId,
                           .mailboxId = mailboxId,
                           .added = !changes.appended.empty() || !changes.expunged.empty(),
                           .flags = !changes.changed.empty()});
    }
    std::vector<net::ConnectionId> told;
    const std::lock_guard lock(m_mutex);
    for (const Notice &notice : all) {
        const auto listeners = m_listeners.find(notice.accountId);
        if (listeners == m_listeners.end())
            continue;
        for (Listener &each : listeners->second) {
            if (each.connection == effects.origin)
                continue;
            put(each.waiting, notice);
            if (!std::ranges::contains(told, each.connection))
                told.push_back(each.connection);
        }
    }
    return told;
}

} // namespace store
