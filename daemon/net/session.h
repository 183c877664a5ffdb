// A protocol dialogue without its socket. net::Connection hands it bytes and events and carries out what it left in
// `out`. A session is touched by one thread at a time (its net thread, or the worker that runs its Work), so it holds
// no lock. It is not a QObject and is destroyed by its Connection only.
#pragma once

#include "daemon/core/change.h"
#include "shared/base/ip.h"
#include "shared/base/time.h"
#include "shared/tls/info.h"

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace net {

// Names a connection for as long as it lives; a late notice to one that ended is dropped.
struct ConnectionId
{
    quint32 thread = 0;
    quint64 serial = 0; // 0 = none; never reused
    friend bool operator==(const ConnectionId &, const ConnectionId &) = default;
};

struct Peer
{
    ConnectionId id;
    IpAddress address;
    quint16 port = 0;
    IpAddress localAddress;
    quint16 localPort = 0;
    qint64 uid = -1; // local sockets: SO_PEERCRED's user id
    bool tlsFromStart = false;
};

struct Event
{
    enum class Kind
    {
        MailboxChanged, // subject = mailbox id (or account id for changes to the mailbox list)
        AccountChanged, // subject = account id: store::Notices has something for this session
        AccountCut,     // subject = account id: disabled or removed, sign out now
        Revoked,        // the key or app password it signed in with is gone: sign out now
        Topic,          // subject = control topic number: the control session fetches what changed
        Answer,         // an asynchronous request of this session was answered (its result is where it asked for it)
        Shutdown,       // finish what is in hand, take nothing more
    };
    Kind kind = Kind::Shutdown;
    qint64 subject = 0;
};

// Tells connections; any thread. Implemented by the net threads; tests record.
class Notifier
{
public:
    virtual ~Notifier() = default;
    virtual void notify(ConnectionId connection, const Event &event) = 0;
};

enum class Pool
{
    Store, // database reads
    Check, // parsing, signatures
    Hash,  // password hashing
};

struct Done
{}; // resumed() is called
struct More
{};                                                        // called again when the output has drained
using WorkResult = std::variant<Done, More, core::Change>; // a Change is committed, then resumed() is called

struct Work
{
    Pool pool = Pool::Store;
    std::move_only_function<WorkResult()>
        run; // on a worker; may touch the session; must not block on network or commits
};

// For replies to a peer that tries too much: they go out slowly, and yet whole before it gives up waiting.
struct Trickle
{
    std::chrono::milliseconds perByte{1000};
    std::chrono::milliseconds finishBy{25'000}; // after the first byte; what is left then goes at once
};

struct Outbox
{
    QByteArray bytes;                                          // to send; the Connection takes them
    std::function<QByteArray(const QByteArray &)> encode = {}; // what is taken goes through it first, under TLS
    std::optional<Trickle> trickle = {};                       // as long as it is set, what is taken goes at its pace
    std::chrono::milliseconds pause{0};                        // once, from now: nothing is read, no work begun
    std::optional<Work> work;                                  // at most one; no input is handed over while it runs
    bool poolFull = false; // the last work was refused: resumed() was called without running it
    Result<void> commit;   // of the last Change, set before resumed()
    std::chrono::steady_clock::time_point deadline = {}; // timedOut() then; {} = none
    bool startTls = false;                               // after `bytes` are sent; bytes already received: closed
    bool close = false;                                  // after `bytes` are sent
};

class Session
{
public:
    virtual ~Session() = default;
    virtual void started(const Peer &peer) = 0;      // greet, or wait for the client to speak
    virtual void received(QByteArrayView bytes) = 0; // any slice of the stream; keep what is not yet complete
    virtual void secured(const tls::Info &info) = 0; // handshake done; before started() when TLS is from the start
    virtual void resumed() = 0;                      // the work is done and its change durable
    virtual void notified(const Event &event) = 0;
    virtual void timedOut() = 0;
    virtual void ended() {} // the peer is gone; nothing can be sent. Destroyed after this

    Outbox out;
};

// Makes a session for an accepted connection; any net thread.
using SessionFactory = std::function<std::unique_ptr<Session>()>;

} // namespace net
