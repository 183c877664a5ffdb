// The net threads: each an event loop with one epoll set behind a single QSocketNotifier, a table of connections, and a
// mailbox other threads post to. NetThreads hands accepted descriptors out in turn and carries notices to sessions.
// Owned by app/startup; started before the listeners, stopped after them.
#pragma once

#include "daemon/net/connection.h"
#include "daemon/net/handshakes.h"

#include <QThread>

#include <atomic>
#include <mutex>
#include <unordered_map>

namespace core {
class WorkerPool;
}

namespace net {

struct Surroundings
{
    core::Committer &committer;
    core::WorkerPool &store;
    core::WorkerPool &check;
    core::WorkerPool &hash;
    HandshakeCounts *handshakesOrNull = nullptr;
};

class NetThread final : public QThread
{
public:
    NetThread(quint32 index, const Surroundings &surroundings);
    ~NetThread() override;

    void post(std::move_only_function<void()> job);                               // any thread
    void postTo(quint64 serial, std::move_only_function<void(Connection &)> job); // dropped if it is gone

    // This thread only:
    void add(std::unique_ptr<Connection> connection, int descriptor, quint32 events);
    void watch(quint64 serial, int descriptor, quint32 events);
    [[nodiscard]] const Surroundings &surroundings() const { return m_surroundings; }
    [[nodiscard]] char *readBuffer() { return m_readBuffer.data(); } // kReadBytes, shared by the thread's connections
    [[nodiscard]] quint32 index() const { return m_index; }
    void forEach(const std::function<void(Connection &)> &visit);
    void finish(); // leave the loop once

    std::atomic<int> connectionCount = 0;

protected:
    void run() override;

private:
    void drainEpoll();
    void drainPosts();
    void tick();
    void bury(quint64 serial);

    const quint32 m_index;
    const Surroundings m_surroundings;
    int m_epoll;
    int m_wake; // eventfd
    std::vector<char> m_readBuffer;
    std::unordered_map<quint64, std::unique_ptr<Connection>> m_connections;
    std::mutex m_mutex; // guards m_posts
    std::vector<std::move_only_function<void()>> m_posts;
};

struct DialRequest
{
    IpAddress address;
    quint16 port = 25;
    std::shared_ptr<const Service> service;
    QByteArray tlsServerName;
};

class NetThreads final : public Notifier
{
public:
    NetThreads(int count, const Surroundings &surroundings);
    ~NetThreads() override;

    // Takes the descriptor. A connection that is not admitted is told why, unless it speaks TLS, and closed.
    void accepted(int descriptor, const Peer &peer, std::shared_ptr<const Service> service);
    static void turnAway(int descriptor, const Service &service, Refused why);
    void dial(const DialRequest &request, std::unique_ptr<Session> session, std::function<void()> failed);
    void notify(ConnectionId connection, const Event &event) override;

    // Tells every session to finish; returns when all are gone or the time is over. Main thread.
    void shutDown(std::chrono::milliseconds grace);
    void stop();
    [[nodiscard]] int connectionCount() const;

    Admission admission; // of TCP connections that come in

private:
    std::vector<std::unique_ptr<NetThread>> m_threads;
    std::atomic<quint64> m_nextSerial = 1;
};

} // namespace net
