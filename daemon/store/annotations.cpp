#include "daemon/store/annotations.h"

#include "daemon/store/changing.h"
#include "daemon/store/mailboxes.h"
#include "shared/base/refusal.h"

namespace store {

Result<QList<Annotation>> listAnnotations(db::Database &db, qint64 accountId, qint64 mailboxId)
{
    QList<Annotation> list;
    auto rows =
        db.query("select entry, value from annotations where account_id = ?1 and mailbox_id = ?2 order by entry",
                 accountId, mailboxId);
    while (rows.next())
        list.append({.entry = rows.text(0).toLatin1(), .value = rows.bytes(1)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<void> setAnnotations(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId,
                            const QList<Annotation> &annotations)
{
    for (const Annotation &annotation : annotations) {
        if (annotation.value && annotation.value->size() > kLargestAnnotation)
            return refuse("annotation-size", QStringLiteral("annotation too large"));
        const QString entry = QString::fromLatin1(annotation.entry);
        const auto done =
            annotation.value
                ? db.run("insert or replace into annotations(account_id, mailbox_id, entry, value) values(?1, ?2, ?3, "
                         "?4)",
                         accountId, mailboxId, entry, *annotation.value)
                : db.run("delete from annotations where account_id = ?1 and mailbox_id = ?2 and entry = ?3", accountId,
                         mailboxId, entry);
        if (!done)
            return std::unexpected(done.error());
    }
    const auto over = db.number("select 1 from (select count(*) n, sum(length(entry) + length(value)) bytes from "
                                "annotations where account_id = ?1) where n > ?2 or bytes > ?3",
                                accountId, kMostAnnotations, kMostAnnotationBytes);
    if (!over)
        return std::unexpected(over.error());
    if (*over)
        return refuse("annotations-many", QStringLiteral("too many annotations"));
    Notice notice{.kind = Notice::Kind::Metadata, .accountId = accountId, .mailboxId = mailboxId};
    for (const Annotation &annotation : annotations)
        notice.entries.append(annotation.entry);
    if (mailboxId == 0) {
        effects.notices.push_back(std::move(notice));
        return {};
    }
    const auto mailbox = mailboxById(db, mailboxId);
    if (!mailbox)
        return std::unexpected(mailbox.error());
    notice.name = mailbox->name;
    effects.notices.push_back(std::move(notice));
    // RFC 7162 3.2: the mailbox's mod-sequence goes up.
    const auto modseq = nextModseq(db, accountId);
    return modseq ? touch(db, effects, mailboxId, *modseq) : std::unexpected(modseq.error());
}

Result<void> copyAnnotations(db::Database &db, qint64 fromMailbox, qint64 toMailbox)
{
    return db
        .run("insert or replace into annotations(account_id, mailbox_id, entry, value) select account_id, ?1, entry, "
             "value from annotations where mailbox_id = ?2",
             toMailbox, fromMailbox)
        .transform([](qint64) {});
}

} // namespace store
