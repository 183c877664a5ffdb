#include "daemon/store/messages.h"

#include "daemon/store/changing.h"
#include "daemon/store/threads.h"
#include "daemon/store/views.h"
#include "shared/base/log.h"
#include "shared/base/random.h"
#include "shared/base/refusal.h"
#include "shared/crypto/crypto.h"
#include "shared/imap/structure.h"
#include "shared/mime/preview.h"
#include "shared/mime/references.h"

#include <QtEndian>

namespace store {

namespace {

const Log kLog("store");

} // namespace

Result<qint64> nextModseq(db::Database &db, qint64 accountId)
{
    return db.number("update accounts set modseq = modseq + 1 where account_id = ?1 returning modseq", accountId)
        .transform([](const auto &value) { return value.value_or(1); });
}

Result<void> touch(db::Database &db, Effects &effects, qint64 mailboxId, qint64 modseq)
{
    MailboxEffects &own = effects.mailboxes[mailboxId];
    own.modseq = modseq;
    const auto account =
        db.number("update mailboxes set modseq = ?1 where mailbox_id = ?2 returning account_id", modseq, mailboxId);
    if (!account)
        return std::unexpected(account.error());
    own.accountId = account->value_or(0);
    return {};
}

namespace {

// Once each time that 80 or 90 % of a quota are passed.
void tellPassed(qint64 accountId, const char *what, qint64 now, qint64 added, qint64 quota)
{
    for (const int percent : {90, 80}) {
        const qint64 mark = quota / 100 * percent + quota % 100 * percent / 100;
        if (quota > 0 && now >= mark && now - added < mark) {
            kLog.warn("quota nearly used",
                      {{"account", accountId}, {"of", QLatin1StringView(what)}, {"percent", percent}, {"used", now}});
            return;
        }
    }
}

} // namespace

Result<void> count(db::Database &db, Effects &effects, qint64 accountId, qint64 sizeBytes, qint64 messages)
{
    effects.topics.insert("accounts");
    auto row = db.query("update accounts set used_bytes = used_bytes + ?1, message_count = message_count + ?2 where "
                        "account_id = ?3 returning used_bytes, quota_bytes, message_count, quota_messages",
                        sizeBytes, messages, accountId);
    if (row.next()) {
        tellPassed(accountId, "bytes", row.integer(0), sizeBytes, row.integer(1));
        tellPassed(accountId, "messages", row.integer(2), messages, row.integer(3));
    }
    return row.failed() ? Result<void>(std::unexpected(row.error())) : Result<void>();
}

Result<void> checkQuota(db::Database &db, qint64 accountId, qint64 sizeBytes, qint64 messages)
{
    const auto over = db.number("select 1 from accounts where account_id = ?1 and ((quota_bytes > 0 and used_bytes + "
                                "?2 > quota_bytes) or (quota_messages > 0 and message_count + ?3 > quota_messages))",
                                accountId, sizeBytes, messages);
    if (!over)
        return std::unexpected(over.error());
    if (!*over)
        return {};
    return refuse("over-quota", QStringLiteral("the mailbox is full"));
}

Result<Place> takeUids(db::Database &db, Effects &effects, qint64 mailboxId, qint64 modseq, qint64 count)
{
    auto row = db.query("update mailboxes set uid_next = uid_next + ?1, modseq = ?2 where mailbox_id = ?3 and name not "
                        "like '#deleted/%' returning uid_next - ?4, uid_validity, account_id",
                        count, modseq, mailboxId, count);
    if (row.next()) {
        effects.mailboxes[mailboxId].modseq = modseq;
        effects.mailboxes[mailboxId].accountId = row.integer(2);
        return Place{.uid = static_cast<quint32>(row.integer(0)), .uidValidity = static_cast<quint32>(row.integer(1))};
    }
    if (row.failed())
        return std::unexpected(row.error());
    return refuse("not-found", QStringLiteral("the mailbox is gone"));
}

Result<View> stateOf(const Effects &effects, qint64 mailboxId)
{
    const auto before = effects.views->ahead(mailboxId);
    if (!before)
        return before;
    const auto own = effects.mailboxes.find(mailboxId);
    return own == effects.mailboxes.end() ? *before : Views::applied(*before, own->second);
}

QByteArray newMessageKey() { return randomText(16); }

std::shared_ptr<const Prepared> prepare(QByteArray content, const QByteArray &messageKey,
                                        std::shared_ptr<const void> owner)
{
    auto result = std::make_shared<Prepared>();
    result->owner = std::move(owner);
    const mime::Part root = mime::parseMessage(content);
    const mime::HeaderList header(content);
    result->sha256 = crypto::digest(crypto::Hash::Sha256, content);
    result->envelope = imap::envelope(header);
    result->bodyStructure = imap::bodyStructure(content, root, true);
    result->preview = mime::preview(content, root);
    result->headerBytes = root.bodyStart;
    for (const QByteArray &id : mime::threadIds(header))
        result->references.append(qFromBigEndian<qint64>(crypto::digest(crypto::Hash::Sha256, id).constData()));
    result->messageKey = messageKey;
    result->content = std::move(content);
    return result;
}

Result<Added> addMessage(db::Database &db, Effects &effects, qint64 contentId, const Prepared &message,
                         const Target &target)
{
    const qint64 size = target.prefix.size() + message.content.size();
    if (auto room = checkQuota(db, target.accountId, size, 1); !room)
        return std::unexpected(room.error());
    qint64 mailbox = target.mailboxId;
    if (mailbox == 0) {
        const auto inbox =
            db.number("select mailbox_id from mailboxes where account_id = ?1 and name = 'INBOX'", target.accountId);
        if (!inbox)
            return std::unexpected(inbox.error());
        mailbox = inbox->value_or(0);
    }
    const auto modseq = nextModseq(db, target.accountId);
    if (!modseq)
        return std::unexpected(modseq.error());
    const auto place = takeUids(db, effects, mailbox, *modseq, 1);
    if (!place)
        return std::unexpected(place.error());
    const auto mask = maskOf(db, effects, mailbox, target.flags, true);
    if (!mask)
        return std::unexpected(mask.error());
    const auto thread = findThread(db, target.accountId, message.references);
    if (!thread)
        return std::unexpected(thread.error());
    const auto added =
        db.run("insert into messages(mailbox_id, uid, modseq, flags, content_id, prefix, size, header_size, "
               "internal_date, envelope, body_structure, message_key, thread_id, saved_at, preview) values(?1, ?2, ?3, "
               "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
               mailbox, place->uid, *modseq, *mask, contentId, target.prefix, size, message.headerBytes,
               target.internalDate, message.envelope, message.bodyStructure, QString::fromLatin1(message.messageKey),
               *thread, target.savedAt, QString::fromUtf8(message.preview));
    if (!added)
        return std::unexpected(added.error());
    const qint64 messageId = db.lastInsertId();
    if (auto done = rememberThread(db, target.accountId, message.references, *thread ? *thread : messageId); !done)
        return std::unexpected(done.error());
    effects.mailboxes[mailbox].appended.push_back(
        {.uid = place->uid, .messageId = messageId, .flags = *mask, .modseq = *modseq});
    if (auto used = useContent(db, contentId, 1); !used)
        return std::unexpected(used.error());
    if (auto counted = count(db, effects, target.accountId, size, 1); !counted)
        return std::unexpected(counted.error());
    return Added{.mailboxId = mailbox, .uid = place->uid, .uidValidity = place->uidValidity};
}

} // namespace store
