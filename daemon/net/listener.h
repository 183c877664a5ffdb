// Accepting sockets: TCP on an address and port, and the control socket. They live on the main thread and hand each
// accepted descriptor to a net thread. Errors say which address and why. When the process has no descriptor left, one
// that is kept for this turns the next peer away with a word.
#pragma once

#include "daemon/net/net_threads.h"
#include "shared/base/result.h"

#include <QLocalServer>
#include <QSocketNotifier>
#include <QTcpServer>

namespace net {

inline constexpr int kAcceptedAtOnce = 64;
inline constexpr auto kAcceptPause = std::chrono::milliseconds(100); // when nothing can be accepted

class TcpListener final : public QTcpServer
{
public:
    TcpListener(NetThreads &threads, std::shared_ptr<const Service> service);
    ~TcpListener() override;
    TcpListener(const TcpListener &) = delete;
    TcpListener &operator=(const TcpListener &) = delete;
    Result<void> start(const IpAddress &address, quint16 port); // port 0: any, see serverPort()
    void serve(std::shared_ptr<const Service> service) { m_service = std::move(service); } // from the next on

private:
    void acceptWaiting(); // at most kAcceptedAtOnce; the notifier tells again
    bool turnAwayNext();

    NetThreads &m_threads;
    std::shared_ptr<const Service> m_service;
    std::unique_ptr<QSocketNotifier> m_waiting;
    int m_spare; // a descriptor of nothing
};

// The control socket. Its path has room for 107 bytes (unix(7)); a stale file is removed after a probe found nobody
// there.
class LocalListener final : public QLocalServer
{
public:
    LocalListener(NetThreads &threads, std::shared_ptr<const Service> service)
        : m_threads(threads)
        , m_service(std::move(service))
    {}
    Result<void> start(const QString &path, bool groupMayConnect);

protected:
    void incomingConnection(quintptr descriptor) override;

private:
    NetThreads &m_threads;
    std::shared_ptr<const Service> m_service;
};

} // namespace net
