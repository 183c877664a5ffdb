#include "daemon/store/threads.h"

namespace store {

Result<qint64> findThread(db::Database &db, qint64 accountId, const QList<qint64> &references)
{
    for (const qint64 reference : references) {
        const auto thread = db.number(
            "select thread_id from thread_references where account_id = ?1 and reference = ?2", accountId, reference);
        if (!thread)
            return std::unexpected(thread.error());
        if (*thread)
            return **thread;
    }
    return 0;
}

Result<void> rememberThread(db::Database &db, qint64 accountId, const QList<qint64> &references, qint64 threadId)
{
    for (const qint64 reference : references) {
        if (auto done = db.run("insert or ignore into thread_references(account_id, reference, thread_id) values(?1, "
                               "?2, ?3)",
                               accountId, reference, threadId);
            !done)
            return std::unexpected(done.error());
    }
    return {};
}

} // namespace store
