// The running server: everything that lives as long as it does, in one struct, made in order and destroyed in reverse.
// Main thread.
#pragma once

#include "daemon/app/folder_lock.h"
#include "daemon/app/listeners.h"
#include "daemon/auth/authenticator.h"
#include "daemon/control/session.h"
#include "daemon/core/worker_pool.h"
#include "daemon/db/writer.h"
#include "daemon/store/store.h"

#include <QTimer>

#include <mutex>

namespace app {

struct ServerOptions
{
    QString folder;
    bool local = false;  // playground: loopback, its own authority and accounts, ports with an offset
    bool strict = false; // playground that behaves as a real server: known recipients only, limits on loopback too
    bool fresh = false;  // playground without domain and accounts
    int portOffset = 1000;
    QString controlSocket;    // empty = run/control.sock in the folder
    QString zoneFile;         // local: the names that exist, instead of the built-in ones
    quint16 smtpOutPort = 25; // where other servers listen
    QString certificateFile;  // serve: the certificate chain and key of the administrator; empty = our own authority's
    QString keyFile;
    std::chrono::microseconds syncDelay{0};
};

class Outgoing;

class Server
{
public:
    static Result<std::unique_ptr<Server>> start(const ServerOptions &options);
    ~Server(); // finishes what is in hand, then stops

    [[nodiscard]] const QList<api::ListenerStatus> &listeners() const { return m_listeners->status(); }
    [[nodiscard]] QString controlSocket() const { return m_controlSocket; }
    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] db::Writer &writer() { return *m_writer; }
    std::function<void(const Error &)> fatal;

private:
    explicit Server(ServerOptions options);
    Result<void> open();
    Result<void> openAuthenticator();
    void writeSignIns();
    Result<void> makePlayground();
    Result<void> openControl();
    Result<void> applySettings(const settings::Document &document);
    [[nodiscard]] Result<settings::Document> storedSettings();
    [[nodiscard]] settings::Document defaults() const;
    void sweep();
    void keepTlsFresh();
    void publishPorts();
    void storeHandshakes();
    void foldFlags();

    const ServerOptions m_options;
    SystemClock m_clock;
    std::unique_ptr<FolderLock> m_lock;
    net::HandshakeCounts m_handshakes{m_clock};
    http::Enrolments m_enrolments{m_clock};
    http::RequestLimits m_httpLimits;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<db::Writer> m_writer;
    std::unique_ptr<auth::Authenticator> m_authenticator;
    std::unique_ptr<core::WorkerPool> m_storePool;
    std::unique_ptr<core::WorkerPool> m_checkPool;
    std::unique_ptr<core::WorkerPool> m_hashPool;
    std::unique_ptr<net::NetThreads> m_net;
    std::unique_ptr<Listeners> m_listeners;
    std::unique_ptr<Outgoing> m_outgoing;
    control::Topics m_topics;
    std::shared_ptr<control::Services> m_controlServices;
    std::unique_ptr<net::LocalListener> m_control;
    QString m_controlSocket;
    settings::Document m_settings; // as applied
    Certificates m_certificates;   // as applied
    std::chrono::steady_clock::time_point m_ticketKeysSince;
    std::mutex m_statusMutex; // guards m_portStatus, which control sessions read
    QList<api::ListenerStatus> m_portStatus;
    std::chrono::steady_clock::time_point m_startedAt;
    QTimer m_sweeper;
};

} // namespace app
