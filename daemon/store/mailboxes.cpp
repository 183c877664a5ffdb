#include "daemon/store/mailboxes.h"

#include "daemon/store/annotations.h"
#include "daemon/store/changing.h"
#include "daemon/store/limits.h"
#include "daemon/store/messages.h"
#include "shared/base/refusal.h"
#include "shared/base/unicode.h"

namespace store {

namespace {

// Of the columns mailbox_id, name, uid_validity, uid_next, special_use.
Mailbox mailboxOf(const db::Query &row)
{
    Mailbox mailbox;
    mailbox.id = row.integer(0);
    mailbox.name = row.text(1);
    mailbox.uidValidity = static_cast<quint32>(row.integer(2));
    mailbox.uidNext = static_cast<quint32>(row.integer(3));
    mailbox.specialUse = row.text(4).toLatin1();
    return mailbox;
}

Result<Mailbox> onlyMailbox(db::Query rows, const QString &otherwise)
{
    if (rows.next())
        return mailboxOf(rows);
    if (rows.failed())
        return std::unexpected(rows.error());
    return refuse("not-found", otherwise);
}

Result<qint64> insertMailbox(db::Database &db, qint64 accountId, const QString &name, const QByteArray &specialUse)
{
    const auto count = db.number("select count(*) from mailboxes where account_id = ?1", accountId);
    if (count && count->value_or(0) >= kMostMailboxes)
        return refuse("limit", QStringLiteral("more than %1 mailboxes").arg(kMostMailboxes));
    // A name made again gets a UIDVALIDITY never used before in the account (RFC 9051 2.3.1.1).
    if (auto done = db.run("update accounts set uid_validity = uid_validity + 1 where account_id = ?1", accountId);
        !done)
        return done;
    const auto done = db.run("insert into mailboxes(account_id, name, uid_validity, special_use, modseq) "
                             "select account_id, ?1, uid_validity, ?2, modseq from accounts where account_id = ?3",
                             name, QString::fromLatin1(specialUse), accountId);
    if (!done)
        return done;
    return db.lastInsertId();
}

} // namespace

Result<QString> canonicalName(const QString &name)
{
    QString result = unicode::nfc(name);
    if (result.endsWith(u'/'))
        result.chop(1); // "only children to come", RFC 9051 6.3.4
    const QStringList levels = result.split(u'/');
    if (result.isEmpty() || levels.contains(QString()))
        return refuse("bad-name", QStringLiteral("a mailbox name and its levels must not be empty"));
    if (result.toUtf8().size() > kLongestMailboxName)
        return refuse("bad-name",
                      QStringLiteral("a mailbox name must not be longer than %1 bytes").arg(kLongestMailboxName));
    for (const QChar c : std::as_const(result)) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
            c.category() == QChar::Separator_Paragraph || c == u'*' || c == u'%' || c.unicode() == 0xfffd)
            return refuse("bad-name", QStringLiteral("a mailbox name must not contain %, * or control characters"));
    }
    if (levels.contains(QLatin1StringView(".")) || levels.contains(QLatin1StringView("..")))
        return refuse("bad-name", QStringLiteral("a level of a mailbox name must not be . or .."));
    if (result.startsWith(u'#'))
        return refuse("bad-name", QStringLiteral("a mailbox name must not start with #"));
    if (levels.first().compare(QLatin1StringView("inbox"), Qt::CaseInsensitive) == 0)
        result.replace(0, 5, QStringLiteral("INBOX")); // RFC 9051 5.1
    return result;
}

