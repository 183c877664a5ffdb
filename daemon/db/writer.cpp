#include "daemon/db/writer.h"

#include "shared/base/log.h"
#include "shared/base/metrics.h"

#include <csignal>
#include <future>

namespace db {

namespace {

const Counter kCommits{"postroom_store_commits_total", "Transactions committed, each with one flush."};
const Counter kChanges{"postroom_store_changes_total", "Changes committed; divided by commits: the batch size."};
const Counter kRefused{"postroom_store_changes_failed_total", "Changes that were rolled back."};
const Histogram kSeconds{"postroom_store_commit_seconds", "Time of one transaction with its flush."};
const Log kLog("db");
constexpr auto kCheckpointEvery = std::chrono::seconds(2);

void blockSignals()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

} // namespace

Writer::Writer(Options options)
    : m_options(std::move(options))
    , m_thread([this] { loop(); })
    , m_checkpoints([this] { checkpointLoop(); })
{}

Writer::~Writer() { stop(); }

void Writer::submit(core::Change change, core::Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back({.change = std::move(change), .done = std::move(done), .outcome = {}});
            m_wake.notify_one();
            return;
        }
    }
    if (done)
        done(failure(ErrorKind::Closed, QStringLiteral("the server is shutting down")));
}

Result<void> Writer::submitAndWait(core::Change change)
{
    std::promise<Result<void>> promise;
    auto future = promise.get_future();
    submit(std::move(change), [&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return future.get();
}

void Writer::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_wakeCheckpoint.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    if (m_checkpoints.joinable())
        m_checkpoints.join();
}

void Writer::loop()
{
    blockSignals();
    pthread_setname_np(pthread_self(), "writer");
    auto opened = Database::open(m_options.file, Database::Mode::Write);
    if (!opened && m_options.fatal)
        m_options.fatal(opened.error());
    for (;;) {
        std::vector<Item> batch;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            qint64 size = 0;
            while (!m_queue.empty() && batch.size() < kLargestBatch && size < kLargestBatchBytes) {
                size += m_queue.front().change.sizeBytes;
                batch.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            }
        }
        if (opened) {
            commitBatch(**opened, batch);
        } else {
            for (auto &item : batch)
                item.outcome = std::unexpected(opened.error());
        }
        for (auto &item : batch) {
            if (item.done)
                item.done(std::move(item.outcome));
        }
    }
}

void Writer::commitBatch(Database &db, std::vector<Item> &batch)
{
    const auto start = std::chrono::steady_clock::now();
    Result<void> all = db.execute("begin immediate");
    for (auto &item : batch) {
        if (!all)
            break;
        if (auto point = db.run("savepoint change"); !point) {
            all = std::unexpected(point.error());
            break;
        }
        item.outcome = item.change.apply(db);
        if (!db.inTransaction()) { // SQLite rolled everything back
            all = failure(ErrorKind::Temporary, QStringLiteral("storage refused the change"));
            if (!item.outcome)
                all = std::unexpected(item.outcome.error());
            break;
        }
        if (!item.outcome)
            std::ignore = db.run("rollback to change");
        std::ignore = db.run("release change");
    }
    if (all)
        all = db.execute("commit");
    if (!all) {
        if (db.inTransaction())
            std::ignore = db.execute("rollback");
        kLog.failed("batch not committed", all.error(), {{"changes", static_cast<qint64>(batch.size())}});
        kRefused.add(static_cast<qint64>(batch.size()));
        for (auto &item : batch) {
            if (item.change.discarded)
                item.change.discarded();
            item.outcome = std::unexpected(all.error());
        }
        if (all.error().code == QLatin1StringView("io-error") && m_options.fatal)
            m_options.fatal(all.error());
        return;
    }
    if (m_options.syncDelay.count() > 0)
        std::this_thread::sleep_for(m_options.syncDelay);
    kCommits.add();
    kSeconds.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    for (auto &item : batch) {
        if (!item.outcome) {
            kRefused.add();
            continue;
        }
        kChanges.add();
        if (item.change.published)
            item.change.published();
    }
}

// Checkpoints copy the log into the file on a connection of their own, so that commits do not wait for them.
void Writer::checkpointLoop()
{
    blockSignals();
    pthread_setname_np(pthread_self(), "checkpoint");
    std::unique_ptr<Database> db;
    std::unique_lock lock(m_mutex);
    qint64 seen = 0;
    while (!m_stopping) {
        m_wakeCheckpoint.wait_for(lock, kCheckpointEvery);
        if (kCommits.value() == seen || m_stopping)
            continue;
        seen = kCommits.value();
        lock.unlock();
        if (!db) {
            if (auto opened = Database::open(m_options.file, Database::Mode::Write))
                db = std::move(*opened);
        }
        if (db)
            std::ignore = db->checkpoint();
        lock.lock();
    }
}

} // namespace db
