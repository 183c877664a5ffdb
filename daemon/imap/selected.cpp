// Commands on the selected mailbox, and telling the client what changed.
#include "daemon/imap/session.h"

#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/structure.h"
#include "shared/imap/syntax.h"

namespace imap {

void Session::deselect()
{
    m_services->store.views.unwatch(m_selected->id, m_peer.id);
    m_selected.reset();
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
    std::vector<quint32> expunged;
    std::vector<store::Entry> changed;
    qsizetype at = 0;
    for (qsizetype i = 0; i < old.size(); ++i) {
        const store::Entry &before = old.at(i);
        while (at < newest->size() && newest->at(at).uid < before.uid)
            ++at;
        if (at >= newest->size() || newest->at(at).uid != before.uid)
            expunged.push_back(before.uid);
        else if (newest->at(at).flags != before.flags)
            changed.push_back(newest->at(at));
    }
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
    if (m_byUid) {
        for (const auto &[first, last] : set.resolved(view.lastUid())) {
            for (qsizetype i = view.lowerBound(first); i < view.size() && view.at(i).uid <= last; ++i)
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
        only = uidsOf(indices(readSequenceSet(in)));
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
    const auto chosen = indices(readSequenceSet(in));
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
    const auto chosen = indices(readSequenceSet(in));
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
                return std::unexpected(target.error());
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
                                         Sub{"SEARCH", &Session::search}, Sub{"COPY", &Session::copy},
                                         Sub{"MOVE", &Session::move},     Sub{"EXPUNGE", &Session::expunge}};
    m_byUid = true;
    for (const Sub &sub : kSubs) {
        if (name == sub.name)
            return (this->*sub.handler)(in);
    }
    bad("UID takes FETCH, STORE, SEARCH, COPY, MOVE or EXPUNGE");
}

// search = "SEARCH" [SP "CHARSET" SP charset] 1*(SP search-key)
void Session::search(Cursor &in)
{
    in.expect(' ');
    if (in.takeIgnoreCase("CHARSET ")) {
        const QByteArray charset = bytes::toUpper(readAString(in));
        in.expect(' ');
        if (!in.failed() && charset != "UTF-8" && charset != "US-ASCII")
            return no("[BADCHARSET (UTF-8 US-ASCII)] charset not supported");
    }
    auto program = std::make_shared<SearchKey>(readSearch(in));
    if (!finished(in))
        return;
    struct Progress
    {
        std::vector<quint32> found;
        std::optional<Error> error;
    };
    auto progress = std::make_shared<Progress>();
    read(
        [view = m_selected->view, program, progress, byUid = m_byUid](db::Database &db) {
            const bool rows = needsRows(*program);
            resolve(*program, static_cast<quint32>(view->size()), view->lastUid());
            for (qsizetype i = 0; i < view->size(); ++i) {
                const store::Entry &entry = view->at(i);
                QByteArray message;
                bool loaded = false;
                SearchSubject subject{.number = static_cast<quint32>(i + 1),
                                      .uid = entry.uid,
                                      .flags = entry.flags};
                subject.hasKeyword = [&](const QByteArray &keyword) {
                    for (qsizetype k = 0; k < view->keywords.size(); ++k) {
                        if (bytes::equalsIgnoreCase(view->keywords.at(k), keyword))
                            return (entry.flags & (quint64(1) << (store::kSystemFlags + k))) != 0;
                    }
                    return false;
                };
                subject.message = [&]() -> const QByteArray & {
                    if (!loaded)
                        message = store::readMessage(db, entry.messageId).value_or(QByteArray());
                    loaded = true;
                    return message;
                };
                subject.header = subject.message;
                if (rows) {
                    auto row =
                        db.query("select size, internal_date from messages where message_id = ?1", entry.messageId);
                    if (!row.next())
                        continue;
                    subject.sizeBytes = row.integer(0);
                    subject.internalDay = static_cast<int>(row.integer(1) / 86'400'000);
                }
                if (matches(*program, subject))
                    progress->found.push_back(byUid ? entry.uid : static_cast<quint32>(i + 1));
            }
        },
        [this, progress] {
            out.bytes.append("* SEARCH");
            for (const quint32 number : progress->found) {
                out.bytes.append(' ');
                bytes::appendNumber(out.bytes, number);
            }
            out.bytes.append("\r\n");
            sync(m_byUid);
            ok("SEARCH done");
        });
}

// A FETCH on its way: resumed from `at` when the output has drained.
struct Session::FetchState
{
    std::vector<qsizetype> indices;
    QList<FetchItem> items;
    std::shared_ptr<const store::View> view;
    size_t at = 0;
    bool rows = false;
    bool content = false;
};

void Session::fetch(Cursor &in)
{
    in.expect(' ');
    auto state = std::make_shared<FetchState>();
    state->indices = indices(readSequenceSet(in));
    in.expect(' ');
    state->items = readFetchItems(in);
    if (!finished(in))
        return;
    using Kind = FetchItem::Kind;
    if (m_byUid && std::ranges::none_of(state->items, [](const auto &item) { return item.kind == Kind::Uid; }))
        state->items.prepend({.kind = Kind::Uid, .path = {}, .fields = {}, .label = "UID"}); // RFC 9051 6.4.9
    bool marks = false;
    for (const FetchItem &item : std::as_const(state->items)) {
        state->rows = state->rows || (item.kind != Kind::Uid && item.kind != Kind::Flags);
        state->content = state->content || item.kind == Kind::Section || item.kind == Kind::Body;
        marks = marks || (item.kind == Kind::Section && !item.peek);
    }
    state->view = m_selected->view;
    std::vector<quint32> unseen;
    if (marks && !m_selected->readOnly) {
        for (const qsizetype index : state->indices) {
            if (!(state->view->at(index).flags & store::kSeen))
                unseen.push_back(state->view->at(index).uid);
        }
    }
    if (unseen.empty())
        return streamFetch(state);
    // RFC 9051 6.4.5: BODY[] sets \Seen; the new flags are told with the others that changed.
    const store::StoreFlags request{.accountId = m_account,
                                    .mailboxId = m_selected->id,
                                    .uids = unseen,
                                    .change = store::FlagChange::Add,
                                    .flags = {.system = store::kSeen, .keywords = {}}};
    change([request](db::Database &db, store::Effects &effects) { return store::storeFlags(db, effects, request); },
           [this, state] { streamFetch(state); });
}

namespace {

struct FetchRow
{
    qint64 size = 0;
    qint64 internalDate = 0;
    QByteArray envelope;
    QByteArray bodyStructure;
    QByteArray message;
    std::optional<mime::Part> parts;
};

void appendItem(QByteArray &to, const FetchItem &item, const store::Entry &entry, FetchRow &row)
{
    using Kind = FetchItem::Kind;
    to.append(item.label).append(' ');
    switch (item.kind) {
    case Kind::Uid: bytes::appendNumber(to, entry.uid); break;
    case Kind::Flags: break; // written by the session, which knows the keywords
    case Kind::InternalDate: to.append(formatDateTime(row.internalDate)); break;
    case Kind::Size: bytes::appendNumber(to, static_cast<quint64>(row.size)); break;
    case Kind::Binary:
    case Kind::BinarySize: break;
    case Kind::Envelope: to.append(row.envelope); break;
    case Kind::BodyStructure: to.append(row.bodyStructure); break;
    case Kind::Body:
    case Kind::Section: {
        if (!row.parts)
            row.parts = mime::parseMessage(row.message);
        if (item.kind == Kind::Body) {
            to.append(bodyStructure(row.message, *row.parts, false));
            break;
        }
        const auto bytes = section(row.message, *row.parts, item);
        if (bytes)
            appendLiteral(to, *bytes);
        else
            to.append("NIL");
        break;
    }
    }
}

} // namespace

void Session::streamFetch(const std::shared_ptr<FetchState> &state)
{
    out.work = net::Work{
        .pool = net::Pool::Store, .run = [this, state]() -> net::WorkResult {
            auto db = m_services->store.reader();
            if (!db)
                return net::Done{};
            while (state->at < state->indices.size()) {
                const qsizetype index = state->indices[state->at++];
                const store::Entry &entry = state->view->at(index);
                FetchRow row;
                if (state->rows) {
                    auto query = (*db)->query(
                        "select size, internal_date, envelope, body_structure from messages where message_id = ?1",
                        entry.messageId);
                    if (!query.next())
                        continue; // expunged and swept meanwhile
                    row = {.size = query.integer(0),
                           .internalDate = query.integer(1),
                           .envelope = query.bytes(2),
                           .bodyStructure = query.bytes(3),
                           .message = {},
                           .parts = {}};
                }
                if (state->content)
                    row.message = store::readMessage(**db, entry.messageId).value_or(QByteArray());
                out.bytes.append("* ");
                bytes::appendNumber(out.bytes, static_cast<quint64>(index + 1));
                char separator = '(';
                out.bytes.append(" FETCH ");
                for (const FetchItem &item : std::as_const(state->items)) {
                    out.bytes.append(separator);
                    separator = ' ';
                    if (item.kind == FetchItem::Kind::Flags)
                        appendFlags(out.bytes, *state->view, entry.flags);
                    else
                        appendItem(out.bytes, item, entry, row);
                }
                out.bytes.append(")\r\n");
                if (out.bytes.size() >= kSliceBytes)
                    return net::More{};
            }
            return net::Done{};
        }};
    m_whenResumed = [this] {
        sync(false);
        ok("FETCH done");
    };
}

} // namespace imap
