// FETCH and UID FETCH: rows in batches, output in slices, so that a command over a large mailbox takes little memory
// and lets others work between.
#include "daemon/imap/row_reader.h"
#include "daemon/imap/session.h"
#include "daemon/imap/table.h"
#include "shared/base/bytes.h"
#include "shared/imap/response.h"
#include "shared/imap/structure.h"
#include "shared/imap/syntax.h"

namespace imap {

namespace {

using Kind = FetchItem::Kind;
using What = FetchItem::What;

// What the items need to be read.
struct Needs
{
    bool rows = false;
    bool structures = false;
    bool header = false; // of the bytes, only the header section
    bool message = false;
    bool parts = false;
    bool marks = false; // \Seen
};

Needs needsOf(const QList<FetchItem> &items)
{
    Needs needs;
    for (const FetchItem &item : items) {
        const bool section = item.kind == Kind::Section || item.kind == Kind::Binary || item.kind == Kind::BinarySize;
        const bool header =
            item.kind == Kind::Section && item.path.isEmpty() &&
            (item.what == What::Header || item.what == What::HeaderFields || item.what == What::HeaderFieldsNot);
        needs.rows = needs.rows || item.kind == Kind::InternalDate || item.kind == Kind::Size;
        needs.structures = needs.structures || item.kind == Kind::Envelope || item.kind == Kind::BodyStructure;
        needs.header = needs.header || header;
        needs.message = needs.message || item.kind == Kind::Body || (section && !header);
        needs.parts = needs.parts || item.kind == Kind::Body || !item.path.isEmpty() || item.what == What::Text;
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
    case Kind::Uid: bytes::appendNumber(to, row.uid); break;
    case Kind::Flags: break; // written by the session, which knows the keywords
    case Kind::InternalDate: to.append(formatDateTime(row.internalDate)); break;
    case Kind::Size: bytes::appendNumber(to, static_cast<quint64>(row.size)); break;
    case Kind::Envelope: to.append(row.envelope); break;
    case Kind::BodyStructure: to.append(row.bodyStructure); break;
    case Kind::Body: to.append(bodyStructure(content.bytes, content.parts, false)); break;
    case Kind::Section: {
        const auto bytes = section(content.bytes, content.parts, item);
        if (bytes)
            appendLiteral(to, *bytes);
        else
            to.append("NIL");
        break;
    }
    case Kind::Binary:
    case Kind::BinarySize: {
        const auto decoded = binarySection(content.bytes, content.parts, item);
        if (decoded.outcome == Decoding::UnknownEncoding)
            return false;
        if (item.kind == Kind::BinarySize) {
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
void Session::fetch(Cursor &in)
{
    in.expect(' ');
    auto state = std::make_shared<FetchState>();
    state->indices = readChosen(in);
    in.expect(' ');
    state->items = readFetchItems(in);
    if (!finished(in))
        return;
    if (m_byUid && std::ranges::none_of(state->items, [](const auto &item) { return item.kind == Kind::Uid; }))
        state->items.prepend({.kind = Kind::Uid, .path = {}, .fields = {}, .label = "UID"}); // RFC 9051 6.4.9
    state->needs = needsOf(state->items);
    state->view = m_selected->view;
    state->rows = RowReader(m_selected->id, state->needs.structures);
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
    change([request](db::Database &db, store::Effects &effects) { return store::storeFlags(db, effects, request); },
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
    if (row && (state.needs.header || state.needs.message)) {
        auto bytes =
            state.needs.message ? store::readMessage(db, entry.messageId) : store::readHeader(db, entry.messageId);
        if (bytes) {
            content.bytes = std::move(*bytes);
            if (state.needs.parts)
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
        if (item.kind == Kind::Flags) {
            appendFlags(out.bytes, *state.view, entry.flags);
        } else if (!appendItem(out.bytes, item, *row, content)) {
            state.unknownEncoding = true;
            out.bytes.truncate(start);
            return;
        }
    }
    out.bytes.append(")\r\n");
}

void Session::streamFetch(const std::shared_ptr<FetchState> &state)
{
    out.work = net::Work{.pool = net::Pool::Store, .run = [this, state]() -> net::WorkResult {
                             auto db = m_services->store.reader();
                             if (!db) {
                                 state->error = db.error();
                                 return net::Done{};
                             }
                             while (state->at < state->indices.size() && !state->error) {
                                 fetchOne(**db, *state, state->indices[state->at]);
                                 ++state->at;
                                 if (out.bytes.size() >= kSliceBytes)
                                     return net::More{};
                             }
                             return net::Done{};
                         }};
    m_whenResumed = [this, state] {
        sync(false);
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
