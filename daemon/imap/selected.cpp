// Commands on the selected mailbox, and telling the client what changed.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/syntax.h"

namespace imap {

void Session::deselect()
{
    m_services->store.views.unwatch(m_selected->id, m_peer.id);
    m_selected.reset();
    m_saved.clear(); // RFC 9051 6.4.4.1
    m_state = State::Authenticated;
}

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
    for (qsizetype i = 0; i < view.keywords.size(); ++i) {
        if (mask & (quint64(1) << (store::kSystemFlags + i)))
            add(view.keywords.at(i));
    }
    to.append(')');
}

// Tells what changed since the session's version. Without mayExpunge (FETCH, STORE, SEARCH by number, RFC 9051 7.5.1)
// expunged messages stay in the session's version until a command that may tell.
void Session::sync(bool mayExpunge)
{
    if (!m_selected)
        return;
    const auto newest = m_services->store.views.current(m_selected->id);
    if (!newest || newest == m_selected->view)
        return;
    const store::View &old = *m_selected->view;
    const auto [expunged, changed] = old.differenceTo(*newest);
    std::vector<store::Entry> appended;
    appended.reserve(static_cast<size_t>(newest->size() - newest->lowerBound(old.lastUid() + 1)));
    for (qsizetype i = newest->lowerBound(old.lastUid() + 1); i < newest->size(); ++i)
        appended.push_back(newest->at(i));
    store::View view = old;
    if (view.keywords != newest->keywords) {
        view.keywords = newest->keywords;
        out.bytes.append("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft");
        for (const QByteArray &keyword : view.keywords)
            out.bytes.append(' ').append(keyword);
        out.bytes.append(")\r\n");
    }
    if (mayExpunge && !expunged.empty()) {
        qsizetype told = 0;
        for (const quint32 gone : expunged)
            out.bytes.append("* ").append(QByteArray::number(old.lowerBound(gone) + 1 - told++)).append(" EXPUNGE\r\n");
        view = view.expunged(expunged);
    }
    if (!appended.empty()) {
        view = view.appended(appended);
        out.bytes.append("* ").append(QByteArray::number(view.size())).append(" EXISTS\r\n");
    }
    view = view.changed(changed);
    for (const store::Entry &entry : changed) {
        out.bytes.append("* ").append(QByteArray::number(view.lowerBound(entry.uid) + 1)).append(" FETCH (");
        if (m_byUid)
            out.bytes.append("UID ").append(QByteArray::number(entry.uid)).append(' ');
        appendFlags(out.bytes, view, entry.flags);
        out.bytes.append(")\r\n");
    }
    view.uidNext = newest->uidNext;
    m_selected->view = mayExpunge || expunged.empty() ? newest : std::make_shared<const store::View>(std::move(view));
}

std::vector<qsizetype> Session::indices(const SequenceSet &set) const
{
    const store::View &view = *m_selected->view;
    std::vector<qsizetype> result;
    if (set.isSaved()) {
        for (const quint32 uid : m_saved) {
            const qsizetype index = view.lowerBound(uid);
            if (index < view.size() && view.at(index).uid == uid) // expunged ones left the result, RFC 9051 6.4.4.1
                result.push_back(index);
        }
        return result;
    }
    if (m_byUid) {
        for (const auto &[first, last] : set.resolved(view.lastUid())) {
            const qsizetype end = last == 0xffffffffU ? view.size() : view.lowerBound(last + 1);
            for (qsizetype i = view.lowerBound(first); i < end; ++i)
                result.push_back(i);
        }
        return result;
    }
    for (const auto &[first, last] : set.resolved(static_cast<quint32>(view.size()))) {
        for (qsizetype i = std::max<qsizetype>(first, 1); i <= last && i <= view.size(); ++i)
            result.push_back(i - 1);
    }
    return result;
}

std::vector<qsizetype> Session::readChosen(Cursor &in) const
{
    const SequenceSet set = readSequenceSet(in);
    // RFC 9051 9 seq-number: a number that no message has is an error, "*" of an empty mailbox too; UIDs are not.
    if (!in.failed() && !m_byUid && !set.isWithin(static_cast<quint32>(m_selected->view->size())))
        in.fail(QStringLiteral("there is no message with that number"));
    return in.failed() ? std::vector<qsizetype>() : indices(set);
}

std::vector<quint32> Session::uidsOf(const std::vector<qsizetype> &list) const
{
    std::vector<quint32> uids;
    uids.reserve(list.size());
    for (const qsizetype index : list)
        uids.push_back(m_selected->view->at(index).uid);
    return uids;
}

void Session::close(Cursor &in)
{
    if (!finished(in))
        return;
    const auto done = [this] {
        deselect();
        ok("CLOSE done");
    };
    if (m_selected->readOnly)
        return done();
    change(
        [this, id = m_selected->id](db::Database &db, store::Effects &effects) {
            return store::expungeDeleted(db, effects, m_account, id, {}, m_services->clock.now());
        },
        done);
}

void Session::unselect(Cursor &in)
{
    if (!finished(in))
        return;
    deselect();
    ok("UNSELECT done");
}

