#include "daemon/imap/search_run.h"

#include "daemon/store/flags.h"
#include "daemon/store/messages.h"
#include "shared/base/bytes.h"
#include "shared/base/refusal.h"

namespace imap {

namespace {

using KeyKind = SearchKey::Kind;
constexpr int kSteps = 256;         // messages between two looks at the clock
constexpr int kStepsOfReading = 64; // a text that is read counts as so many

Error tooLong()
{
    return refusal("limit", QStringLiteral("the search takes longer than %1").arg(toText(SearchRun::kLongest)));
}

} // namespace

SearchRun::SearchRun(const Sources &sources, Request request)
    : m_sources(sources)
    , m_request(std::move(request))
    , m_now(toMilliseconds(sources.clock.now()))
    , m_started(sources.clock.steady())
    , m_keys(m_request.program.keys)
    , m_leaves(static_cast<size_t>(m_request.program.leaves))
{}

Result<bool> SearchRun::run(db::Database &db)
{
    m_db = &db;
    const auto now = m_sources.clock.steady();
    if (now - m_started >= kLongest)
        return failure(tooLong());
    m_sliceEnd = now + kSlice;
    const db::Snapshot snapshot(db);
    const store::View &view = *m_request.view;
    if (!std::exchange(m_resolved, true))
        resolve(m_keys, static_cast<quint32>(view.size()), view.lastUid());
    view.forEach([&](qsizetype index, const store::Entry &entry) {
        if (index < m_next)
            return true;
        m_entry = entry;
        number = static_cast<quint32>(index + 1);
        uid = entry.uid;
        flags = entry.flags | (store::contains(m_request.recent, entry.uid) ? kRecent : 0);
        modseq = entry.modseq;
        saved = !m_request.saved.empty() && std::ranges::binary_search(m_request.saved, entry.uid);
        if (matches(m_keys, *this))
            m_found.push_back(index);
        m_next = index + 1;
        return !m_error && !sliceIsOver();
    });
    return m_error ? Result<bool>(std::unexpected(*m_error)) : m_next == view.size();
}

// Looking at the clock costs as much as some messages that are in memory.
bool SearchRun::sliceIsOver()
{
    if (++m_unlooked < kSteps)
        return false;
    m_unlooked = 0;
    return m_sources.clock.steady() >= m_sliceEnd;
}

template<class T>
T SearchRun::take(Result<T> result)
{
    if (result)
        return std::move(*result);
    if (!m_error)
        m_error = result.error();
    return T();
}

// Null if the message was swept since the view was made.
const store::Fact *SearchRun::fact()
{
    if (!m_facts) {
        const store::View &view = *m_request.view;
        m_facts = take(m_sources.facts.get(*m_db, m_sources.index, m_request.mailboxId, view.lastUid(), view.size()));
        if (!m_facts)
            m_facts = std::make_shared<const store::Facts>();
    }
    const auto &messages = m_facts->messages;
    if (m_at >= messages.size() || messages[m_at].uid > m_entry.uid)
        m_at = 0;
    if (m_at + 1 < messages.size() && messages[m_at].uid < m_entry.uid)
        ++m_at; // most often the next one
    if (m_at < messages.size() && messages[m_at].uid != m_entry.uid)
        m_at = static_cast<size_t>(std::ranges::lower_bound(messages, m_entry.uid, {}, &store::Fact::uid) -
                                   messages.begin());
    return m_at < messages.size() && messages[m_at].uid == m_entry.uid ? &messages[m_at] : nullptr;
}

qint64 SearchRun::internalDate()
{
    const auto *message = fact();
    return message ? message->internalDate : 0;
}

qint64 SearchRun::savedDate()
{
    const auto *message = fact();
    return message ? message->savedAt : 0;
}

bool SearchRun::hasKeyword(const QByteArray &keyword)
{
    const auto &keywords = m_request.view->keywords;
    for (qsizetype k = 0; k < keywords.size(); ++k) {
        if (bytes::equalsIgnoreCase(keywords.at(k), keyword))
            return (m_entry.flags & (quint64(1) << (store::kSystemFlags + k))) != 0;
    }
    return false;
}

std::optional<int> SearchRun::sentDay()
{
    const auto *message = fact();
    return message ? m_facts->digests[message->document].sentDay : std::nullopt;
}

// Identifiers as FETCH tells them: "M12", "T7".
bool SearchRun::hasObject(const SearchKey &key)
{
    const auto *message = fact();
    if (!message)
        return false;
    return key.kind == KeyKind::EmailId ? key.name == 'M' + QByteArray::number(message->emailId)
                                        : key.name == 'T' + QByteArray::number(message->threadId);
}

void SearchRun::prepare(const SearchKey &key, Leaf &leaf)
{
    leaf.prepared = true;
    leaf.folded = key.text.folded().toUtf8();
    leaf.answers.assign(m_facts->contents.size(), Leaf::Unknown);
    QList<QByteArray> pieces{leaf.folded};
    if (key.kind == KeyKind::Header) {
        pieces.append(mime::foldedValue(key.name + ':'));
        if (!leaf.folded.contains('\n'))
            leaf.field = digestField(key.name);
    }
    if (std::ranges::any_of(pieces, [](const auto &piece) { return store::SearchIndex::canFind(piece); }))
        leaf.candidates = m_sources.index.find(pieces);
}

bool SearchRun::hasText(const SearchKey &key)
{
    const auto *message = fact();
    if (!message || m_error)
        return false;
    Leaf &leaf = m_leaves[static_cast<size_t>(key.leaf)];
    if (!leaf.prepared)
        prepare(key, leaf);
    return contentHasText(key, leaf, *message) ||
           (message->hasPrefix && key.kind != KeyKind::Body && prefixHasText(key, leaf, *message));
}

bool SearchRun::contentHasText(const SearchKey &key, Leaf &leaf, const store::Fact &message)
{
    auto &answer = leaf.answers[message.document];
    if (answer != Leaf::Unknown)
        return answer == Leaf::Yes;
    const qint64 content = m_facts->contents[message.document];
    const Digest &digest = m_facts->digests[message.document];
    bool has = false;
    if (leaf.field && digest.complete()) {
        const QByteArrayView value = digest.field(*leaf.field);
        has = leaf.folded.isEmpty() ? !value.isEmpty() : value.contains(leaf.folded);
    } else if (leaf.candidates && message.messageId <= leaf.candidates->indexedTo &&
               !std::ranges::binary_search(leaf.candidates->contents, content)) {
        has = false;
    } else if (key.kind == KeyKind::Header) {
        m_unlooked += kStepsOfReading;
        has = headerHasText(key, take(store::readContentHeader(*m_db, content)));
    } else {
        m_unlooked += kStepsOfReading;
        const QByteArray bytes = take(store::readContent(*m_db, content));
        has = headerHasText(key, bytes) || bodyHasText(key, bytes);
    }
    answer = has ? Leaf::Yes : Leaf::No;
    return has;
}

bool SearchRun::prefixHasText(const SearchKey &key, const Leaf &leaf, const store::Fact &message)
{
    if (leaf.candidates && message.messageId <= leaf.candidates->indexedTo &&
        !std::ranges::binary_search(leaf.candidates->prefixes, message.messageId))
        return false;
    return headerHasText(key, take(store::readPrefix(*m_db, message.messageId)));
}

Result<std::vector<Sortable>> SearchRun::sortable(db::Database &db, bool byUid)
{
    static const Digest kNone;
    m_db = &db;
    const db::Snapshot snapshot(db);
    std::vector<Sortable> messages;
    messages.reserve(m_found.size());
    for (const qsizetype index : m_found) {
        m_entry = m_request.view->at(index);
        const auto *message = fact();
        messages.push_back({.number = byUid ? m_entry.uid : static_cast<quint32>(index + 1),
                            .internalDate = message ? message->internalDate : 0,
                            .size = message ? message->size : 0,
                            .digest = message ? &m_facts->digests[message->document] : &kNone});
    }
    if (m_error)
        return std::unexpected(*m_error);
    return messages;
}

} // namespace imap
