// A named pool of threads with a bounded queue: where what computes or reads the disk runs (Store, Check, Hash).
// Nothing on a pool waits for DNS, a remote or a commit, so its queue always moves. tryRun() refuses when the queue is
// full; the caller tells its peer to come back later. Threads are niced for password hashing.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace core {

class WorkerPool
{
public:
    struct Options
    {
        const char *name;
        int threads = 2;
        std::size_t mostQueued = 1024;
        int nice = 0;
    };
    explicit WorkerPool(const Options &options);
    ~WorkerPool(); // stops
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    [[nodiscard]] bool tryRun(std::move_only_function<void()> job); // any thread
    void stop();                                                    // runs what is queued, then ends the threads

private:
    void loop();

    const Options m_options;
    std::mutex m_mutex; // guards m_jobs and m_stopping
    std::condition_variable m_wake;
    std::deque<std::move_only_function<void()>> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace core
