#include "daemon/store/messages.h"

namespace store {

Result<std::vector<MessageRow>> readRows(db::Database &db, qint64 mailboxId, quint32 first, quint32 last,
                                         qsizetype most, bool structures)
{
    std::vector<MessageRow> list;
    auto rows = structures
                    ? db.query("select uid, size, internal_date, iif(email_id, email_id, message_id), iif(thread_id, "
                               "thread_id, iif(email_id, email_id, message_id)), iif(saved_at, saved_at, "
                               "internal_date), envelope, body_structure, preview from messages where "
                               "mailbox_id = ?1 and uid between ?2 and ?3 order by uid limit ?4",
                               mailboxId, first, last, static_cast<qint64>(most))
                    : db.query("select uid, size, internal_date, iif(email_id, email_id, message_id), iif(thread_id, "
                               "thread_id, iif(email_id, email_id, message_id)), iif(saved_at, saved_at, "
                               "internal_date) from messages where mailbox_id = ?1 and uid between "
                               "?2 and ?3 order by uid limit ?4",
                               mailboxId, first, last, static_cast<qint64>(most));
    qsizetype held = 0;
    while (held < kMostRowBytes && rows.next()) {
        MessageRow &row = list.emplace_back(MessageRow{.uid = static_cast<quint32>(rows.integer(0)),
                                                       .size = rows.integer(1),
                                                       .internalDate = rows.integer(2),
                                                       .emailId = rows.integer(3),
                                                       .threadId = rows.integer(4),
                                                       .savedAt = rows.integer(5),
                                                       .envelope = {},
                                                       .bodyStructure = {},
                                                       .preview = {}});
        if (structures) {
            row.envelope = rows.bytes(6);
            row.bodyStructure = rows.bytes(7);
            if (!rows.isNull(8))
                row.preview = rows.text(8).toUtf8();
            held += row.envelope.size() + row.bodyStructure.size();
        }
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<QByteArray> readHeader(db::Database &db, qint64 messageId)
{
    auto row = db.query("select m.prefix, m.header_size, c.data from messages m join chunks c using(content_id) where "
                        "m.message_id = ?1 and c.chunk = 0",
                        messageId);
    if (row.next()) {
        const qint64 size = row.integer(1);
        if (size <= kChunkBytes)
            return row.bytes(0) + row.bytes(2).first(std::min<qsizetype>(size, row.bytes(2).size()));
    } else if (row.failed()) {
        return std::unexpected(row.error());
    }
    return readMessage(db, messageId);
}

Result<QByteArray> readMessage(db::Database &db, qint64 messageId)
{
    QByteArray message;
    bool found = false;
    auto rows = db.query("select c.data, iif(c.chunk, null, m.prefix) from messages m join chunks c using(content_id) "
                         "where m.message_id = ?1 order by c.chunk",
                         messageId);
    while (rows.next()) {
        if (!std::exchange(found, true))
            message = rows.bytes(1);
        if (message.isEmpty())
            message = rows.bytes(0);
        else
            message.append(rows.bytes(0));
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    if (!found)
        return failure(ErrorKind::User, QStringLiteral("the message is gone"));
    return message;
}

} // namespace store
