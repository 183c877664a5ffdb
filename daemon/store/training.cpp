#include "daemon/store/training.h"

#include "daemon/store/changing.h"
#include "daemon/store/uid_ranges.h"

namespace store {

Result<void> noteTraining(db::Database &db, const Training &training)
{
    if (training.uids.empty())
        return {};
    return db
        .run("insert into training_events(time, account_id, mailbox_id, uids, junk, reason) values(?1, ?2, ?3, ?4, ?5, "
             "?6)",
             SystemClock().now(), training.accountId, training.mailboxId,
             QString::fromLatin1(formatUids(rangesOf(training.uids))), training.junk,
             QString::fromLatin1(training.reason))
        .transform([](qint64) {});
}

Result<void> trainByFlags(db::Database &db, qint64 accountId, qint64 mailboxId, const View &before,
                          const std::vector<Entry> &changed)
{
    const auto keywords = keywordsOf(db, mailboxId);
    if (!keywords)
        return std::unexpected(keywords.error());
    for (const bool junk : {true, false}) {
        const QByteArray name = junk ? "$junk" : "$notjunk";
        const auto known =
            std::ranges::find_if(*keywords, [&name](const QByteArray &each) { return each.toLower() == name; });
        if (known == keywords->end())
            continue;
        const quint64 bit = quint64(1) << (kSystemFlags + (known - keywords->begin()));
        Training training{.accountId = accountId, .mailboxId = mailboxId, .uids = {}, .junk = junk, .reason = "flag"};
        for (const Entry &entry : changed) {
            if (entry.flags & bit && !(before.at(before.lowerBound(entry.uid)).flags & bit))
                training.uids.push_back(entry.uid);
        }
        if (auto done = noteTraining(db, training); !done)
            return done;
    }
    return {};
}

Result<void> trainByMove(db::Database &db, qint64 accountId, qint64 from, qint64 to, const std::vector<quint32> &uids)
{
    const auto fromJunk = db.number("select special_use = '\\Junk' from mailboxes where mailbox_id = ?1", from);
    const auto toUse = db.number(
        "select case special_use when '\\Junk' then 1 when '\\Trash' then 2 else 0 end from mailboxes where mailbox_id "
        "= ?1",
        to);
    if (!fromJunk || !toUse)
        return std::unexpected(!fromJunk ? fromJunk.error() : toUse.error());
    const bool wasJunk = fromJunk->value_or(0) == 1;
    const bool isJunk = toUse->value_or(0) == 1;
    if (wasJunk == isJunk || (wasJunk && toUse->value_or(0) == 2)) // junk that is thrown away stays junk
        return {};
    return noteTraining(db, {.accountId = accountId, .mailboxId = to, .uids = uids, .junk = isJunk, .reason = "move"});
}

} // namespace store
