// FETCH and UID FETCH: rows in batches, output in slices, so that a command over a large mailbox takes little memory
// and lets others work between.
#include "daemon/imap/row_reader.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/structure.h"
#include "shared/imap/syntax.h"
#include "shared/mime/preview.h"

namespace imap {

namespace {

using ItemKind = FetchItem::Kind;
using What = FetchItem::What;

// What the items need to be read.
struct Needs
{
    bool rows = false;
    bool structures = false;
    bool header = false; // of the bytes, only the header section
    bool message = false;
    bool parts = false;
    bool preview = false; // of messages whose row has none, the message
    bool modseqs = false;
    bool marks = false; // \Seen
};

Needs needsOf(const QList<FetchItem> &items)
{
    Needs needs;
    for (const FetchItem &item : items) {
        const bool section =
            item.kind == ItemKind::Section || item.kind == ItemKind::Binary || item.kind == ItemKind::BinarySize;
        const bool header =
            item.kind == ItemKind::Section && item.path.isEmpty() &&
            (item.what == What::Header || item.what == What::HeaderFields || item.what == What::HeaderFieldsNot);
        needs.rows = needs.rows || item.kind == ItemKind::InternalDate || item.kind == ItemKind::EmailId ||
                     item.kind == ItemKind::ThreadId || item.kind == ItemKind::SaveDate;
        needs.structures = needs.structures || item.kind == ItemKind::Envelope ||
                           item.kind == ItemKind::BodyStructure || item.kind == ItemKind::Preview;
        needs.preview = needs.preview || (item.kind == ItemKind::Preview && !item.lazy);
        needs.header = needs.header || header;
        needs.message = needs.message || item.kind == ItemKind::Body || (section && !header);
        needs.parts = needs.parts || item.kind == ItemKind::Body || !item.path.isEmpty() || item.what == What::Text;
        needs.modseqs = needs.modseqs || item.kind == ItemKind::ModSeq;
        needs.marks = needs.marks || (section && !item.peek);
    }
    return needs;
}

struct Content
{
    QByteArray bytes; // the message, or its header section
    mime::Part parts;
};

// False if a part's transfer encoding is not known.
bool appendItem(QByteArray &to, const FetchItem &item, const store::MessageRow &row, const Content &content)
{
    to.append(item.label).append(' ');
    switch (item.kind) {
    case ItemKind::Uid: bytes::appendNumber(to, row.uid); break;
    case ItemKind::Flags:
    case ItemKind::Size:
    case ItemKind::ModSeq: break; // written by the session, from its view
    case ItemKind::InternalDate: to.append(formatDateTime(row.internalDate)); break;
    case ItemKind::EmailId: to.append("(M").append(QByteArray::number(row.emailId)).append(')'); break;
    case ItemKind::ThreadId: to.append("(T").append(QByteArray::number(row.threadId)).append(')'); break;
    case ItemKind::SaveDate: to.append(formatDateTime(row.savedAt)); break;
    case ItemKind::Preview:
        if (row.preview)
            appendString(to, *row.preview);
        else if (item.lazy)
            to.append("NIL");
        else
            appendString(to, mime::preview(content.bytes, content.parts));
        break;
    case ItemKind::Envelope: to.append(row.envelope); break;
    case ItemKind::BodyStructure: to.append(row.bodyStructure); break;
    case ItemKind::Body: to.append(bodyStructure(content.bytes, content.parts, false)); break;
    case ItemKind::Section: {
        const auto bytes = section(content.bytes, content.parts, item);
        if (bytes)
            appendLiteral(to, *bytes);
        else
            to.append("NIL");
        break;
    }
    case ItemKind::Binary:
    case ItemKind::BinarySize: {
        const auto decoded = binarySection(content.bytes, content.parts, item);
        if (decoded.outcome == Decoding::UnknownEncoding)
            return false;
        if (item.kind == ItemKind::BinarySize) {
            bytes::appendNumber(to, static_cast<quint64>(decoded.bytes.size()));
        } else if (decoded.outcome == Decoding::NoSuchPart) {
            to.append("NIL");
        } else {
            if (decoded.bytes.contains('\0'))
                to.append('~'); // literal8, RFC 9051 9
            appendLiteral(to, decoded.bytes);
        }
        break;
    }
    }
    return true;
}

} // namespace

// A FETCH on its way: resumed from `at` when the output has drained.
struct Session::FetchState
{
    std::vector<qsizetype> indices;
    QList<FetchItem> items;
    Needs needs;
    std::shared_ptr<const store::View> view;
    RowReader rows;
    size_t at = 0;
    bool unasked = false;         // for NOTIFY: without a tagged answer
    bool gone = false;            // a message was expunged and swept meanwhile
    bool unknownEncoding = false; // BINARY of a part that can't be decoded
    std::optional<Error> error;

