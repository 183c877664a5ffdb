// STORE and UID STORE, also conditional (RFC 7162 3.1.3).
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/imap/syntax.h"

namespace imap {

struct Session::StoreRequest
{
    store::StoreFlags flags;
    bool silent = false;
    std::vector<store::Entry> before; // as the client knew the messages
};

// store = "STORE" SP sequence-set [SP store-modifiers] SP store-att-flags
// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
void Session::storeFlags(Cursor &in)
{
    in.expect(' ');
    const auto chosen = readChosen(in);
    in.expect(' ');
    StoreRequest request;
    if (in.peek() == '(') {
        request.flags.unchangedSince = readUnchangedSince(in);
        in.expect(' ');
    }
    request.flags.change = in.take('+')   ? store::FlagChange::Add
                           : in.take('-') ? store::FlagChange::Remove
                                          : store::FlagChange::Replace;
    in.expectIgnoreCase("FLAGS");
    request.silent = in.takeIgnoreCase(".SILENT");
    in.expect(' ');
    request.flags.flags = parseFlags(readFlags(in, true), in);
    if (!finished(in))
        return;
    becomeAware(request.flags.unchangedSince.has_value());
    if (m_selected->readOnly)
        return no("[READ-ONLY] the mailbox was opened with EXAMINE");
    request.flags.accountId = m_account;
    request.flags.mailboxId = m_selected->id;
    request.flags.uids = uidsOf(chosen);
    request.before.reserve(chosen.size());
    for (const qsizetype index : chosen)
        request.before.push_back(m_selected->view->at(index));
    auto shared = std::make_shared<const StoreRequest>(std::move(request));
    auto outcome = std::make_shared<store::Stored>();
    change(
        [shared, outcome](db::Database &db, store::Effects &effects) {
            return store::storeFlags(db, effects, shared->flags).transform([&outcome](store::Stored done) {
                *outcome = std::move(done);
            });
        },
        [this, shared, outcome] { stored(*shared, *outcome); });
}

// The client is told the new flags of its messages (RFC 9051 6.4.6), with .SILENT only those that are not what it must
// expect, and always the mod-sequences it needs (RFC 7162 3.1.3).
void Session::stored(const StoreRequest &request, const store::Stored &outcome)
{
    const auto newest = m_services->store.views.current(m_selected->id);
    struct Told
    {
        quint32 uid = 0;
        bool withFlags = true;
    };
    auto told = std::make_shared<std::vector<Told>>();
    std::vector<store::Entry> own;
    for (const store::Entry &before : request.before) {
        const qsizetype index = newest ? newest->lowerBound(before.uid) : 0;
        if (!newest || index >= newest->size() || newest->at(index).uid != before.uid)
            continue;
        const store::Entry &now = newest->at(index);
        own.push_back(now);
        const bool failed = std::ranges::binary_search(outcome.failed, now.uid);
        const bool expected =
            !failed && now.flags == store::flagsAfter(request.flags.change, before.flags, outcome.mask);
        if (!request.silent || !expected)
            told->push_back({.uid = now.uid});
        else if (m_condstore && (request.flags.unchangedSince || now.modseq != before.modseq))
            told->push_back({.uid = now.uid, .withFlags = false});
    }
    m_selected->view = std::make_shared<const store::View>(m_selected->view->changed(own));
    sync(false); // tells new keywords too, before flags that have them
    QByteArray code;
    if (!outcome.failed.empty()) {
        QList<quint32> numbers;
        for (const quint32 uid : outcome.failed)
            numbers.append(m_byUid ? uid : static_cast<quint32>(m_selected->view->lowerBound(uid) + 1));
        code = "[MODIFIED " + formatSet(numbers) + "] ";
    }
    const bool missing = outcome.missing && request.flags.unchangedSince;
    stream(
        static_cast<qsizetype>(told->size()),
        [this, told](qsizetype i) {
            const Told &each = told->at(static_cast<size_t>(i));
            tellFlags(m_selected->view->lowerBound(each.uid), each.withFlags);
        },
        [this, code, missing, told] {
            if (!told->empty())
                tellBehind();
            missing ? no(code + "some of the messages are gone") : ok(code + "STORE done");
        });
}

} // namespace imap
