// Annotations of mailboxes and of the account as a whole (RFC 5464). Entry names are compared without case and kept in
// lower case. On the writer's thread inside a change, or on a reader.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"

namespace store {

inline constexpr qint64 kMostAnnotations = 1000;            // of an account
inline constexpr qint64 kMostAnnotationBytes = 1024 * 1024; // of an account, names and values
inline constexpr qsizetype kLargestAnnotation = 64 * 1024;

struct Annotation
{
    QByteArray entry;                // lower case
    std::optional<QByteArray> value; // nothing: removed
};

// All of one mailbox (0 = of the account), by entry.
[[nodiscard]] Result<QList<Annotation>> listAnnotations(db::Database &db, qint64 accountId, qint64 mailboxId);
// All or none. Error codes "annotation-size", "annotations-many".
Result<void> setAnnotations(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId,
                            const QList<Annotation> &annotations);
// As RENAME of INBOX does, RFC 5464 4.1.
Result<void> copyAnnotations(db::Database &db, qint64 fromMailbox, qint64 toMailbox);

} // namespace store
