#include "daemon/store/changing.h"
#include "daemon/store/messages.h"
#include "daemon/store/training.h"
#include "daemon/store/uid_ranges.h"
#include "shared/base/refusal.h"

#include <map>

namespace store {

namespace {

// Turns masks of one mailbox into those of another; keywords that are new there get their bits.
class MaskMap
{
public:
    MaskMap(db::Database &db, Effects &effects, qint64 from, qint64 to)
        : m_db(db)
        , m_effects(effects)
        , m_from(from)
        , m_to(to)
    {}
    Result<quint64> operator()(quint64 mask)
    {
        const auto known = m_known.find(mask);
        if (known != m_known.end())
            return known->second;
        if (!m_keywords) {
            auto keywords = keywordsOf(m_db, m_from);
            if (!keywords)
                return std::unexpected(keywords.error());
            m_keywords = std::move(*keywords);
        }
        Flags flags{.system = mask & ((1U << kSystemFlags) - 1), .keywords = {}};
        for (qsizetype i = 0; i < m_keywords->size(); ++i) {
            if (mask & (quint64(1) << (kSystemFlags + i)))
                flags.keywords.append(m_keywords->at(i));
        }
        const auto result = maskOf(m_db, m_effects, m_to, flags, true);
        if (result)
            m_known.emplace(mask, *result);
        return result;
    }

private:
    db::Database &m_db;
    Effects &m_effects;
    const qint64 m_from;
    const qint64 m_to;
    std::optional<QList<QByteArray>> m_keywords;
    std::map<quint64, quint64> m_known;
};

// Rows of a run of source messages, written again under new UIDs from `firstUid` on. Their flags are those of the rows;
// where the view says otherwise, a line of the log says so too. Returns the sum of the sizes.
struct Run
{
    qint64 fromMailbox = 0;
    UidRange uids;
    qint64 toMailbox = 0;
    quint32 firstUid = 0;
    qint64 modseq = 0;
    Timestamp now;
};

Result<qint64> copyRows(db::Database &db, const Run &run, const std::map<quint32, quint64> &masks,
                        std::vector<Entry> &added, std::map<quint64, std::vector<quint32>> &otherMasks)
{
    qint64 size = 0;
    std::vector<Entry> entries;
    {
        auto rows = db.query(
            "insert into messages(mailbox_id, uid, modseq, flags, content_id, prefix, size, header_size, "
            "internal_date, envelope, body_structure, message_key, email_id, thread_id, saved_at, preview) select ?1, "
            "?2 + row_number() over (order by uid) - 1, ?3, flags, content_id, prefix, size, header_size, "
            "internal_date, envelope, body_structure, message_key, iif(email_id, email_id, message_id), thread_id, "
            "?4, preview from messages where mailbox_id = ?5 and uid between ?6 and ?7 and expunged_at = 0 returning "
            "uid, message_id, flags, size",
            run.toMailbox, run.firstUid, run.modseq, run.now, run.fromMailbox, run.uids.first, run.uids.second);
        while (rows.next()) {
            entries.push_back({.uid = static_cast<quint32>(rows.integer(0)),
                               .size = static_cast<quint32>(rows.integer(3)),
                               .messageId = rows.integer(1),
                               .flags = static_cast<quint64>(rows.integer(2)),
                               .modseq = run.modseq});
            size += rows.integer(3);
        }
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    std::ranges::sort(entries, {}, &Entry::uid);
    for (Entry &entry : entries) {
        const quint64 mask = masks.at(entry.uid);
        if (mask != entry.flags)
            otherMasks[mask].push_back(entry.uid);
        entry.flags = mask;
        added.push_back(entry);
    }
    return size;
}

// Ranges of rows that are not expunged: one statement each. Many small ones are made fewer by letting them go over UIDs
// that are gone, and then those must be marked as such.
Result<std::vector<UidRange>> runsToCopy(db::Database &db, qint64 mailboxId, const View &state,
                                         const std::vector<quint32> &uids)
{
    constexpr size_t kFewRanges = 50;
    auto ranges = rangesOf(uids);
    if (ranges.size() <= kFewRanges)
        return ranges;
    const auto unmarked = db.number("select 1 from expunge_log where mailbox_id = ?1 limit 1", mailboxId);
    if (!unmarked)
        return std::unexpected(unmarked.error());
    if (*unmarked) {
        if (auto done = foldExpunges(db, std::numeric_limits<qint64>::max()); !done)
            return std::unexpected(done.error());
    }
    return runsIn(state, uids);
}

} // namespace

Result<Copied> copyMessages(db::Database &db, Effects &effects, const Copy &request)
{
    if (request.uids.size() > kMostCopied)
        return refuse("limit",
                      QStringLiteral("more than %1 messages at once; copy or move them in parts").arg(kMostCopied));
    const auto state = stateOf(effects, request.fromMailbox);
    if (!state)
        return std::unexpected(state.error());
    Copied copied;
    MaskMap maskMap(db, effects, request.fromMailbox, request.toMailbox);
    std::vector<quint64> newMasks;
    for (const quint32 uid : request.uids) {
        const qsizetype index = state->lowerBound(uid);
        if (index >= state->size() || state->at(index).uid != uid)
            continue;
        const auto mask = maskMap(state->at(index).flags);
        if (!mask)
            return std::unexpected(mask.error());
        copied.from.push_back(uid);
        newMasks.push_back(*mask);
    }
    if (copied.from.empty())
        return copied;
    const auto modseq = nextModseq(db, request.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    const auto place = takeUids(db, effects, request.toMailbox, *modseq, static_cast<qint64>(copied.from.size()));
    if (!place)
        return std::unexpected(place.error());
    copied.uidValidity = place->uidValidity;
    std::map<quint32, quint64> masks;
    for (size_t i = 0; i < copied.from.size(); ++i) {
        copied.to.push_back(place->uid + static_cast<quint32>(i));
        masks.emplace_hint(masks.end(), copied.to.back(), newMasks[i]);
    }
    qint64 size = 0;
    quint32 next = place->uid;
    std::vector<Entry> added;
    std::map<quint64, std::vector<quint32>> otherMasks;
    const auto runs = runsToCopy(db, request.fromMailbox, *state, copied.from);
    if (!runs)
        return std::unexpected(runs.error());
    for (const auto &range : *runs) {
        const size_t before = added.size();
        const auto bytes = copyRows(db,
                                    {.fromMailbox = request.fromMailbox,
                                     .uids = range,
                                     .toMailbox = request.toMailbox,
                                     .firstUid = next,
                                     .modseq = *modseq,
                                     .now = request.now},
                                    masks, added, otherMasks);
        if (!bytes)
            return std::unexpected(bytes.error());
        size += *bytes;
        next += static_cast<quint32>(added.size() - before);
    }
    for (const auto &[mask, uids] : otherMasks) {
        if (auto done = logFlags(db, request.toMailbox, *modseq, static_cast<int>(FlagChange::Replace), mask, uids);
            !done)
            return std::unexpected(done.error());
    }
    const auto used =
        db.run("update contents set refs = refs + k.copies from (select content_id, count(*) copies from messages "
               "where mailbox_id = ?1 and uid between ?2 and ?3 group by content_id) k where contents.content_id = "
               "k.content_id",
               request.toMailbox, copied.to.front(), copied.to.back());
    if (!used)
        return std::unexpected(used.error());
    if (!request.move) {
        if (auto room = checkQuota(db, request.accountId, size, static_cast<qint64>(added.size())); !room)
            return std::unexpected(room.error());
    }
    const auto messages = static_cast<qint64>(added.size());
    auto &appended = effects.mailboxes[request.toMailbox].appended;
    appended.insert(appended.end(), added.begin(), added.end());
    if (auto counted = count(db, effects, request.accountId, size, messages); !counted)
        return std::unexpected(counted.error());
    if (request.move) {
        const auto done = expunge(db, effects,
                                  {.accountId = request.accountId,
                                   .mailboxId = request.fromMailbox,
                                   .uids = copied.from,
                                   .onlyDeleted = false,
                                   .now = request.now});
        if (!done)
            return std::unexpected(done.error());
        if (auto noted = trainByMove(db, request.accountId, request.fromMailbox, request.toMailbox, copied.to); !noted)
            return std::unexpected(noted.error());
    }
    return copied;
}

} // namespace store
