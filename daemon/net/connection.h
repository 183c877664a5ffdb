// One socket, with or without TLS, and the session that speaks on it: the only driver of every protocol, for accepted
// and for dialled connections. It reads at most 64 KiB at a time and not at all while the session's Work runs or its
// output stands above 1 MiB; it takes what the session left in its Outbox, sends it (slowly, if so asked), starts TLS,
// runs Work on a pool, commits changes. Lives and dies on its net thread (ConnectionTable owns it). The worker that
// runs Work touches the session only.
#pragma once

#include "daemon/net/admission.h"
#include "daemon/net/session.h"
#include "shared/base/log.h"
#include "shared/base/metrics.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace tls {
class Context;
class Engine;
} // namespace tls

namespace net {

class NetThread;

inline constexpr qsizetype kReadBytes = 64 * 1024;
inline constexpr qsizetype kOutputHighWater = 1024 * 1024;
inline constexpr qsizetype kOutputLowWater = 256 * 1024;
inline constexpr auto kHandshakeTime = std::chrono::seconds(30);

// One protocol that is spoken on a port.
struct Protocol
{
    const char *name; // metric label: smtp, submission, imap, …
    Family family = Family::Smtp;
    SessionFactory session;
    const Gauge *open = nullptr; // counts its connections, if somebody wants to know
};

// What a listener or a dialler gives its connections. Shared, immutable.
struct Service
{
    Protocol protocol;                           // when no ALPN entry matches
    QList<std::pair<QByteArray, Protocol>> alpn; // by negotiated protocol; each is counted as what it is
    std::shared_ptr<const tls::Context> tls;     // null = STARTTLS impossible
    bool tlsFromStart = false;
};

class Connection
{
public:
    Connection(NetThread &thread, int descriptor, const Peer &peer, std::shared_ptr<const Service> service,
               Admission::Ticket ticket);
    // An outgoing one: the session is there already, the connect is in progress.
    Connection(NetThread &thread, int descriptor, const Peer &peer, std::shared_ptr<const Service> service,
               std::unique_ptr<Session> session, QByteArray tlsServerName);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void begin(); // an accepted connection is ready to talk
    void ready(quint32 epollEvents);
    void workDone(WorkResult result, bool refused);
    void committed(Result<void> result);
    void notify(const Event &event);
    void tick(std::chrono::steady_clock::time_point now);
    void shutDown();                  // tell the session; close at once if it never started
    void abandon() { m_dead = true; } // without another word

    [[nodiscard]] bool dead() const { return m_dead && !m_working; }
    [[nodiscard]] const Peer &peer() const { return m_peer; }
    [[nodiscard]] const Service &service() const { return *m_service; }
    void watch();                     // tells epoll what is of interest now
    std::function<void()> dialFailed; // outgoing only: called once if the connect does not succeed

private:
    void connected();
    void startTls();
    void readSocket();
    void pumpTls();
    void handshakeEnded();
    void noteHandshakeResult(const char *failure) const;
    void chooseProtocol();
    void startSession();
    void drive(); // carries out what the session left in `out`
    void runWork();
    static void commit(NetThread &thread, quint64 serial, core::Change change);
    void resume();
    void deliverEvents();
    void takeOutput(Outbox &out);
    [[nodiscard]] bool heldBack() const; // by a trickle or a pause: the session has to wait, and so has its peer
    void sendTrickled(qsizetype due);
    void letGo(std::chrono::steady_clock::time_point now);
    void send(QByteArrayView plain);
    void flush();
    void lose(); // the peer is gone
    [[nodiscard]] qsizetype pendingOutput() const;
    [[nodiscard]] bool mayRead() const;

    NetThread &m_thread;
    int m_descriptor;
    Peer m_peer;
    std::shared_ptr<const Service> m_service;
    const Protocol *m_protocol; // of m_service
    Admission::Ticket m_ticket; // of accepted connections
    std::unique_ptr<Session> m_session;
    std::unique_ptr<tls::Engine> m_engine;
    QByteArray m_tlsServerName; // of outgoing connections
    QByteArray m_output;        // ciphertext or plain bytes not yet taken by the socket
    qsizetype m_outputSent = 0; // of m_output
    Trickle m_trickle;          // the pace of m_trickled
    QByteArray m_trickled;      // goes out a byte at a time
    qsizetype m_trickledSent = 0;
    std::chrono::steady_clock::time_point m_trickleStart = {};
    std::chrono::steady_clock::time_point m_pausedUntil = {}; // {} = no pause
    QList<Event> m_events;                                    // came while work was in flight
    std::chrono::steady_clock::time_point m_handshakeDeadline = {};
    std::optional<Work> m_work;
    quint32 m_watched = 0;
    bool m_connecting = false;
    bool m_started = false;
    bool m_secured = false;
    bool m_working = false;
    bool m_waitingToDrain = false; // a Work that said More
    bool m_closing = false;
    bool m_peerFinished = false;
    bool m_dead = false;
};

} // namespace net