// expunge = "EXPUNGE";  uid-expunge = "UID" SP "EXPUNGE" SP sequence-set     RFC 4315 2.1
void Session::expunge(Cursor &in)
{
    std::optional<std::vector<quint32>> only;
    if (m_byUid) {
        in.expect(' ');
        only = uidsOf(readChosen(in));
    }
    if (!finished(in))
        return;
    if (m_selected->readOnly)
        return no("[READ-ONLY] the mailbox was opened with EXAMINE");
    change(
        [this, only, id = m_selected->id](db::Database &db, store::Effects &effects) {
            return store::expungeDeleted(db, effects, m_account, id, only, m_services->clock.now());
        },
        [this] {
            sync(true);
            ok("EXPUNGE done");
        });
}

// store = "STORE" SP sequence-set SP store-att-flags     store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP
// (flag-list / (flag *(SP flag)))
void Session::storeFlags(Cursor &in)
{
    in.expect(' ');
    const auto chosen = readChosen(in);
    in.expect(' ');
    const auto kind = in.take('+')   ? store::FlagChange::Add
                      : in.take('-') ? store::FlagChange::Remove
                                     : store::FlagChange::Replace;
    in.expectIgnoreCase("FLAGS");
    const bool silent = in.takeIgnoreCase(".SILENT");
    in.expect(' ');
    const store::Flags flags = parseFlags(readFlags(in, true), in);
    if (!finished(in))
        return;
    if (m_selected->readOnly)
        return no("[READ-ONLY] the mailbox was opened with EXAMINE");
    const store::StoreFlags request{
        .accountId = m_account, .mailboxId = m_selected->id, .uids = uidsOf(chosen), .change = kind, .flags = flags};
    change([request](db::Database &db, store::Effects &effects) { return store::storeFlags(db, effects, request); },
           [this, silent, uids = request.uids] {
               const auto newest = m_services->store.views.current(m_selected->id);
               std::vector<store::Entry> own;
               for (const quint32 uid : uids) {
                   const qsizetype index = newest ? newest->lowerBound(uid) : 0;
                   if (newest && index < newest->size() && newest->at(index).uid == uid)
                       own.push_back(newest->at(index));
               }
               if (silent) { // told by nobody: the session's version takes them quietly
                   store::View view = m_selected->view->changed(own);
                   m_selected->view = std::make_shared<const store::View>(std::move(view));
               }
               sync(false);
               ok("STORE done");
           });
}

void Session::copy(Cursor &in) { copyOrMove(in, false); }

void Session::move(Cursor &in) { copyOrMove(in, true); }

void Session::copyOrMove(Cursor &in, bool moving)
{
    in.expect(' ');
    const auto chosen = readChosen(in);
    in.expect(' ');
    const QString name = readMailboxName(in);
    if (!finished(in))
        return;
    if (moving && m_selected->readOnly)
        return no("[READ-ONLY] the mailbox was opened with EXAMINE");
    auto copied = std::make_shared<store::Copied>();
    change(
        [this, name, moving, copied, uids = uidsOf(chosen),
         from = m_selected->id](db::Database &db, store::Effects &effects) -> Result<void> {
            const auto target = store::findMailbox(db, m_account, name);
            if (!target)
                return std::unexpected(tryCreate(target.error()));
            const auto when = moving ? std::optional(m_services->clock.now()) : std::nullopt;
            return store::copyMessages(db, effects, m_account, from, uids, target->id, when)
                .transform([&copied](store::Copied done) { *copied = std::move(done); });
        },
        [this, moving, copied] {
            QByteArray code;
            if (!copied->from.empty()) { // RFC 4315 3
                code = "[COPYUID " + QByteArray::number(copied->uidValidity) + ' ' +
                       formatSet({copied->from.begin(), copied->from.end()}) + ' ' +
                       formatSet({copied->to.begin(), copied->to.end()}) + "] ";
            }
            if (moving && !code.isEmpty())
                out.bytes.append("* OK ").append(code).append("moved\r\n"); // RFC 6851 4.3: before the EXPUNGEs
            sync(true);
            ok(moving ? "MOVE done" : code + "COPY done");
        });
}

// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge)
void Session::uid(Cursor &in)
{
    in.expect(' ');
    const QByteArray name = bytes::toUpper(readAtom(in, "a command"));
    struct Sub
    {
        const char *name;
        void (Session::*handler)(Cursor &);
    };
    static constexpr std::array kSubs = {Sub{"FETCH", &Session::fetch},   Sub{"STORE", &Session::storeFlags},
                                         Sub{"SEARCH", &Session::search}, Sub{"SORT", &Session::sort}, Sub{"THREAD", &Session::thread}, Sub{"COPY", &Session::copy},
                                         Sub{"MOVE", &Session::move},     Sub{"EXPUNGE", &Session::expunge}};
    m_byUid = true;
    for (const Sub &sub : kSubs) {
        if (name == sub.name)
            return (this->*sub.handler)(in);
    }
    bad("UID takes FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE or EXPUNGE");
}

} // namespace imap
