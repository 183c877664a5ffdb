// Mailboxes of an account: list, create, delete, rename, subscribe (RFC 9051 6.3). Names are NFC with "/" between
// levels; INBOX in upper case. Errors are of kind User with a code that IMAP turns into its own: "exists", "not-found",
// "bad-name". On the writer's thread inside a change, or on a reader.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"

namespace store {

inline constexpr qsizetype kLongestMailboxName = 1000; // bytes of UTF-8
inline constexpr qint64 kMostMailboxes = 10'000;

// What does not change while a mailbox keeps its name.
struct MailboxName
{
    qint64 id = 0;
    QString name;
    quint32 uidValidity = 0;
};
struct Mailbox : MailboxName
{
    quint32 uidNext = 1;
    QByteArray specialUse;
};

// INBOX in any case becomes "INBOX"; checks levels, length, control characters; NFC.
[[nodiscard]] Result<QString> canonicalName(const QString &name);

[[nodiscard]] Result<QList<Mailbox>> listMailboxes(db::Database &db, qint64 accountId);
[[nodiscard]] Result<Mailbox> findMailbox(db::Database &db, qint64 accountId, const QString &name);
[[nodiscard]] Result<Mailbox> mailboxById(db::Database &db, qint64 id); // not a deleted one
[[nodiscard]] Result<QStringList> listSubscriptions(db::Database &db, qint64 accountId);

// Makes missing parents too. Returns the id.
Result<qint64> createMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &name,
                             const QByteArray &specialUse = {});
Result<void> deleteMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &name, Timestamp now);
Result<void> renameMailbox(db::Database &db, Effects &effects, qint64 accountId, const QString &from, const QString &to,
                           Timestamp now);
Result<void> subscribe(db::Database &db, Effects &effects, qint64 accountId, const QString &name, bool on);

} // namespace store
