#include "daemon/store/purge.h"

#include "daemon/store/accounts.h"
#include "daemon/store/messages.h"

namespace store {

namespace {

constexpr qint64 kSlice = 1000; // messages
// Before any time a session could still need them: its sessions were cut when the account was removed.
constexpr qint64 kLongAgo = 1;

// Messages first, as expunged: used bytes and counts follow, so that verify finds nothing wrong in between.
Result<bool> expungeSlice(db::Database &db, qint64 accountId)
{
    if (const auto folded = foldExpunges(db, kSlice); !folded || *folded > 0)
        return folded.transform([](qint64) { return true; });
    const auto expunged =
        db.run("update messages set expunged_at = ?1 where message_id in (select message_id from messages join "
               "mailboxes using(mailbox_id) where account_id = ?2 and expunged_at = 0 limit ?3)",
               kLongAgo, accountId, kSlice);
    if (!expunged)
        return std::unexpected(expunged.error());
    if (*expunged == 0)
        return false;
    return db
        .run("update accounts set used_bytes = (select coalesce(sum(size), 0) from messages join mailboxes "
             "using(mailbox_id) where account_id = ?1 and expunged_at = 0), message_count = (select count(*) from "
             "messages join mailboxes using(mailbox_id) where account_id = ?2 and expunged_at = 0) where account_id = "
             "?3",
             accountId, accountId, accountId)
        .transform([](qint64) { return true; });
}

Result<void> deleteReferences(db::Database &db, const char *table, const QByteArray &ids)
{
    const auto references = db.referencesTo(table);
    if (!references)
        return std::unexpected(references.error());
    for (const db::Reference &each : *references) {
        if (auto done = db.execute("delete from " + each.table + " where " + each.column + " in (" + ids + ')'); !done)
            return done;
    }
    return {};
}

// When the sweeper has deleted the messages: whatever else belongs to the account, in whichever folder's tables.
Result<void> deleteAccount(db::Database &db, Effects &effects, qint64 accountId)
{
    const QByteArray id = QByteArray::number(accountId);
    if (auto done = deleteReferences(db, "mailboxes", "select mailbox_id from mailboxes where account_id = " + id);
        !done)
        return done;
    if (auto done = deleteReferences(db, "accounts", id); !done)
        return done;
    if (auto done = db.run("delete from accounts where account_id = ?1", accountId); !done)
        return std::unexpected(done.error());
    effects.topics.insert("accounts");
    return {};
}

} // namespace

Result<void> markForPurging(db::Database &db, qint64 accountId)
{
    return db.run("update accounts set removed_at = 0 where account_id = ?1 and state = 'removed'", accountId)
        .transform([](qint64) {});
}

Result<bool> purgeRemoved(db::Database &db, Effects &effects, Timestamp now)
{
    const auto due = db.number("select account_id from accounts where state = 'removed' and removed_at <= ?1 order by "
                               "account_id limit 1",
                               now - kKeepRemoved);
    if (!due)
        return std::unexpected(due.error());
    if (!*due) {
        return db
            .run("delete from domains where removed_at > 0 and not exists (select 1 from accounts where "
                 "accounts.domain = domains.domain)")
            .transform([](qint64) { return false; });
    }
    const auto more = expungeSlice(db, **due);
    if (!more || *more)
        return more;
    const auto left =
        db.number("select 1 from messages join mailboxes using(mailbox_id) where account_id = ?1 limit 1", **due);
    if (!left)
        return std::unexpected(left.error());
    if (*left)
        return true; // the sweeper is at them
    return deleteAccount(db, effects, **due).transform([] { return true; });
}

} // namespace store