Result<QList<Mailbox>> listMailboxes(db::Database &db, qint64 accountId)
{
    QList<Mailbox> list;
    auto rows = db.query("select mailbox_id, name, uid_validity, uid_next, special_use from mailboxes where account_id "
                         "= ?1 and name not like '#deleted/%' order by name",
                         accountId);
    while (rows.next())
        list.append(mailboxOf(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<Mailbox> findMailbox(db::Database &db, qint64 accountId, const QString &name)
{
    return onlyMailbox(db.query("select mailbox_id, name, uid_validity, uid_next, special_use from mailboxes where "
                                "account_id = ?1 and name = ?2",
                                accountId, name),
                       QStringLiteral("there is no mailbox %1").arg(name));
}

Result<Mailbox> mailboxById(db::Database &db, qint64 id)
{
    return onlyMailbox(db.query("select mailbox_id, name, uid_validity, uid_next, special_use from mailboxes where "
                                "mailbox_id = ?1 and name not like '#deleted/%'",
                                id),
                       QStringLiteral("the mailbox is gone"));
}

Result<QStringList> listSubscriptions(db::Database &db, qint64 accountId)
{
    QStringList names;
    auto rows = db.query("select name from subscriptions where account_id = ?1 order by name", accountId);
    while (rows.next())
        names << rows.text(0);
    return names;
}

Result<qint64> createMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &name,
                             const QByteArray &specialUse)
{
    const auto made = [&](const QString &each) {
        effects.notices.push_back({.kind = Notice::Kind::Created, .accountId = accountId, .name = each});
    };
    if (findMailbox(db, accountId, name))
        return refuse("exists", QStringLiteral("the mailbox %1 is there already").arg(name));
    for (qsizetype slash = name.indexOf(u'/'); slash > 0; slash = name.indexOf(u'/', slash + 1)) {
        const QString parent = name.left(slash);
        if (!findMailbox(db, accountId, parent)) {
            if (auto inserted = insertMailbox(db, accountId, parent, {}); !inserted)
                return inserted;
            made(parent);
        }
    }
    made(name);
    return insertMailbox(db, accountId, name, specialUse);
}

Result<void> deleteMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &name, Timestamp now)
{
    if (name == QLatin1StringView("INBOX"))
        return refuse("cannot", QStringLiteral("INBOX can't be deleted")); // RFC 9051 6.3.5
    const auto mailbox = findMailbox(db, accountId, name);
    if (!mailbox)
        return std::unexpected(mailbox.error());
    const auto children = db.number("select count(*) from mailboxes where account_id = ?1 and substr(name, 1, ?2) = ?3",
                                    accountId, static_cast<qint64>(name.size() + 1), name + u'/');
    if (children && children->value_or(0) > 0)
        return refuse("has-children", QStringLiteral("the mailbox %1 has mailboxes inside").arg(name));
    if (auto done =
            expunge(db, effects,
                    {.accountId = accountId, .mailboxId = mailbox->id, .uids = {}, .onlyDeleted = false, .now = now});
        !done)
        return std::unexpected(done.error());
    if (auto done = db.run("delete from annotations where mailbox_id = ?1", mailbox->id); !done)
        return std::unexpected(done.error()); // RFC 5464 4.1
    // The row stays for the sweeper as long as expunged messages point at it, under a name nobody can ask for.
    effects.mailboxes[mailbox->id].gone = true;
    effects.notices.push_back({.kind = Notice::Kind::Deleted, .accountId = accountId, .name = name});
    return db
        .run("update mailboxes set name = '#deleted/' || mailbox_id, special_use = '' where mailbox_id = ?1",
             mailbox->id)
        .transform([](qint64) {});
}

namespace {

Result<void> moveAll(db::Database &db, Effects &effects, Copy request)
{
    const auto state = stateOf(effects, request.fromMailbox);
    if (!state)
        return std::unexpected(state.error());
    state->forEach([&request](qsizetype, const Entry &entry) {
        request.uids.push_back(entry.uid);
        return true;
    });
    return copyMessages(db, effects, request).transform([](const Copied &) {});
}

} // namespace

Result<void> renameMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &from, const QString &to,
                           Timestamp now)
{
    const auto mailbox = findMailbox(db, accountId, from);
    if (!mailbox)
        return std::unexpected(mailbox.error());
    if (to.startsWith(from + u'/'))
        return refuse("bad-name", QStringLiteral("a mailbox can't be moved into itself"));
    const auto made = createMailbox(db, effects, accountId, to);
    if (!made)
        return std::unexpected(made.error());
    if (from == QLatin1StringView("INBOX")) // RFC 9051 6.3.6: its messages move, INBOX stays, empty
        return moveAll(db, effects,
                       {.accountId = accountId,
                        .fromMailbox = mailbox->id,
                        .uids = {},
                        .toMailbox = *made,
                        .move = true,
                        .now = now})
            .and_then([&] { return copyAnnotations(db, mailbox->id, *made); });
    // Made for its parents' sake only; the renamed row takes the name.
    effects.notices.back() = {.kind = Notice::Kind::Renamed, .accountId = accountId, .name = to, .oldName = from};
    if (auto done = db.run("delete from mailboxes where mailbox_id = ?1", *made); !done)
        return std::unexpected(done.error());
    return db
        .run("update mailboxes set name = ?1 || substr(name, ?2) where account_id = ?3 and (name = ?4 or substr(name, "
             "1, ?5) = ?6)",
             to, static_cast<qint64>(from.size() + 1), accountId, from, static_cast<qint64>(from.size() + 1),
             from + u'/')
        .transform([](qint64) {});
}

Result<void> subscribe(db::Database &db, Effects &effects, qint64 accountId, const QString &name, bool on)
{
    if (on) {
        const auto count =
            db.number("select count(*) from subscriptions where account_id = ?1 and name <> ?2", accountId, name);
        if (count && count->value_or(0) >= kMostSubscriptions)
            return refuse("limit", QStringLiteral("more than %1 subscriptions").arg(kMostSubscriptions));
    }
    effects.notices.push_back({.kind = Notice::Kind::Subscription, .accountId = accountId, .name = name});
    const auto done =
        on ? db.run("insert or ignore into subscriptions(account_id, name) values(?1, ?2)", accountId, name)
           : db.run("delete from subscriptions where account_id = ?1 and name = ?2", accountId, name);
    return done.transform([](qint64) {});
}

} // namespace store