    [[nodiscard]] quint32 readAheadTo() const;
};

// The last UID that is worth reading with the one at `at`: as long as few rows between are not asked for.
quint32 Session::FetchState::readAheadTo() const
{
    constexpr qsizetype kWidestGap = 4;
    size_t end = at;
    while (end + 1 < indices.size() && end - at < RowReader::kAhead && indices[end + 1] - indices[end] <= kWidestGap)
        ++end;
    return view->at(indices[end]).uid;
}

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [SP "(" fetch-modifier *(SP fetch-modifier) ")"]
void Session::fetch(Cursor &in)
{
    in.expect(' ');
    auto state = std::make_shared<FetchState>();
    const SequenceSet chosen = readChosenSet(in);
    in.expect(' ');
    state->items = readFetchItems(in);
    const auto modifiers = in.take(' ') ? readFetchModifiers(in) : FetchModifiers{};
    if (modifiers.vanished && (!m_byUid || !m_qresync)) // RFC 7162 3.2.6
        in.fail(QStringLiteral("VANISHED is for UID FETCH after ENABLE QRESYNC"));
    if (modifiers.partial && !m_byUid) // RFC 9394 3.3
        in.fail(QStringLiteral("PARTIAL is for UID FETCH"));
    if (!finished(in))
        return;
    state->indices = indices(chosen);
    const auto asksFor = [&state](ItemKind kind) {
        return std::ranges::any_of(state->items, [kind](const auto &item) { return item.kind == kind; });
    };
    if (modifiers.changedSince) {
        std::erase_if(state->indices, [this, &modifiers](qsizetype index) {
            return m_selected->view->at(index).modseq <= *modifiers.changedSince;
        });
        if (!asksFor(ItemKind::ModSeq)) // RFC 7162 3.1.4.1
            state->items.append({.kind = ItemKind::ModSeq, .path = {}, .fields = {}, .label = "MODSEQ"});
    }
    if (modifiers.partial)
        state->indices = modifiers.partial->of(state->indices);
    becomeAware(asksFor(ItemKind::ModSeq));
    if (m_byUid && !asksFor(ItemKind::Uid))
        state->items.prepend({.kind = ItemKind::Uid, .path = {}, .fields = {}, .label = "UID"}); // RFC 9051 6.4.9
    state->needs = needsOf(state->items);
    state->view = m_selected->view;
    state->rows = RowReader(m_selected->id, state->needs.structures);
    if (modifiers.vanished) {
        auto expunged = std::make_shared<Result<std::vector<store::UidRange>>>();
        return read([since = *modifiers.changedSince, id = m_selected->id,
                     expunged](db::Database &db) { *expunged = store::expungedSince(db, id, since); },
                    [this, state, expunged, asked = rangesIn(chosen)] {
                        if (!*expunged)
                            return noFor(expunged->error());
                        appendVanished(**expunged, asked);
                        markAndFetch(state);
                    });
    }
    markAndFetch(state);
}

void Session::markAndFetch(const std::shared_ptr<FetchState> &state)
{
    std::vector<quint32> unseen;
    if (state->needs.marks && !m_selected->readOnly) {
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
    change(
        [request](db::Database &db, store::Effects &effects) {
            return store::storeFlags(db, effects, request).transform([](const store::Stored &) {});
        },
        [this, state] { streamFetch(state); });
}

// One message's response. Worker.
void Session::fetchOne(db::Database &db, FetchState &state, qsizetype index)
{
    const store::Entry &entry = state.view->at(index);
    store::MessageRow plain{.uid = entry.uid, .envelope = {}, .bodyStructure = {}};
    const store::MessageRow *row = &plain;
    if (state.needs.rows || state.needs.structures)
        row = state.rows.find(db, entry.uid, state.readAheadTo());
    Content content;
    const bool previews = row && state.needs.preview && !row->preview; // messages from before there were any
    if (row && (state.needs.header || state.needs.message || previews)) {
        auto bytes = state.needs.message || previews ? store::readMessage(db, entry.messageId)
                                                     : store::readHeader(db, entry.messageId);
        if (bytes) {
            content.bytes = std::move(*bytes);
            if (state.needs.parts || previews)
                content.parts = mime::parseMessage(content.bytes);
            else
                content.parts.bodyStart = state.needs.header ? mime::HeaderList(content.bytes).size() : 0;
        } else {
            row = nullptr;
        }
    }
    if (!row) {
        state.gone = true;
        state.error = state.rows.failed();
        return;
    }
    const qsizetype start = out.bytes.size();
    out.bytes.append("* ");
    bytes::appendNumber(out.bytes, static_cast<quint64>(index + 1));
    out.bytes.append(" FETCH ");
    char separator = '(';
    for (const FetchItem &item : std::as_const(state.items)) {
        out.bytes.append(separator);
        separator = ' ';
        if (item.kind == ItemKind::Flags) {
            appendFlags(out.bytes, *state.view, flagsOf(entry));
        } else if (item.kind == ItemKind::ModSeq) {
            out.bytes.append("MODSEQ (");
            bytes::appendNumber(out.bytes, static_cast<quint64>(entry.modseq));
            out.bytes.append(')');
        } else if (item.kind == ItemKind::Size) {
            out.bytes.append(item.label).append(' ');
            bytes::appendNumber(out.bytes, entry.size);
        } else if (!appendItem(out.bytes, item, *row, content)) {
            state.unknownEncoding = true;
            out.bytes.truncate(start);
            return;
        }
    }
    out.bytes.append(")\r\n");
}

// Of new messages, as NOTIFY asks for it (RFC 5465 5.2).
void Session::fetchUnasked(const QList<FetchItem> &items, const std::vector<quint32> &uids)
{
    auto state = std::make_shared<FetchState>();
    state->view = m_selected->view;
    for (const quint32 uid : uids) {
        const qsizetype index = state->view->lowerBound(uid);
        if (index < state->view->size() && state->view->at(index).uid == uid)
            state->indices.push_back(index);
    }
    state->items = items;
    state->needs = needsOf(items);
    state->rows = RowReader(m_selected->id, state->needs.structures);
    state->unasked = true;
    if (!state->indices.empty())
        streamFetch(state);
}

void Session::streamFetch(const std::shared_ptr<FetchState> &state)
{
    out.work = net::Work{.pool = net::Pool::Store, .run = [this, state]() -> net::WorkResult {
                             auto db = m_services->store.reader();
                             if (!db) {
                                 state->error = db.error();
                                 return net::Done{};
                             }
                             const db::Snapshot snapshot(**db); // one lock for a slice
                             while (state->at < state->indices.size() && !state->error) {
                                 fetchOne(**db, *state, state->indices[state->at]);
                                 ++state->at;
                                 if (out.bytes.size() >= kSliceBytes)
                                     return net::More{};
                             }
                             return net::Done{};
                         }};
    m_unasked = state->unasked;
    m_whenResumed = [this, state] {
        if (state->unasked)
            return;
        if (!sync(false) && state->needs.modseqs)
            tellBehind();
        if (state->error)
            return noFor(*state->error);
        if (state->unknownEncoding)
            return no("[UNKNOWN-CTE] a transfer encoding is not known"); // RFC 9051 6.4.5
        if (state->gone)
            return no("[EXPUNGEISSUED] some of the messages are gone"); // RFC 5530 3
        ok("FETCH done");
    };
}

} // namespace imap
