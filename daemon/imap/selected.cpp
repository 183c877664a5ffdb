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
    m_untold.clear();
    m_state = State::Authenticated;
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

SequenceSet Session::readChosenSet(Cursor &in) const
{
    SequenceSet set = readSequenceSet(in);
    // RFC 9051 9 seq-number: a number that no message has is an error, "*" of an empty mailbox too; UIDs are not.
    if (!in.failed() && !m_byUid && !set.isWithin(static_cast<quint32>(m_selected->view->size())))
        in.fail(QStringLiteral("there is no message with that number"));
    return set;
}

std::vector<qsizetype> Session::readChosen(Cursor &in) const
{
    const SequenceSet set = readChosenSet(in);
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
            return store::expunge(db, effects,
                                  {.accountId = m_account, .mailboxId = id, .uids = {}, .now = m_services->clock.now()})
                .transform([](qint64) {});
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
            return store::expunge(
                       db, effects,
                       {.accountId = m_account, .mailboxId = id, .uids = only, .now = m_services->clock.now()})
                .transform([](qint64) {});
        },
        [this] {
            sync(true);
            ok(modseqCode() + "EXPUNGE done");
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
            return store::copyMessages(db, effects,
                                       {.accountId = m_account,
                                        .fromMailbox = from,
                                        .uids = uids,
                                        .toMailbox = target->id,
                                        .move = moving,
                                        .now = m_services->clock.now()})
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
            m_untold.clear(); // RFC 5465 5.2: not for what this connection adds
            ok(moving ? modseqCode() + "MOVE done" : code + "COPY done");
        });
}

// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge / replace)
void Session::uid(Cursor &in)
{
    in.expect(' ');
    const QByteArray name = bytes::toUpper(readAtom(in, "a command"));
    struct Sub
    {
        const char *name;
        void (Session::*handler)(Cursor &);
    };
    static constexpr std::array kSubs = {
        Sub{"FETCH", &Session::fetch}, Sub{"STORE", &Session::storeFlags}, Sub{"SEARCH", &Session::search},
        Sub{"SORT", &Session::sort},   Sub{"THREAD", &Session::thread},    Sub{"COPY", &Session::copy},
        Sub{"MOVE", &Session::move},   Sub{"EXPUNGE", &Session::expunge},  Sub{"REPLACE", &Session::replace}};
    m_byUid = true;
    for (const Sub &sub : kSubs) {
        if (name == sub.name)
            return (this->*sub.handler)(in);
    }
    bad("UID takes FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE, REPLACE or EXPUNGE");
}

} // namespace imap
