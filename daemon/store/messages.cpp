#include "daemon/store/messages.h"

#include "shared/base/random.h"
#include "shared/crypto/crypto.h"
#include "shared/imap/structure.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {

namespace {

// The mask for flags in this mailbox; keywords it does not know yet get the next bits (all change) or are left out.
Result<quint64> maskOf(db::Database &db, Effects &effects, qint64 mailboxId, const Flags &flags, bool addUnknown)
{
    quint64 mask = flags.system;
    if (flags.keywords.isEmpty())
        return mask;
    QList<QByteArray> known;
    {
        auto row = db.query("select keywords from mailboxes where mailbox_id = ?1", mailboxId);
        if (row.next()) {
            for (const auto &keyword : QJsonDocument::fromJson(row.bytes(0)).array())
                known.append(keyword.toString().toUtf8());
        }
    }
    bool grown = false;
    for (const QByteArray &keyword : flags.keywords) {
        qsizetype index = 0;
        while (index < known.size() && !bytes::equalsIgnoreCase(known.at(index), keyword))
            ++index;
        if (index == known.size()) {
            if (!addUnknown)
                continue;
            if (index >= kMostKeywords)
                return failure(Error{.kind = ErrorKind::User,
                                     .text = QStringLiteral("too many keywords"),
                                     .code = QStringLiteral("limit")});
            known.append(keyword);
            grown = true;
        }
        mask |= quint64(1) << (kSystemFlags + index);
    }
    if (grown) {
        QJsonArray list;
        for (const QByteArray &keyword : std::as_const(known))
            list.append(QString::fromUtf8(keyword));
        effects.mailboxes[mailboxId].keywords = known;
        const auto done = db.run("update mailboxes set keywords = ?1 where mailbox_id = ?2",
                                 QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)), mailboxId);
        if (!done)
            return std::unexpected(done.error());
    }
    return mask;
}

Result<qint64> nextModseq(db::Database &db, qint64 accountId)
{
    if (auto done = db.run("update accounts set modseq = modseq + 1 where account_id = ?1", accountId); !done)
        return done;
    return db.number("select modseq from accounts where account_id = ?1", accountId).transform([](const auto &value) {
        return value.value_or(1);
    });
}

Result<void> account(db::Database &db, Effects &effects, qint64 accountId, qint64 sizeBytes, qint64 count)
{
    effects.topics.insert("accounts");
    return db
        .run("update accounts set used_bytes = used_bytes + ?1, message_count = message_count + ?2 where account_id = "
             "?3",
             sizeBytes, count, accountId)
        .transform([](qint64) {});
}

Result<void> checkQuota(db::Database &db, qint64 accountId, qint64 sizeBytes)
{
    const auto over =
        db.number("select 1 from accounts where account_id = ?1 and quota_bytes > 0 and used_bytes + ?2 > quota_bytes",
                  accountId, sizeBytes);
    if (!over)
        return std::unexpected(over.error());
    if (!*over)
        return {};
    const QString text = QStringLiteral("the mailbox is full");
    return failure(
        Error{.kind = ErrorKind::User, .text = text, .publicText = text, .code = QStringLiteral("over-quota")});
}

struct Place
{
    quint32 uid = 0;
    quint32 uidValidity = 0;
};

Result<Place> takeUid(db::Database &db, qint64 mailboxId)
{
    auto row =
        db.query("update mailboxes set uid_next = uid_next + 1 where mailbox_id = ?1 and name not like '#deleted/%' "
                 "returning uid_next - 1, uid_validity",
                 mailboxId);
    if (row.next())
        return Place{.uid = static_cast<quint32>(row.integer(0)), .uidValidity = static_cast<quint32>(row.integer(1))};
    if (row.failed())
        return std::unexpected(row.error());
    const QString text = QStringLiteral("the mailbox is gone");
    return failure(
        Error{.kind = ErrorKind::User, .text = text, .publicText = text, .code = QStringLiteral("not-found")});
}

} // namespace

QByteArray newMessageKey() { return randomText(16); }

