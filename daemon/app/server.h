// The running server: everything that lives as long as it does, in one struct, made in order and destroyed in reverse.
// Main thread.
#pragma once

#include "daemon/auth/authenticator.h"
#include "daemon/core/worker_pool.h"
#include "daemon/db/writer.h"
#include "daemon/net/listener.h"
#include "daemon/store/store.h"

#include <QTimer>

namespace app {

struct Endpoint
{
    QString name; // "SMTP", "IMAPS", …
    QString address;
    quint16 port = 0;
    QString note;
};

struct ServerOptions
{
    QString folder;
    QByteArray hostname = "localhost";
    bool local = false;
    bool strict = false;
    bool fresh = false;
    int portOffset = 1000;
    QByteArray certificatePem;
    QByteArray keyPem;
    std::chrono::microseconds syncDelay{0};
};

class Server
{
public:
    static Result<std::unique_ptr<Server>> start(const ServerOptions &options);
    ~Server(); // finishes what is in hand, then stops

    [[nodiscard]] const QList<Endpoint> &endpoints() const { return m_endpoints; }
    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] db::Writer &writer() { return *m_writer; }
    std::function<void(const Error &)> fatal;

private:
    explicit Server(ServerOptions options)
        : m_options(std::move(options))
    {}
    Result<void> open();
    Result<void> makePlayground();
    Result<void> listenAll();
    Result<void> listenOn(const char *name, quint16 standardPort, const std::shared_ptr<const net::Service> &service);
    void sweep();

    const ServerOptions m_options;
    SystemClock m_clock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    std::unique_ptr<auth::Authenticator> m_authenticator;
    std::unique_ptr<core::WorkerPool> m_storePool;
    std::unique_ptr<core::WorkerPool> m_checkPool;
    std::unique_ptr<core::WorkerPool> m_hashPool;
    std::unique_ptr<net::NetThreads> m_net;
    std::vector<std::unique_ptr<net::TcpListener>> m_listeners;
    QList<Endpoint> m_endpoints;
    QTimer m_sweeper;
};

} // namespace app
