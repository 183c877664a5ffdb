// Messages: content shared by all who have it, rows per mailbox, flags. prepare() is pure and runs on a worker; the
// others run on the writer's thread inside a change, or read. Content is kept in chunks of 256 KiB and counted by
// reference.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"
#include "daemon/store/flags.h"

#include <memory>

namespace store {

inline constexpr qsizetype kChunkBytes = 256 * 1024;

// A message ready to be stored: everything that is computed from its bytes, once.
struct Prepared
{
    QByteArray content;
    QByteArray sha256;
    QByteArray envelope;      // wire form
    QByteArray bodyStructure; // wire form
    qint64 headerBytes = 0;
    QByteArray messageKey; // of its trace
};

[[nodiscard]] std::shared_ptr<const Prepared> prepare(QByteArray content, const QByteArray &messageKey);
[[nodiscard]] QByteArray newMessageKey();

struct Target
{
    qint64 accountId = 0;
    qint64 mailboxId = 0; // 0 = the account's INBOX
    QByteArray prefix;    // header lines before the content; may be empty
    Flags flags;
    Timestamp internalDate;
};

struct Added
{
    qint64 mailboxId = 0;
    quint32 uid = 0;
    quint32 uidValidity = 0;
};

// References 0: every message or queue row that uses it adds one.
Result<qint64> addContent(db::Database &db, const Prepared &message);
Result<void> useContent(db::Database &db, qint64 contentId, qint64 references); // negative: given back
// Gives one reference back, and deletes the content when that was the last.
Result<void> releaseContent(db::Database &db, qint64 contentId);
// Error code "over-quota" when the account's quota does not allow it.
Result<Added> addMessage(db::Database &db, Effects &effects, qint64 contentId, const Prepared &message,
                         const Target &target);

enum class FlagChange
{
    Replace,
    Add,
    Remove,
};
struct StoreFlags
{
    qint64 accountId = 0;
    qint64 mailboxId = 0;
    std::vector<quint32> uids;
    FlagChange change = FlagChange::Replace;
    Flags flags;
};
Result<void> storeFlags(db::Database &db, Effects &effects, const StoreFlags &request);

struct Copied
{
    quint32 uidValidity = 0;
    std::vector<quint32> from;
    std::vector<quint32> to;
};
// Missing UIDs are left out; an expunged source is not an error. move: the source is expunged in the same change.
Result<Copied> copyMessages(db::Database &db, Effects &effects, qint64 accountId, qint64 fromMailbox,
                            const std::vector<quint32> &uids, qint64 toMailbox, std::optional<Timestamp> move);
// Those of `uids` (all when empty) that have \Deleted. Gone from views at once, from the disk by sweep().
Result<void> expungeDeleted(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId,
                            const std::optional<std::vector<quint32>> &uids, Timestamp now);
Result<void> expungeAll(db::Database &db, Effects &effects, qint64 accountId, qint64 mailboxId, Timestamp now);
Result<void> moveAll(db::Database &db, Effects &effects, qint64 accountId, qint64 fromMailbox, qint64 toMailbox,
                     Timestamp now);
// Deletes what was expunged before `olderThan`, at most 1,000 rows; returns how many.
Result<qint64> sweep(db::Database &db, Timestamp olderThan);

// What FETCH and SEARCH need of many messages, without their content.
struct MessageRow
{
    quint32 uid = 0;
    qint64 size = 0;
    qint64 internalDate = 0; // milliseconds
    QByteArray envelope;     // wire form; empty unless asked for
    QByteArray bodyStructure;
};
inline constexpr qsizetype kMostRowBytes = 1024 * 1024;
// Rows with UIDs from `first` to `last`, expunged ones that are still there too, in UID order: at most `most`, and no
// more once they hold kMostRowBytes.
[[nodiscard]] Result<std::vector<MessageRow>> readRows(db::Database &db, qint64 mailboxId, quint32 first, quint32 last,
                                                       qsizetype most, bool structures);
// The sum of the sizes of what is there: STATUS SIZE, RFC 8438.
[[nodiscard]] Result<qint64> mailboxBytes(db::Database &db, qint64 mailboxId);
// The header section, prefix included.
[[nodiscard]] Result<QByteArray> readHeader(db::Database &db, qint64 messageId);
// prefix + content
[[nodiscard]] Result<QByteArray> readMessage(db::Database &db, qint64 messageId);
[[nodiscard]] Result<QByteArray> readContent(db::Database &db, qint64 contentId);

} // namespace store