std::shared_ptr<const Prepared> prepare(QByteArray content, const QByteArray &messageKey)
{
    auto result = std::make_shared<Prepared>();
    const mime::Part root = mime::parseMessage(content);
    const mime::HeaderList header(content);
    result->sha256 = crypto::digest(crypto::Hash::Sha256, content);
    result->envelope = imap::envelope(header);
    result->bodyStructure = imap::bodyStructure(content, root, true);
    result->headerBytes = root.bodyStart;
    result->messageKey = messageKey;
    result->content = std::move(content);
    return result;
}

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

Result<Added> addMessage(db::Database &db, Effects &effects, qint64 contentId, const Prepared &message,
                         const Target &target)
{
    const qint64 size = target.prefix.size() + message.content.size();
    if (auto room = checkQuota(db, target.accountId, size); !room)
        return std::unexpected(room.error());
    qint64 mailbox = target.mailboxId;
    if (mailbox == 0) {
        const auto inbox =
            db.number("select mailbox_id from mailboxes where account_id = ?1 and name = 'INBOX'", target.accountId);
        if (!inbox)
            return std::unexpected(inbox.error());
        mailbox = inbox->value_or(0);
    }
    const auto place = takeUid(db, mailbox);
    if (!place)
        return std::unexpected(place.error());
    const auto modseq = nextModseq(db, target.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    const auto mask = maskOf(db, effects, mailbox, target.flags, true);
    if (!mask)
        return std::unexpected(mask.error());
    const auto added =
        db.run("insert into messages(mailbox_id, uid, modseq, flags, content_id, prefix, size, header_size, "
               "internal_date, envelope, "
               "body_structure, message_key) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
               mailbox, place->uid, *modseq, *mask, contentId, target.prefix, size, message.headerBytes,
               target.internalDate, message.envelope, message.bodyStructure, QString::fromLatin1(message.messageKey));
    if (!added)
        return std::unexpected(added.error());
    effects.mailboxes[mailbox].appended.push_back(
        {.uid = place->uid, .messageId = db.lastInsertId(), .flags = *mask, .modseq = *modseq});
    if (auto used = useContent(db, contentId, 1); !used)
        return std::unexpected(used.error());
    if (auto counted = account(db, effects, target.accountId, size, 1); !counted)
        return std::unexpected(counted.error());
    return Added{.mailboxId = mailbox, .uid = place->uid, .uidValidity = place->uidValidity};
}

namespace {

// One statement for all messages of a range of UIDs; those that have the flags already are left alone.
Result<void> changeRun(db::Database &db, const StoreFlags &request, quint64 mask, qint64 modseq,
                       std::pair<quint32, quint32> uids, std::vector<Entry> &changed)
{
    struct Statement
    {
        FlagChange change;
        const char *sql;
    };
    static constexpr std::array kStatements = {
        Statement{FlagChange::Replace, "update messages set flags = ?1, modseq = ?2 where mailbox_id = ?3 and uid "
                                       "between ?4 and ?5 and expunged_at = 0 and flags <> ?6 returning uid, flags"},
        Statement{FlagChange::Add,
                  "update messages set flags = flags | ?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and ?5 "
                  "and expunged_at = 0 and flags | ?6 <> flags returning uid, flags"},
        Statement{FlagChange::Remove,
                  "update messages set flags = flags & ~?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and "
                  "?5 and expunged_at = 0 and flags & ?6 <> 0 returning uid, flags"},
    };
    for (const Statement &statement : kStatements) {
        if (statement.change != request.change)
            continue;
        auto rows = db.query(statement.sql, mask, modseq, request.mailboxId, uids.first, uids.second, mask);
        while (rows.next()) {
            changed.push_back({.uid = static_cast<quint32>(rows.integer(0)),
                               .messageId = 0,
                               .flags = static_cast<quint64>(rows.integer(1)),
                               .modseq = modseq});
        }
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    return {};
}

} // namespace

Result<void> storeFlags(db::Database &db, Effects &effects, const StoreFlags &request)
{
    const auto mask = maskOf(db, effects, request.mailboxId, request.flags, request.change != FlagChange::Remove);
    if (!mask)
        return std::unexpected(mask.error());
    const auto modseq = nextModseq(db, request.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    auto &changed = effects.mailboxes[request.mailboxId].changed;
    for (size_t i = 0; i < request.uids.size();) {
        size_t end = i + 1; // of a run of UIDs without gaps
        while (end < request.uids.size() && request.uids[end] == request.uids[end - 1] + 1)
            ++end;
        const auto done = changeRun(db, request, *mask, *modseq, {request.uids[i], request.uids[end - 1]}, changed);
        if (!done)
            return done;
        i = end;
    }
    return {};
}

namespace {

Result<void> markExpunged(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId,
                          const std::vector<quint32> &uids, Timestamp now)
{
    const auto modseq = nextModseq(db, accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    qint64 size = 0;
    qint64 count = 0;
    for (const quint32 uid : uids) {
        const auto bytes = db.number(
            "update messages set expunged_at = ?1, modseq = ?2 where mailbox_id = ?3 and uid = ?4 and expunged_at = 0 "
            "returning size",
            now, *modseq, mailboxId, uid);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (!*bytes)
            continue;
        size += **bytes;
        ++count;
        effects.mailboxes[mailboxId].expunged.push_back(uid);
    }
    std::ranges::sort(effects.mailboxes[mailboxId].expunged);
    return account(db, effects, accountId, -size, -count);
}

Result<std::vector<quint32>> selectUids(db::Query rows)
{
    std::vector<quint32> uids;
    while (rows.next())
        uids.push_back(static_cast<quint32>(rows.integer(0)));
    if (rows.failed())
        return std::unexpected(rows.error());
    return uids;
}

} // namespace

Result<Copied> copyMessages(db::Database &db, Effects &effects, qint64 accountId, qint64 fromMailbox,
                            const std::vector<quint32> &uids, qint64 toMailbox, std::optional<Timestamp> move)
{
    Copied copied;
    QList<QByteArray> keywords;
    {
        auto row = db.query("select keywords from mailboxes where mailbox_id = ?1", fromMailbox);
        if (row.next()) {
            for (const auto &keyword : QJsonDocument::fromJson(row.bytes(0)).array())
                keywords.append(keyword.toString().toUtf8());
        }
    }
    for (const quint32 uid : uids) {
        qint64 content = 0;
        qint64 size = 0;
        quint64 mask = 0;
        {
            auto row = db.query(
                "select content_id, size, flags from messages where mailbox_id = ?1 and uid = ?2 and expunged_at = 0",
                fromMailbox, uid);
            if (!row.next()) {
                if (row.failed())
                    return std::unexpected(row.error());
                continue;
            }
            content = row.integer(0);
            size = row.integer(1);
            mask = static_cast<quint64>(row.integer(2));
        }
        if (!move) {
            if (auto room = checkQuota(db, accountId, size); !room)
                return std::unexpected(room.error());
        }
        Flags flags{.system = mask & ((1U << kSystemFlags) - 1), .keywords = {}};
        for (qsizetype i = 0; i < keywords.size(); ++i) {
            if (mask & (quint64(1) << (kSystemFlags + i)))
                flags.keywords.append(keywords.at(i));
        }
        const auto newMask = maskOf(db, effects, toMailbox, flags, true);
        const auto place = takeUid(db, toMailbox);
        const auto modseq = nextModseq(db, accountId);
        if (!newMask || !place || !modseq)
            return std::unexpected(!newMask ? newMask.error() : !place ? place.error() : modseq.error());
        const auto added = db.run("insert into messages(mailbox_id, uid, modseq, flags, content_id, prefix, size, "
                                  "header_size, internal_date, envelope, "
                                  "body_structure, message_key) select ?1, ?2, ?3, ?4, content_id, prefix, size, "
                                  "header_size, internal_date, envelope, "
                                  "body_structure, message_key from messages where mailbox_id = ?5 and uid = ?6",
                                  toMailbox, place->uid, *modseq, *newMask, fromMailbox, uid);
        if (!added)
            return std::unexpected(added.error());
        effects.mailboxes[toMailbox].appended.push_back(
            {.uid = place->uid, .messageId = db.lastInsertId(), .flags = *newMask, .modseq = *modseq});
        if (auto used = useContent(db, content, 1); !used)
            return std::unexpected(used.error());
        if (auto counted = account(db, effects, accountId, size, 1); !counted)
            return std::unexpected(counted.error());
        copied.uidValidity = place->uidValidity;
        copied.from.push_back(uid);
        copied.to.push_back(place->uid);
    }
    if (move) {
        if (auto done = markExpunged(db, effects, accountId, fromMailbox, copied.from, *move); !done)
            return std::unexpected(done.error());
    }
    return copied;
}

Result<void> expungeDeleted(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId,
                            const std::optional<std::vector<quint32>> &uids, Timestamp now)
{
    auto deleted = selectUids(db.query(
        "select uid from messages where mailbox_id = ?1 and flags & 4 and expunged_at = 0 order by uid", mailboxId));
    if (!deleted)
        return std::unexpected(deleted.error());
    if (uids)
        std::erase_if(*deleted, [&uids](quint32 uid) { return !std::ranges::binary_search(*uids, uid); });
    return deleted->empty() ? Result<void>() : markExpunged(db, effects, accountId, mailboxId, *deleted, now);
}

Result<void> expungeAll(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId, Timestamp now)
{
    const auto uids = selectUids(
        db.query("select uid from messages where mailbox_id = ?1 and expunged_at = 0 order by uid", mailboxId));
    if (!uids)
        return std::unexpected(uids.error());
    return uids->empty() ? Result<void>() : markExpunged(db, effects, accountId, mailboxId, *uids, now);
}

Result<void> moveAll(db::Database &db, Effects &effects, qint64 accountId, qint64 fromMailbox, qint64 toMailbox,
                     Timestamp now)
{
    const auto uids = selectUids(
        db.query("select uid from messages where mailbox_id = ?1 and expunged_at = 0 order by uid", fromMailbox));
    if (!uids)
        return std::unexpected(uids.error());
    return copyMessages(db, effects, accountId, fromMailbox, *uids, toMailbox, now).transform([](const Copied &) {});
}

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
    return static_cast<qint64>(rows.size());
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

Result<std::vector<MessageRow>> readRows(db::Database &db, qint64 mailboxId, quint32 first, quint32 last,
                                         qsizetype most, bool structures)
{
    std::vector<MessageRow> list;
    auto rows = structures
                    ? db.query("select uid, size, internal_date, envelope, body_structure from messages where "
                               "mailbox_id = ?1 and uid between ?2 and ?3 order by uid limit ?4",
                               mailboxId, first, last, static_cast<qint64>(most))
                    : db.query("select uid, size, internal_date from messages where mailbox_id = ?1 and uid between "
                               "?2 and ?3 order by uid limit ?4",
                               mailboxId, first, last, static_cast<qint64>(most));
    qsizetype held = 0;
    while (held < kMostRowBytes && rows.next()) {
        MessageRow &row = list.emplace_back(MessageRow{.uid = static_cast<quint32>(rows.integer(0)),
                                                       .size = rows.integer(1),
                                                       .internalDate = rows.integer(2),
                                                       .envelope = {},
                                                       .bodyStructure = {}});
        if (structures) {
            row.envelope = rows.bytes(3);
            row.bodyStructure = rows.bytes(4);
            held += row.envelope.size() + row.bodyStructure.size();
        }
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<qint64> mailboxBytes(db::Database &db, qint64 mailboxId)
{
    return db.number("select sum(size) from messages where mailbox_id = ?1 and expunged_at = 0", mailboxId)
        .transform([](const auto &sum) { return sum.value_or(0); });
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
    qint64 content = 0;
    QByteArray message;
    {
        auto row = db.query("select content_id, prefix from messages where message_id = ?1", messageId);
        if (!row.next())
            return failure(ErrorKind::User, QStringLiteral("the message is gone"));
        content = row.integer(0);
        message = row.bytes(1);
    }
    return readContent(db, content).transform([&message](const QByteArray &bytes) { return message + bytes; });
}

} // namespace store
