// \Recent (RFC 3501 2.3.2) for clients that did not enable IMAP4rev2, which has it no more: a message is recent in the
// first session that is told of it and may change the mailbox; until then, in those that opened it with EXAMINE.
#include "daemon/imap/session.h"

namespace imap {

// What came below `next` since the last time is recent here unless another session was told first.
void Session::takeRecent(quint32 next)
{
    auto &views = m_services->store.views;
    Selected &box = *m_selected;
    const quint32 from = box.readOnly ? views.recentFrom(box.id) : views.claimRecent(box.id, next);
    const quint32 first = std::max(from, box.recentUpTo);
    if (first < next) {
        if (!box.recent.empty() && box.recent.back().second + 1 == first)
            box.recent.back().second = next - 1;
        else
            box.recent.emplace_back(first, next - 1);
    }
    box.recentUpTo = std::max(box.recentUpTo, next);
}

// RFC 3501 7.3.2. `always`: on SELECT, and beside EXISTS; else when the number has changed.
void Session::tellRecent(const store::View &view, bool always)
{
    if (m_rev2)
        return;
    qsizetype count = 0;
    for (const auto &[first, last] : m_selected->recent)
        count += view.lowerBound(last + 1) - view.lowerBound(first);
    if (!always && count == m_selected->recentTold)
        return;
    m_selected->recentTold = count;
    out.bytes.append("* ").append(QByteArray::number(count)).append(" RECENT\r\n");
}

// With kRecent, as the client is told them.
quint64 Session::flagsOf(const store::Entry &entry) const
{
    if (m_rev2 || m_selected->recent.empty() || entry.uid < m_selected->recent.front().first)
        return entry.flags;
    return store::contains(m_selected->recent, entry.uid) ? entry.flags | kRecent : entry.flags;
}

} // namespace imap
