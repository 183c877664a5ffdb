// What searches and SORT ask of every message of a mailbox, in memory: sizes, dates, digests. None of it changes, so
// the facts of a mailbox only grow; they are kept while it is searched, 128 MiB of all mailboxes at most. Any worker.
#pragma once

#include "daemon/store/search_index.h"

#include <QHash>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace store {

struct Fact
{
    quint32 uid = 0;
    quint32 document = 0; // index of its content in Facts
    qint64 messageId = 0;
    qint64 size = 0;
    qint64 internalDate = 0; // milliseconds
    qint64 savedAt = 0;      // milliseconds
    qint64 emailId = 0;
    qint64 threadId = 0;
    bool hasPrefix = false;
};

struct Facts
{
    std::vector<Fact> messages;        // by UID; expunged ones may be among them
    std::vector<qint64> contents;      // content id of each document
    std::vector<imap::Digest> digests; // of the same
    QHash<qint64, quint32> documentOf; // content id -> index
    qint64 bytes = 0;                  // about
};

class FactsCache
{
public:
    static constexpr qint64 kMostBytes = 128 * 1024 * 1024;

    // With every message whose UID is at most `lastUid`.
    Result<std::shared_ptr<const Facts>> get(db::Database &db, SearchIndex &index, qint64 mailboxId, quint32 lastUid,
                                             qsizetype messages);

private:
    struct Slot
    {
        std::shared_ptr<const Facts> facts;
        quint64 used = 0;
    };
    std::mutex m_mutex; // guards both
    std::unordered_map<qint64, Slot> m_slots;
    quint64 m_uses = 0;
};

// The header section of a content.
[[nodiscard]] Result<QByteArray> readContentHeader(db::Database &db, qint64 contentId);
// The lines before the content.
[[nodiscard]] Result<QByteArray> readPrefix(db::Database &db, qint64 messageId);

} // namespace store
