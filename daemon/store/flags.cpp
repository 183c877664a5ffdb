#include "daemon/store/changing.h"
#include "daemon/store/messages.h"
#include "daemon/store/training.h"
#include "daemon/store/uid_ranges.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {

Result<QList<QByteArray>> keywordsOf(db::Database &db, qint64 mailboxId)
{
    QList<QByteArray> known;
    auto row = db.query("select keywords from mailboxes where mailbox_id = ?1", mailboxId);
    if (row.next()) {
        for (const auto &keyword : QJsonDocument::fromJson(row.bytes(0)).array())
            known.append(keyword.toString().toUtf8());
    }
    if (row.failed())
        return std::unexpected(row.error());
    return known;
}

namespace {

// Keywords that are registered (RFC 9051 2.3.2) are kept as their registration spells them.
QByteArray asRegistered(const QByteArray &keyword)
{
    static const QList<QByteArray> kRegistered{"$Forwarded", "$MDNSent",  "$Junk",
                                               "$NotJunk",   "$Phishing", "$Important"};
    for (const QByteArray &known : kRegistered) {
        if (bytes::equalsIgnoreCase(known, keyword))
            return known;
    }
    return keyword;
}

} // namespace

Result<quint64> maskOf(db::Database &db, Effects &effects, qint64 mailboxId, const Flags &flags, bool addUnknown)
{
    quint64 mask = flags.system;
    if (flags.keywords.isEmpty())
        return mask;
    auto stored = keywordsOf(db, mailboxId);
    if (!stored)
        return std::unexpected(stored.error());
    QList<QByteArray> known = std::move(*stored);
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
            known.append(asRegistered(keyword));
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

quint64 flagsAfter(FlagChange change, quint64 flags, quint64 mask)
{
    switch (change) {
    case FlagChange::Replace: return mask;
    case FlagChange::Add: return flags | mask;
    case FlagChange::Remove: return flags & ~mask;
    }
    return flags;
}

Result<void> logFlags(db::Database &db, qint64 mailboxId, qint64 modseq, int operation, quint64 flags,
                      const std::vector<quint32> &uids)
{
    return db
        .run("insert into flag_log(mailbox_id, modseq, operation, flags, uids) values(?1, ?2, ?3, ?4, ?5)", mailboxId,
             modseq, operation, flags, QString::fromLatin1(formatUids(rangesOf(uids))))
        .transform([](qint64) {});
}

Result<Stored> storeFlags(db::Database &db, Effects &effects, const StoreFlags &request)
{
    const auto mask = maskOf(db, effects, request.mailboxId, request.flags, request.change != FlagChange::Remove);
    if (!mask)
        return std::unexpected(mask.error());
    const auto state = stateOf(effects, request.mailboxId);
    if (!state)
        return std::unexpected(state.error());
    Stored result{.mask = *mask, .failed = {}};
    std::vector<Entry> changed;
    std::vector<quint32> uids;
    qsizetype index = 0;
    for (const quint32 uid : request.uids) {
        if (index >= state->size() || state->at(index).uid != uid)
            index = state->lowerBound(uid);
        if (index >= state->size() || state->at(index).uid != uid) {
            result.missing = true;
            continue;
        }
        const Entry &entry = state->at(index++);
        if (request.unchangedSince && entry.modseq > *request.unchangedSince) { // RFC 7162 3.1.3
            result.failed.push_back(uid);
            continue;
        }
        const quint64 flags = flagsAfter(request.change, entry.flags, *mask);
        if (flags == entry.flags)
            continue;
        changed.push_back({.uid = uid, .messageId = entry.messageId, .flags = flags, .modseq = 0});
        uids.push_back(uid);
    }
    if (changed.empty())
        return result;
    const auto modseq = nextModseq(db, request.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    for (Entry &entry : changed)
        entry.modseq = *modseq;
    auto &own = effects.mailboxes[request.mailboxId].changed;
    own.insert(own.end(), changed.begin(), changed.end());
    if (auto done = logFlags(db, request.mailboxId, *modseq, static_cast<int>(request.change), *mask, uids); !done)
        return std::unexpected(done.error());
    if (!request.flags.keywords.isEmpty() && request.change != FlagChange::Remove) {
        if (auto noted = trainByFlags(db, request.accountId, request.mailboxId, *state, changed); !noted)
            return std::unexpected(noted.error());
    }
    return touch(db, effects, request.mailboxId, *modseq).transform([&result] { return result; });
}

namespace {

struct LogLine
{
    qint64 id = 0;
    qint64 mailboxId = 0;
    qint64 modseq = 0;
    int operation = 0;
    quint64 flags = 0;
    std::vector<UidRange> uids;
};

Result<std::optional<LogLine>> oldestLine(db::Database &db)
{
    auto row =
        db.query("select log_id, mailbox_id, modseq, operation, flags, uids from flag_log order by log_id limit 1");
    if (row.next())
        return LogLine{.id = row.integer(0),
                       .mailboxId = row.integer(1),
                       .modseq = row.integer(2),
                       .operation = static_cast<int>(row.integer(3)),
                       .flags = static_cast<quint64>(row.integer(4)),
                       .uids = parseUids(row.text(5).toLatin1())};
    if (row.failed())
        return std::unexpected(row.error());
    return std::nullopt;
}

} // namespace

Result<qint64> foldFlags(db::Database &db, qint64 most)
{
    static constexpr std::array kStatements = {
        "update messages set flags = ?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and ?5 and expunged_at = "
        "0",
        "update messages set flags = flags | ?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and ?5 and "
        "expunged_at = 0",
        "update messages set flags = flags & ~?1, modseq = ?2 where mailbox_id = ?3 and uid between ?4 and ?5 and "
        "expunged_at = 0",
    };
    qint64 folded = 0;
    while (folded < most) {
        auto line = oldestLine(db);
        if (!line)
            return std::unexpected(line.error());
        if (!*line)
            break;
        LogLine &log = **line;
        auto &uids = log.uids;
        while (!uids.empty() && folded < most) {
            const auto [first, last] = takeFront(uids, most - folded);
            const auto done = db.run(kStatements[static_cast<size_t>(log.operation)], log.flags, log.modseq,
                                     log.mailboxId, first, last);
            if (!done)
                return done;
            folded += static_cast<qint64>(last) - first + 1;
        }
        const auto done = uids.empty() ? db.run("delete from flag_log where log_id = ?1", log.id)
                                       : db.run("update flag_log set uids = ?1 where log_id = ?2",
                                                QString::fromLatin1(formatUids(uids)), log.id);
        if (!done)
            return done;
    }
    return folded;
}

} // namespace store
