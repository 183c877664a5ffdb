// search.db: which messages may hold a text, and digests for SORT and THREAD. A file of its own beside postroom.db that
// can be made again from it at any time, so its writes are flushed only at checkpoints and it is never backed up. Made
// in the background, in batches, after messages have been stored; what is not in it yet is read by whoever searches.
// Per batch, each three bytes that occur in folded text (mime::searchableText) with the documents they occur in, as
// varint deltas. Not FTS5's trigram table: that took 23 ms a message of 10 KiB, since it keeps every place; here only
// distinct pieces are written and each batch is written once.
// A document is a content, or the prefix of one message. Results are candidates: the caller looks at the text.
#pragma once

#include "daemon/db/database.h"
#include "shared/imap/digest.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace store {

class SearchIndex
{
public:
    // Fewer new messages than this are not worth a batch: reading them takes less than 30 ms.
    static constexpr qint64 kSmallestBatch = 500;

    SearchIndex(QString mailFile, QString file);
    ~SearchIndex(); // stops
    SearchIndex(const SearchIndex &) = delete;
    SearchIndex &operator=(const SearchIndex &) = delete;

    void start(); // the thread that makes it
    void stop();
    void wake(); // messages were added; any thread

    // Whether a folded text is long enough to be looked up.
    [[nodiscard]] static bool canFind(QByteArrayView folded) { return folded.size() >= 3; }

    struct Candidates
    {
        qint64 indexedTo = 0;         // messages with larger ids are not in the index
        std::vector<qint64> contents; // ascending; those that may hold all texts
        std::vector<qint64> prefixes; // ascending; message ids whose prefix may
    };
    // Worker threads. Nothing when the index can't be used now.
    [[nodiscard]] std::optional<Candidates> find(const QList<QByteArray> &texts);
    // Digests of contents with ids from `first` to `last`, as far as it has them: f(contentId, digest).
    bool readDigests(qint64 first, qint64 last, const std::function<void(qint64, imap::Digest)> &f);

    // One batch of at least `smallest` messages; whether there was one. The index thread, and tests.
    Result<bool> addBatch(qint64 smallest);
    // Forgets the digests of contents that are gone; makes the file anew when most are.
    Result<void> prune();
    [[nodiscard]] Result<qint64> indexedTo();

private:
    struct Batch;
    void loop();
    Result<void> open(); // and checks that it belongs to the mail; makes it anew otherwise
    Result<void> makeAnew();
    Result<void> write(Batch &batch);
    [[nodiscard]] db::Database *readerOrNull();
    void foundBroken(const Error &error);

    const QString m_mailFile;
    const QString m_file;
    std::unique_ptr<db::Database> m_db;    // index thread
    std::atomic<quint64> m_generation = 0; // of the file; 0 = none to be read. Readers of older ones open it again
    std::atomic<bool> m_broken = false;
    std::mutex m_mutex; // guards m_stopping and m_woken
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_woken = false;
    std::thread m_thread;
};

} // namespace store
