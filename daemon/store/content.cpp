#include "daemon/store/messages.h"

namespace store {

Result<qint64> addContent(db::Database &db, const Prepared &message)
{
    const auto added = db.run("insert into contents(size, sha256, refs) values(?1, ?2, 0)",
                              static_cast<qint64>(message.content.size()), message.sha256);
    if (!added)
        return added;
    const qint64 id = db.lastInsertId();
    qint64 chunk = 0;
    qsizetype at = 0;
    do {
        const QByteArray part = message.content.mid(at, kChunkBytes);
        if (auto done = db.run("insert into chunks(content_id, chunk, data) values(?1, ?2, ?3)", id, chunk++, part);
            !done)
            return done;
        at += kChunkBytes;
    } while (at < message.content.size());
    return id;
}

Result<void> useContent(db::Database &db, qint64 contentId, qint64 references)
{
    return db.run("update contents set refs = refs + ?1 where content_id = ?2", references, contentId)
        .transform([](qint64) {});
}

Result<void> releaseContent(db::Database &db, qint64 contentId)
{
    if (auto done = useContent(db, contentId, -1); !done)
        return done;
    if (auto done =
            db.run("delete from chunks where content_id = ?1 and (select refs from contents where content_id = ?2) = 0",
                   contentId, contentId);
        !done)
        return std::unexpected(done.error());
    return db.run("delete from contents where content_id = ?1 and refs = 0", contentId).transform([](qint64) {});
}

Result<QByteArray> readContent(db::Database &db, qint64 contentId)
{
    QByteArray content;
    auto rows = db.query("select data from chunks where content_id = ?1 order by chunk", contentId);
    while (rows.next())
        content.append(rows.bytes(0));
    if (rows.failed())
        return std::unexpected(rows.error());
    return content;
}

} // namespace store
