#include "daemon/store/search_facts.h"

#include "daemon/store/messages.h"

namespace store {

namespace {

constexpr qint64 kPerDocument = 180; // bytes beside the packed digest
constexpr qint64 kMostGone = 10'000; // messages that are kept though they are swept
constexpr size_t kWidestRange = 4;   // ids of a range that is read at once, for each one wanted

// Digests of documents from `first` on: from the index, else from the message itself.
Result<void> addDigests(db::Database &db, SearchIndex &index, Facts &facts, size_t first)
{
    std::vector<qint64> wanted(facts.contents.begin() + static_cast<std::ptrdiff_t>(first), facts.contents.end());
    std::ranges::sort(wanted);
    facts.digests.resize(facts.contents.size());
    for (size_t i = 0; i < wanted.size();) {
        size_t end = i + 1;
        while (end < wanted.size() && static_cast<size_t>(wanted[end] - wanted[i]) < kWidestRange * (end - i + 8))
            ++end;
        index.readDigests(wanted[i], wanted[end - 1], [&facts](qint64 contentId, imap::Digest digest) {
            const auto document = facts.documentOf.constFind(contentId);
            if (document != facts.documentOf.cend())
                facts.digests[*document] = std::move(digest);
        });
        i = end;
    }
    for (size_t i = first; i < facts.contents.size(); ++i) {
        if (facts.digests[i].packed().isEmpty()) {
            const auto header = readContentHeader(db, facts.contents[i]);
            if (!header)
                return std::unexpected(header.error());
            facts.digests[i] = imap::Digest(mime::HeaderList(*header));
        }
        facts.bytes += kPerDocument + facts.digests[i].packed().size();
    }
    return {};
}

} // namespace

Result<QByteArray> readContentHeader(db::Database &db, qint64 contentId)
{
    auto row = db.query("select data from chunks where content_id = ?1 and chunk = 0", contentId);
    if (!row.next())
        return row.failed() ? Result<QByteArray>(std::unexpected(row.error())) : QByteArray();
    QByteArray bytes = row.bytes(0);
    const qsizetype size = mime::HeaderList(bytes).size();
    if (size >= kChunkBytes)
        return readContent(db, contentId);
    bytes.truncate(size);
    return bytes;
}

Result<QByteArray> readPrefix(db::Database &db, qint64 messageId)
{
    auto row = db.query("select prefix from messages where message_id = ?1", messageId);
    if (row.next())
        return row.bytes(0);
    return row.failed() ? Result<QByteArray>(std::unexpected(row.error())) : QByteArray();
}

Result<std::shared_ptr<const Facts>> FactsCache::get(db::Database &db, SearchIndex &index, qint64 mailboxId,
                                                     quint32 lastUid, qsizetype messages)
{
    std::shared_ptr<const Facts> known;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto slot = m_slots.find(mailboxId); slot != m_slots.end()) {
            known = slot->second.facts;
            slot->second.used = ++m_uses;
        }
    }
    if (known && static_cast<qint64>(known->messages.size()) > messages * 2 + kMostGone) {
        // Expunged messages are told apart from swept ones, which no session sees any more.
        const auto there = db.number("select count(*) from messages where mailbox_id = ?1", mailboxId);
        if (!there)
            return std::unexpected(there.error());
        if (static_cast<qint64>(known->messages.size()) > there->value_or(0) * 2 + kMostGone)
            known = nullptr;
    }
    if (!known)
        known = std::make_shared<const Facts>();
    const quint32 after = known->messages.empty() ? 0 : known->messages.back().uid;
    if (after >= lastUid)
        return known;
    auto facts = std::make_shared<Facts>(*known);
    auto rows =
        db.query("select uid, message_id, content_id, size, internal_date, length(prefix), iif(saved_at, saved_at, "
                 "internal_date), iif(email_id, email_id, message_id), iif(thread_id, thread_id, iif(email_id, "
                 "email_id, message_id)) from messages where mailbox_id = ?1 and uid > ?2 order by uid",
                 mailboxId, after);
    while (rows.next()) {
        const qint64 content = rows.integer(2);
        auto document = facts->documentOf.constFind(content);
        if (document == facts->documentOf.cend()) {
            document = facts->documentOf.insert(content, static_cast<quint32>(facts->contents.size()));
            facts->contents.push_back(content);
        }
        facts->messages.push_back({.uid = static_cast<quint32>(rows.integer(0)),
                                   .document = *document,
                                   .messageId = rows.integer(1),
                                   .size = rows.integer(3),
                                   .internalDate = rows.integer(4),
                                   .savedAt = rows.integer(6),
                                   .emailId = rows.integer(7),
                                   .threadId = rows.integer(8),
                                   .hasPrefix = rows.integer(5) > 0});
        facts->bytes += static_cast<qint64>(sizeof(Fact));
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    if (auto done = addDigests(db, index, *facts, facts->digests.size()); !done)
        return std::unexpected(done.error());
    const std::lock_guard lock(m_mutex);
    m_slots[mailboxId] = {.facts = facts, .used = ++m_uses};
    qint64 held = 0;
    for (const auto &[id, slot] : m_slots)
        held += slot.facts->bytes;
    while (held > kMostBytes && m_slots.size() > 1) {
        const auto oldest = std::ranges::min_element(m_slots, {}, [](const auto &slot) { return slot.second.used; });
        held -= oldest->second.facts->bytes;
        m_slots.erase(oldest);
    }
    if (held > kMostBytes)
        m_slots.clear(); // one that is larger than all of it lives for its command only
    return facts;
}

} // namespace store
