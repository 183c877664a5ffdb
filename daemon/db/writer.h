// The one thread that changes the database. It takes every change that waits, runs each in a SAVEPOINT of one
// transaction, commits once (one flush for all), publishes in order and answers. If SQLite left the transaction after
// an error, the whole batch fails and none is retried. A commit that fails for an I/O error ends the program: what the
// disk holds is unknown (`fatal`).
#pragma once

#include "daemon/core/change.h"
#include "daemon/db/database.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace db {

// Of one transaction: no more is taken once this is reached.
inline constexpr std::size_t kLargestBatch = 1000;
inline constexpr qint64 kLargestBatchBytes = 64 * 1024 * 1024;

class Writer final : public core::Committer
{
public:
    struct Options
    {
        QString file;
        std::chrono::microseconds syncDelay{0};   // failpoint: a slow disk
        std::function<void(const Error &)> fatal; // writer thread
    };
    explicit Writer(Options options);
    ~Writer() override; // stops

    void submit(core::Change change, core::Done done) override;
    // Waits for the change: start-up and tests only, never from a net thread or worker.
    Result<void> submitAndWait(core::Change change);
    void stop(); // commits what is queued first

private:
    struct Item
    {
        core::Change change;
        core::Done done;
        Result<void> outcome;
    };
    void loop();
    void checkpointLoop();
    void commitBatch(Database &db, std::vector<Item> &batch);

    const Options m_options;
    std::mutex m_mutex; // guards m_queue and m_stopping
    std::condition_variable m_wake;
    std::condition_variable m_wakeCheckpoint;
    std::deque<Item> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::thread m_checkpoints;
};

} // namespace db
