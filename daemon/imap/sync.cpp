// Telling the client what changed in the selected mailbox.
#include "daemon/imap/session.h"

#include "shared/base/bytes.h"

namespace imap {

void Session::appendFlags(QByteArray &to, const store::View &view, quint64 mask) const
{
    to.append("FLAGS (");
    bool any = false;
    const auto add = [&](QByteArrayView name) {
        if (any)
            to.append(' ');
        any = true;
        to.append(name);
    };
    for (size_t i = 0; i < store::kSystemFlagNames.size(); ++i) {
        if (mask & (quint64(1) << i))
            add(store::kSystemFlagNames[i]);
    }
    if (mask & kRecent)
        add("\\Recent");
    for (qsizetype i = 0; i < view.keywords.size(); ++i) {
        if (mask & (quint64(1) << (store::kSystemFlags + i)))
            add(view.keywords.at(i));
    }
    to.append(')');
}

// RFC 7162 3.2.4: after a CONDSTORE enabling command such responses carry UID and MODSEQ.
void Session::tellFlags(qsizetype index, bool withFlags)
{
    const store::View &view = *m_selected->view;
    const store::Entry &entry = view.at(index);
    out.bytes.append("* ");
    bytes::appendNumber(out.bytes, static_cast<quint64>(index + 1));
    out.bytes.append(" FETCH (");
    if (m_byUid || m_condstore) {
        out.bytes.append("UID ");
        bytes::appendNumber(out.bytes, entry.uid);
        if (withFlags)
            out.bytes.append(' ');
    }
    if (withFlags)
        appendFlags(out.bytes, view, flagsOf(entry));
    if (m_condstore) {
        out.bytes.append(" MODSEQ (");
        bytes::appendNumber(out.bytes, static_cast<quint64>(entry.modseq));
        out.bytes.append(')');
    }
    out.bytes.append(")\r\n");
}

// Tells what changed since the session's version. Without mayExpunge (FETCH, STORE, SEARCH by number, RFC 9051 7.5.1)
// expunged messages stay in the session's version until a command that may tell.
bool Session::sync(bool mayExpunge)
{
    if (!m_selected)
        return false;
    const auto newest = m_services->store.views.current(m_selected->id);
    const SelectedEvents events = selectedEvents();
    if (!newest || newest == m_selected->view || !events.messages)
        return false;
    const auto before = m_selected->view;
    const store::View &old = *before;
    const auto [expunged, changed] = old.differenceTo(*newest);
    std::vector<store::Entry> appended;
    appended.reserve(static_cast<size_t>(newest->size() - newest->lowerBound(old.lastUid() + 1)));
    for (qsizetype i = newest->lowerBound(old.lastUid() + 1); i < newest->size(); ++i)
        appended.push_back(newest->at(i));
    const bool behind = !mayExpunge && !expunged.empty();
    m_selected->behind = behind;
    store::View view = old;
    if (view.keywords != newest->keywords) {
        view.keywords = newest->keywords;
        out.bytes.append("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft");
        for (const QByteArray &keyword : view.keywords)
            out.bytes.append(' ').append(keyword);
        out.bytes.append(")\r\n");
    }
    if (mayExpunge && !expunged.empty()) {
        if (m_qresync) {
            out.bytes.append("* VANISHED ").append(store::formatUids(store::rangesOf(expunged))).append("\r\n");
        } else {
            qsizetype told = 0;
            for (const quint32 gone : expunged) {
                out.bytes.append("* ");
                bytes::appendNumber(out.bytes, static_cast<quint64>(old.lowerBound(gone) + 1 - told++));
                out.bytes.append(" EXPUNGE\r\n");
            }
        }
        view = view.expunged(expunged);
    }
    const bool grown = !appended.empty();
    if (grown) {
        view = view.appended(appended);
        out.bytes.append("* ").append(QByteArray::number(view.size())).append(" EXISTS\r\n");
        for (const store::Entry &entry : appended) {
            if (events.fetch && !events.fetch->isEmpty())
                m_untold.push_back(entry.uid);
        }
        takeRecent(newest->uidNext);
    }
    tellRecent(view, grown);
    view = view.changed(changed);
    view.uidNext = newest->uidNext;
    m_selected->view = behind ? std::make_shared<const store::View>(std::move(view)) : newest;
    for (const store::Entry &entry : changed) {
        if (!events.flags)
            break;
        if (m_condstore || old.at(old.lowerBound(entry.uid)).flags != entry.flags)
            tellFlags(m_selected->view->lowerBound(entry.uid), true);
    }
    if (!changed.empty())
        tellBehind();
    return !changed.empty();
}

// RFC 7162 3.2: what was told has larger mod-sequences than expunges that are not told yet, so the client must not take
// it for all there is.
void Session::tellBehind()
{
    if (m_selected->behind && m_qresync)
        out.bytes.append("* OK [HIGHESTMODSEQ ")
            .append(QByteArray::number(m_selected->view->highestModseq))
            .append("] so far\r\n");
}

// RFC 7162 3.1: the first such command while a mailbox is selected brings the mailbox's HIGHESTMODSEQ.
void Session::becomeAware(bool condition)
{
    if (!condition || std::exchange(m_condstore, true) || !m_selected)
        return;
    out.bytes.append("* OK [HIGHESTMODSEQ ")
        .append(QByteArray::number(m_selected->view->highestModseq))
        .append("] highest\r\n");
}

QByteArray Session::modseqCode() const
{
    return m_qresync && m_selected ? "[HIGHESTMODSEQ " + QByteArray::number(m_selected->view->highestModseq) + "] "
                                   : QByteArray();
}

std::vector<store::UidRange> Session::rangesIn(const SequenceSet &uids) const
{
    if (uids.isSaved())
        return store::rangesOf(m_saved);
    std::vector<store::UidRange> ranges;
    for (const auto &range : uids.resolved(m_selected->view->uidNext - 1))
        ranges.push_back(range);
    return store::united(std::move(ranges));
}

// Those of the expunged UIDs that were asked for. What the session still holds is told as any other expunge, later.
void Session::appendVanished(std::span<const store::UidRange> expunged, std::span<const store::UidRange> asked)
{
    const store::View &view = *m_selected->view;
    const std::vector<store::UidRange> given{{1, std::max(view.uidNext - 1, 1U)}};
    const auto gone = store::missingFrom(view, store::common(store::common(expunged, asked), given));
    if (!gone.empty() && view.uidNext > 1)
        out.bytes.append("* VANISHED (EARLIER) ").append(store::formatUids(gone)).append("\r\n");
}

void Session::stream(qsizetype count, std::function<void(qsizetype)> line, std::function<void()> then)
{
    constexpr qsizetype kAtOnce = 1000;
    if (count <= kAtOnce) {
        for (qsizetype i = 0; i < count; ++i)
            line(i);
        return then();
    }
    out.work = net::Work{.pool = net::Pool::Store,
                         .run = [this, count, line = std::move(line), at = qsizetype(0)]() mutable -> net::WorkResult {
                             while (at < count) {
                                 line(at++);
                                 if (out.bytes.size() >= kSliceBytes)
                                     return net::More{};
                             }
                             return net::Done{};
                         }};
    m_whenResumed = std::move(then);
}

} // namespace imap
