#include "daemon/store/changing.h"
#include "daemon/store/messages.h"
#include "daemon/store/uid_ranges.h"

namespace store {

namespace {

constexpr qint64 kMostExpunges = 20'000; // commands, of any number of messages each
constexpr qint64 kPruneEvery = 1024;     // mod-sequences

struct ExpungeLine
{
    qint64 id = 0;
    qint64 mailboxId = 0;
    qint64 modseq = 0;
    Timestamp expungedAt;
    std::vector<UidRange> uids;
};

Result<void> markRows(db::Database &db, const ExpungeLine &line, UidRange range)
{
    return db
        .run("update messages set expunged_at = ?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and ?5 and "
             "expunged_at = 0",
             line.expungedAt, line.modseq, line.mailboxId, range.first, range.second)
        .transform([](qint64) {});
}

// Few rows are marked at once; what many are is one line of a log, and no wait for all who write.
Result<void> mark(db::Database &db, const ExpungeLine &line, qsizetype count)
{
    if (count > kMostMarkedAtOnce)
        return db
            .run("insert into expunge_log(mailbox_id, modseq, expunged_at, uids) values(?1, ?2, ?3, ?4)",
                 line.mailboxId, line.modseq, line.expungedAt, QString::fromLatin1(formatUids(line.uids)))
            .transform([](qint64) {});
    for (const UidRange &range : line.uids) {
        if (auto done = markRows(db, line, range); !done)
            return done;
    }
    return {};
}

Result<std::optional<ExpungeLine>> oldestExpunge(db::Database &db)
{
    auto row =
        db.query("select log_id, mailbox_id, modseq, expunged_at, uids from expunge_log order by log_id limit 1");
    if (row.next())
        return ExpungeLine{.id = row.integer(0),
                           .mailboxId = row.integer(1),
                           .modseq = row.integer(2),
                           .expungedAt = row.time(3),
                           .uids = parseUids(row.text(4).toLatin1())};
    if (row.failed())
        return std::unexpected(row.error());
    return std::nullopt;
}

} // namespace

Result<qint64> foldExpunges(db::Database &db, qint64 most)
{
    qint64 folded = 0;
    while (folded < most) {
        auto line = oldestExpunge(db);
        if (!line)
            return std::unexpected(line.error());
        if (!*line)
            break;
        ExpungeLine &log = **line;
        while (!log.uids.empty() && folded < most) {
            const UidRange range = takeFront(log.uids, most - folded);
            if (auto done = markRows(db, log, range); !done)
                return std::unexpected(done.error());
            folded += static_cast<qint64>(range.second) - range.first + 1;
        }
        const auto done = log.uids.empty() ? db.run("delete from expunge_log where log_id = ?1", log.id)
                                           : db.run("update expunge_log set uids = ?1 where log_id = ?2",
                                                    QString::fromLatin1(formatUids(log.uids)), log.id);
        if (!done)
            return done;
    }
    return folded;
}

Result<qint64> expunge(db::Database &db, Effects &effects, const Expunge &request)
{
    const auto state = stateOf(effects, request.mailboxId);
    if (!state)
        return std::unexpected(state.error());
    std::vector<quint32> uids;
    qint64 size = 0;
    const auto add = [&](const Entry &entry) {
        if (request.onlyDeleted && !(entry.flags & kDeleted))
            return;
        uids.push_back(entry.uid);
        size += entry.size;
    };
    if (request.uids) {
        for (const quint32 uid : *request.uids) {
            const qsizetype index = state->lowerBound(uid);
            if (index < state->size() && state->at(index).uid == uid)
                add(state->at(index));
        }
    } else {
        state->forEach([&](qsizetype, const Entry &entry) {
            add(entry);
            return true;
        });
    }
    if (uids.empty())
        return 0;
    const auto modseq = nextModseq(db, request.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    const auto messages = static_cast<qint64>(uids.size());
    const ExpungeLine line{
        .mailboxId = request.mailboxId, .modseq = *modseq, .expungedAt = request.now, .uids = rangesOf(uids)};
    if (auto done = mark(db, line, messages); !done)
        return std::unexpected(done.error());
    const auto kept = db.run("insert into expunges(mailbox_id, modseq, uids) values(?1, ?2, ?3)", request.mailboxId,
                             *modseq, QString::fromLatin1(formatUids(line.uids)));
    if (!kept)
        return std::unexpected(kept.error());
    if (*modseq % kPruneEvery == 0) {
        if (auto pruned = pruneExpunges(db, request.mailboxId, kMostExpunges); !pruned)
            return std::unexpected(pruned.error());
    }
    auto &expunged = effects.mailboxes[request.mailboxId].expunged;
    expunged.insert(expunged.end(), uids.begin(), uids.end());
    std::ranges::sort(expunged);
    if (auto done = touch(db, effects, request.mailboxId, *modseq); !done)
        return std::unexpected(done.error());
    return count(db, effects, request.accountId, -size, -messages).transform([messages] { return messages; });
}

Result<void> pruneExpunges(db::Database &db, qint64 mailboxId, qint64 most)
{
    const auto last = db.number(
        "select modseq from expunges where mailbox_id = ?1 order by modseq desc limit 1 offset ?2", mailboxId, most);
    if (!last)
        return std::unexpected(last.error());
    if (!*last)
        return {};
    if (auto done = db.run("delete from expunges where mailbox_id = ?1 and modseq <= ?2", mailboxId, **last); !done)
        return std::unexpected(done.error());
    return db.run("update mailboxes set expunges_from = ?1 where mailbox_id = ?2", **last, mailboxId)
        .transform([](qint64) {});
}

Result<std::vector<UidRange>> expungedSince(db::Database &db, qint64 mailboxId, qint64 modseq)
{
    const auto known = db.number("select expunges_from from mailboxes where mailbox_id = ?1", mailboxId);
    if (!known)
        return std::unexpected(known.error());
    if (modseq < known->value_or(0)) // RFC 7162 3.2.6: older than what is remembered
        return std::vector<UidRange>{{1, 0xffffffffU}};
    std::vector<UidRange> ranges;
    auto rows = db.query("select uids from expunges where mailbox_id = ?1 and modseq > ?2", mailboxId, modseq);
    while (rows.next()) {
        const auto more = parseUids(rows.text(0).toLatin1());
        ranges.insert(ranges.end(), more.begin(), more.end());
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return united(std::move(ranges));
}

namespace {

// A deleted mailbox goes when no message needs its row any more.
Result<void> sweepMailboxes(db::Database &db)
{
    std::vector<qint64> ids;
    {
        auto rows = db.query("select mailbox_id from mailboxes b where name like '#deleted/%' and not exists (select 1 "
                             "from messages m where m.mailbox_id = b.mailbox_id) limit 100");
        while (rows.next())
            ids.push_back(rows.integer(0));
    }
    for (const qint64 id : ids) {
        for (const char *sql :
             {"delete from expunges where mailbox_id = ?1", "delete from expunge_log where mailbox_id = ?1",
              "delete from flag_log where mailbox_id = ?1", "delete from mailboxes where mailbox_id = ?1"}) {
            if (auto done = db.run(sql, id); !done)
                return std::unexpected(done.error());
        }
    }
    return {};
}

} // namespace

Result<qint64> sweep(db::Database &db, Timestamp olderThan)
{
    std::vector<std::pair<qint64, qint64>> rows;
    {
        auto query = db.query(
            "select message_id, content_id from messages where expunged_at > 0 and expunged_at < ?1 limit 1000",
            olderThan);
        while (query.next())
            rows.emplace_back(query.integer(0), query.integer(1));
    }
    for (const auto &[message, content] : rows) {
        if (auto done = db.run("delete from messages where message_id = ?1", message); !done)
            return done;
        if (auto done = releaseContent(db, content); !done)
            return std::unexpected(done.error());
    }
    if (auto done = sweepMailboxes(db); !done)
        return std::unexpected(done.error());
    return static_cast<qint64>(rows.size());
}

} // namespace store
