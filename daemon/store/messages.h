// Messages: content shared by all who have it, rows per mailbox, flags. prepare() is pure and runs on a worker; the
// others run on the writer's thread inside a change, or read. Content is kept in chunks of 256 KiB and counted by
// reference.
#pragma once

#include "daemon/db/database.h"
#include "daemon/store/effects.h"
#include "daemon/store/flags.h"
#include "daemon/store/uid_ranges.h"

#include <memory>

namespace store {

inline constexpr qsizetype kChunkBytes = 256 * 1024;

// A message ready to be stored: everything that is computed from its bytes, once.
struct Prepared
{
    std::shared_ptr<const void> owner; // of the content's bytes; null = the content itself
    QByteArray content;
    QByteArray sha256;
    QByteArray envelope;      // wire form
    QByteArray bodyStructure; // wire form
    QByteArray preview;       // UTF-8, RFC 8970
    qint64 headerBytes = 0;
    QByteArray messageKey;    // of its trace
    QList<qint64> references; // message identifiers it names, its own first, as the database keeps them
};

// owner: what must be there as long as the content is, see core::HeldBytes.
[[nodiscard]] std::shared_ptr<const Prepared> prepare(QByteArray content, const QByteArray &messageKey,
                                                      std::shared_ptr<const void> owner = {});
[[nodiscard]] QByteArray newMessageKey();

struct Target
{
    qint64 accountId = 0;
    qint64 mailboxId = 0; // 0 = the account's INBOX
    QByteArray prefix;    // header lines before the content; may be empty
    Flags flags;
    Timestamp internalDate;
    Timestamp savedAt = {}; // RFC 8514; {} = internalDate
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
[[nodiscard]] quint64 flagsAfter(FlagChange change, quint64 flags, quint64 mask);

struct StoreFlags
{
    qint64 accountId = 0;
    qint64 mailboxId = 0;
    std::vector<quint32> uids; // ascending
    FlagChange change = FlagChange::Replace;
    Flags flags;
    std::optional<qint64> unchangedSince; // only messages whose mod-sequence is not larger, RFC 7162 3.1.3
};
struct Stored
{
    quint64 mask = 0;            // of the flags asked for
    std::vector<quint32> failed; // changed since
    bool missing = false;        // some of the messages are gone
};
// Writes one line into the log of flag changes, however many messages it is about; messages that have the flags already
// are left alone.
Result<Stored> storeFlags(db::Database &db, Effects &effects, const StoreFlags &request);
// Moves logged changes into the rows of the messages, oldest first, about `most` messages; returns how many. Nobody
// sees a difference.
Result<qint64> foldFlags(db::Database &db, qint64 most);

struct Copy
{
    qint64 accountId = 0;
    qint64 fromMailbox = 0;
    std::vector<quint32> uids; // ascending; those that are gone are left out
    qint64 toMailbox = 0;
    bool move = false; // the source is expunged in the same change
    Timestamp now;
};
struct Copied
{
    quint32 uidValidity = 0;
    std::vector<quint32> from;
    std::vector<quint32> to;
};
Result<Copied> copyMessages(db::Database &db, Effects &effects, const Copy &request);

struct Expunge
{
    qint64 accountId = 0;
    qint64 mailboxId = 0;
    std::optional<std::vector<quint32>> uids; // ascending; none = all
    bool onlyDeleted = true;                  // only what has \\Deleted
    Timestamp now;
};
// Gone from views at once, from the disk by sweep(); the UIDs are remembered with their mod-sequence. How many.
Result<qint64> expunge(db::Database &db, Effects &effects, const Expunge &request);
// UIDs that were expunged after a mod-sequence; everything when that is older than what is remembered (RFC 7162 3.2.6).
// UIDs that are there may be among them then.
[[nodiscard]] Result<std::vector<UidRange>> expungedSince(db::Database &db, qint64 mailboxId, qint64 modseq);
// Forgets all but the last `most` expunges of a mailbox; clients that were away for longer are told all that is gone.
Result<void> pruneExpunges(db::Database &db, qint64 mailboxId, qint64 most);
// Deletes what was expunged before `olderThan`, at most 1,000 rows; returns how many.
Result<qint64> sweep(db::Database &db, Timestamp olderThan);

// What FETCH and SEARCH need of many messages, without their content.
struct MessageRow
{
    quint32 uid = 0;
    qint64 size = 0;
    qint64 internalDate = 0; // milliseconds
    qint64 emailId = 0;
    qint64 threadId = 0;
    qint64 savedAt = 0;  // milliseconds
    QByteArray envelope; // wire form; empty unless asked for
    QByteArray bodyStructure;
    std::optional<QByteArray> preview; // with the two above; nothing = not made yet
};
inline constexpr qsizetype kMostRowBytes = 1024 * 1024;
// Rows with UIDs from `first` to `last`, expunged ones that are still there too, in UID order: at most `most`, and no
// more once they hold kMostRowBytes.
[[nodiscard]] Result<std::vector<MessageRow>> readRows(db::Database &db, qint64 mailboxId, quint32 first, quint32 last,
                                                       qsizetype most, bool structures);
// The sum of the sizes of what is there: STATUS SIZE, RFC 8438.
[[nodiscard]] Result<qint64> mailboxBytes(db::Database &db, qint64 mailboxId);
// The same of some messages.
[[nodiscard]] Result<qint64> bytesOf(db::Database &db, qint64 mailboxId, const std::vector<UidRange> &uids);
// The header section, prefix included.
[[nodiscard]] Result<QByteArray> readHeader(db::Database &db, qint64 messageId);
// prefix + content
[[nodiscard]] Result<QByteArray> readMessage(db::Database &db, qint64 messageId);
[[nodiscard]] Result<QByteArray> readContent(db::Database &db, qint64 contentId);

} // namespace store
