// Accepting sockets: TCP on an address and port, and the control socket. They live on the main thread and hand each
// accepted descriptor to a net thread. Errors say which address and why.
#pragma once

#include "daemon/net/net_threads.h"
#include "shared/base/result.h"

#include <QLocalServer>
#include <QTcpServer>

namespace net {

class TcpListener final : public QTcpServer
{
public:
    TcpListener(NetThreads &threads, std::shared_ptr<const Service> service)
        : m_threads(threads)
        , m_service(std::move(service))
    {}
    Result<void> start(const IpAddress &address, quint16 port); // port 0: any, see serverPort()
    void serve(std::shared_ptr<const Service> service) { m_service = std::move(service); } // from the next on

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    NetThreads &m_threads;
    std::shared_ptr<const Service> m_service;
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
