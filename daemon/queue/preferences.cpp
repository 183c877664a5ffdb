#include "daemon/queue/preferences.h"

namespace queue {

Result<Preferences> preferencesOf(db::Database &db, qint64 accountId)
{
    auto row = db.query("select keep_sent, unique_senders from queue_accounts where account_id = ?1", accountId);
    if (row.next())
        return Preferences{.keepSent = std::chrono::seconds(row.integer(0)),
                           .uniqueSenders = row.text(1).split(u' ', Qt::SkipEmptyParts)};
    if (row.failed())
        return std::unexpected(row.error());
    return Preferences();
}

Result<void> setPreferences(db::Database &db, store::Effects &effects, qint64 accountId, const Preferences &preferences)
{
    const auto before = preferencesOf(db, accountId);
    if (!before)
        return std::unexpected(before.error());
    if (*before == preferences)
        return {};
    effects.topics.insert("accounts");
    return db
        .run("insert into queue_accounts(account_id, keep_sent, unique_senders) values(?1, ?2, ?3) on "
             "conflict(account_id) do update set keep_sent = excluded.keep_sent, "
             "unique_senders = excluded.unique_senders",
             accountId, static_cast<qint64>(preferences.keepSent.count()), preferences.uniqueSenders.join(u' '))
        .transform([](qint64) {});
}

} // namespace queue
