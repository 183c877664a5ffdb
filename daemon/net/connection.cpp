#include "daemon/net/connection.h"

#include "daemon/core/worker_pool.h"
#include "daemon/net/net_threads.h"
#include "shared/base/metrics.h"
#include "shared/tls/engine.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace net {

namespace {

const CounterFamily kConnections{
    "postroom_connections_total",
    "Connections that got to speak, by service and direction; handshakes that failed are counted apart.",
    {"service", "direction"}};
const Gauge kOpen{"postroom_connections_open", "Connections open now."};
constexpr qsizetype kMostEvents = 64;

bool isFinal(const Event &event)
{
    return event.kind == Event::Kind::AccountCut || event.kind == Event::Kind::Revoked ||
           event.kind == Event::Kind::Shutdown;
}

} // namespace

Connection::Connection(NetThread &thread, int descriptor, const Peer &peer, std::shared_ptr<const Service> service,
                       Admission::Ticket ticket)
    : m_thread(thread)
    , m_descriptor(descriptor)
    , m_peer(peer)
    , m_service(std::move(service))
    , m_protocol(&m_service->protocol)
    , m_ticket(std::move(ticket))
{
    kOpen.add(1);
    if (m_protocol->open)
        m_protocol->open->add(1);
}

Connection::Connection(NetThread &thread, int descriptor, const Peer &peer, std::shared_ptr<const Service> service,
                       std::unique_ptr<Session> session, QByteArray tlsServerName)
    : m_thread(thread)
    , m_descriptor(descriptor)
    , m_peer(peer)
    , m_service(std::move(service))
    , m_protocol(&m_service->protocol)
    , m_session(std::move(session))
    , m_tlsServerName(std::move(tlsServerName))
    , m_connecting(true)
{
    kConnections.add({m_protocol->name, "out"});
    kOpen.add(1);
    if (m_protocol->open)
        m_protocol->open->add(1);
}

Connection::~Connection()
{
    if (m_session && m_started)
        m_session->ended();
    m_session.reset();
    close(m_descriptor);
    kOpen.add(-1);
    if (m_protocol->open)
        m_protocol->open->add(-1);
}

void Connection::begin()
{
    if (m_service->tlsFromStart) {
        startTls();
        pumpTls(); // a client speaks first
    } else {
        startSession();
    }
    drive();
}

void Connection::connected()
{
    int problem = 0;
    socklen_t length = sizeof problem;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &problem, &length);
    m_connecting = false;
    if (problem != 0) {
        m_dead = true;
        if (dialFailed)
            std::exchange(dialFailed, {})();
        return;
    }
    dialFailed = {};
    begin();
}

void Connection::startTls()
{
    if (!m_service->tls) {
        m_dead = true;
        return;
    }
    m_engine = m_tlsServerName.isEmpty() ? tls::Engine::server(m_service->tls)
                                         : tls::Engine::client(m_service->tls, m_tlsServerName);
    m_handshakeDeadline = std::chrono::steady_clock::now() + kHandshakeTime;
}

// What the handshake agreed on; from now on the connection is one of that protocol.
void Connection::chooseProtocol()
{
    const QByteArray &chosen = m_engine->info().alpn;
    const auto found = std::ranges::find(m_service->alpn, chosen, &std::pair<QByteArray, Protocol>::first);
    if (m_session || found == m_service->alpn.end())
        return;
    if (m_protocol->open)
        m_protocol->open->add(-1);
    m_protocol = &found->second;
    if (m_protocol->open)
        m_protocol->open->add(1);
}

void Connection::startSession()
{
    if (!m_session) {
        kConnections.add({m_protocol->name, "in"});
        if (const auto moved = m_ticket.moveTo(m_protocol->family, std::chrono::steady_clock::now()); !moved) {
            send(refusalText(m_protocol->family, moved.error()));
            m_handshakeDeadline = std::chrono::steady_clock::now() + kHandshakeTime; // to take these words
            m_closing = true;
            return;
        }
        m_session = m_protocol->session();
    }
    if (m_engine && m_secured)
        m_session->secured(m_engine->info());
    m_started = true;
    m_session->started(m_peer);
}

void Connection::ready(quint32 epollEvents)
{
    if (m_connecting) {
        if (epollEvents & (EPOLLOUT | EPOLLERR | EPOLLHUP))
            connected();
    } else {
        if (heldBack() && (epollEvents & (EPOLLHUP | EPOLLERR)))
            lose(); // nothing would be read that tells
        if (epollEvents & EPOLLOUT)
            flush();
        if (!m_dead && (epollEvents & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)))
            readSocket();
        drive();
        if (m_engine && m_secured) // what was decrypted but had to wait for the output to drain
            pumpTls();
    }
    watch();
}

bool Connection::mayRead() const
{
    return !m_dead && !m_closing && !m_peerFinished && !m_working && !m_waitingToDrain && !heldBack() &&
           pendingOutput() < kOutputHighWater;
}

qsizetype Connection::pendingOutput() const { return m_output.size() - m_outputSent; }

void Connection::readSocket()
{
    if (!mayRead())
        return;
    const ssize_t count = recv(m_descriptor, m_thread.readBuffer(), kReadBytes, 0);
    if (count < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            lose();
        return;
    }
    if (count == 0) {
        m_peerFinished = true;
        lose();
        return;
    }
    const QByteArrayView bytes(m_thread.readBuffer(), count);
    if (m_engine) {
        m_engine->feed(bytes);
        pumpTls();
    } else if (m_started) {
        m_session->received(bytes);
    }
}

// Moves what the engine has: the handshake's answers out, plain bytes to the session as long as it takes them.
void Connection::pumpTls()
{
    while (m_engine && !m_dead) {
        m_output.append(m_engine->takeCiphertext());
        if (!m_secured) {
            if (m_engine->state() == tls::Engine::State::Handshaking)
                break;
            handshakeEnded();
            if (m_dead || m_closing)
                break;
            drive();
            continue;
        }
        if (m_working || m_closing || m_waitingToDrain || heldBack() || pendingOutput() >= kOutputHighWater)
            break;
        const QByteArray plain = m_engine->read();
        if (plain.isEmpty()) {
            if (m_engine->state() == tls::Engine::State::Closed || m_engine->state() == tls::Engine::State::Failed)
                lose();
            break;
        }
        m_session->received(plain);
        drive();
    }
}

void Connection::handshakeEnded()
{
    if (m_engine->state() != tls::Engine::State::Open) {
        noteHandshakeResult(m_engine->failureReason());
        m_output.append(m_engine->takeCiphertext());
        m_closing = true; // the alert is still sent
        return;
    }
    m_secured = true;
    m_handshakeDeadline = {};
    chooseProtocol();
    noteHandshakeResult("");
    if (m_started)
        m_session->secured(m_engine->info());
    else
        startSession();
}

// Of the handshake; empty = it went well.
void Connection::noteHandshakeResult(const char *failure) const
{
    noteHandshake({.service = m_protocol->name,
                   .incoming = m_tlsServerName.isEmpty(),
                   .info = m_engine->info(),
                   .failure = failure,
                   .peer = m_peer.address},
                  m_thread.surroundings().handshakesOrNull);
}

void Connection::drive()
{
    while (m_session && !m_working && !m_dead) {
        Outbox &out = m_session->out;
        takeOutput(out);
        if (heldBack()) {
            if (m_events.isEmpty() || !isFinal(m_events.first()))
                break;
            m_pausedUntil = {};
            sendTrickled(m_trickled.size());
        }
        if (m_waitingToDrain) {
            flush();
            if (pendingOutput() > kOutputLowWater)
                break; // goes on when the socket takes more
            m_waitingToDrain = false;
            runWork();
            break;
        }
        if (out.work) {
            m_work = std::exchange(out.work, {});
            runWork();
            break;
        }
        if (out.startTls) {
            out.startTls = false;
            flush();
            startTls();
            pumpTls();
            continue;
        }
        if (out.close)
            m_closing = true;
        if (m_closing || m_events.isEmpty())
            break;
        if (pendingOutput() > kOutputHighWater && !isFinal(m_events.first()))
            break; // news wait for a peer that does not read
        deliverEvents();
    }
    flush();
    if (m_closing && !m_dead && !m_working && !heldBack() && pendingOutput() == 0) {
        if (m_engine && m_secured) {
            m_engine->shutdown();
            m_output.append(m_engine->takeCiphertext());
            flush();
        }
        ::shutdown(m_descriptor, SHUT_WR);
        m_dead = true;
    }
}

// On a worker: the writer's answer comes to the net thread.
void Connection::commit(NetThread &thread, quint64 serial, core::Change change)
{
    thread.surroundings().committer.submit(std::move(change), [&thread, serial](Result<void> outcome) {
        thread.postTo(serial, [outcome = std::move(outcome)](Connection &connection) mutable {
            connection.committed(std::move(outcome));
        });
    });
}

void Connection::runWork()
{
    m_working = true;
    core::WorkerPool &pool = m_work->pool == Pool::Store   ? m_thread.surroundings().store
                             : m_work->pool == Pool::Check ? m_thread.surroundings().check
                                                           : m_thread.surroundings().hash;
    NetThread *thread = &m_thread;
    const quint64 serial = m_peer.id.serial;
    Work *work = &*m_work; // stays: a Connection is not destroyed while it works
    const bool taken = pool.tryRun([thread, serial, work] {
        WorkResult result = work->run();
        if (auto *change = std::get_if<core::Change>(&result)) {
            commit(*thread, serial, std::move(*change)); // from here, not by way of the net thread
            return;
        }
        thread->postTo(serial, [result = std::move(result)](Connection &connection) mutable {
            connection.workDone(std::move(result), false);
        });
    });
    if (!taken)
        thread->postTo(serial, [](Connection &connection) { connection.workDone(Done{}, true); });
}

void Connection::workDone(WorkResult result, bool refused)
{
    m_working = false;
    m_session->out.poolFull = refused;
    if (std::holds_alternative<More>(result)) {
        m_waitingToDrain = true;
        drive();
        watch();
        return;
    }
    resume();
}

void Connection::committed(Result<void> result)
{
    m_working = false;
    m_session->out.commit = std::move(result);
    resume();
}

void Connection::resume()
{
    m_work.reset();
    if (!m_dead) {
        m_session->resumed();
        drive();
        if (m_engine && m_secured)
            pumpTls();
        drive();
    }
    watch();
}

void Connection::notify(const Event &event)
{
    const bool known = std::ranges::any_of(m_events, [&event](const Event &waiting) {
        return waiting.kind == event.kind && waiting.subject == event.subject;
    });
    if (!known && isFinal(event))
        m_events.prepend(event);
    else if (!known && m_events.size() < kMostEvents)
        m_events.append(event);
    drive();
    watch();
}

void Connection::deliverEvents()
{
    if (!m_started) {
        m_events.clear();
        return;
    }
    const Event event = m_events.takeFirst();
    m_session->notified(event);
}

void Connection::shutDown()
{
    if (!m_started)
        m_dead = true;
    else
        notify({.kind = Event::Kind::Shutdown, .subject = 0});
}

void Connection::tick(std::chrono::steady_clock::time_point now)
{
    if (m_handshakeDeadline != std::chrono::steady_clock::time_point{} && now >= m_handshakeDeadline) {
        if (!m_closing) // else its failure is known, but the peer does not take the alert
            noteHandshakeResult("timeout");
        m_dead = true;
        return;
    }
    if (!m_session || m_working || m_dead)
        return;
    if (heldBack())
        letGo(now);
    auto &deadline = m_session->out.deadline;
    if (deadline == std::chrono::steady_clock::time_point{} || now < deadline)
        return;
    deadline = {};
    if (m_connecting) {
        m_dead = true;
        if (dialFailed)
            std::exchange(dialFailed, {})();
        return;
    }
    if (m_closing) {
        m_dead = true; // the peer does not take our last words
        return;
    }
    m_session->timedOut();
    drive();
    if (m_waitingToDrain && m_session->out.close)
        m_dead = true; // the peer takes nothing, so what is under way and our last words would wait for ever
    if (m_closing && !m_dead)
        m_session->out.deadline = now + std::chrono::seconds(10);
    watch();
}

void Connection::takeOutput(Outbox &out)
{
    if (!out.bytes.isEmpty()) {
        const QByteArray bytes = out.encode ? out.encode(out.bytes) : out.bytes;
        if (out.trickle && m_trickled.isEmpty()) {
            m_trickle = *out.trickle;
            m_trickleStart = std::chrono::steady_clock::now();
        }
        if (out.trickle || !m_trickled.isEmpty())
            m_trickled.append(bytes);
        else
            send(bytes);
        out.bytes.clear();
        if (out.bytes.capacity() > 4096)
            out.bytes.squeeze();
    }
    if (out.pause.count() > 0)
        m_pausedUntil = std::chrono::steady_clock::now() + std::exchange(out.pause, {});
}

bool Connection::heldBack() const
{
    return !m_trickled.isEmpty() || m_pausedUntil != std::chrono::steady_clock::time_point{};
}

// The first `due` bytes, as far as they are not sent yet.
void Connection::sendTrickled(qsizetype due)
{
    const qsizetype from = std::exchange(m_trickledSent, std::max(due, m_trickledSent));
    send(QByteArrayView(m_trickled).sliced(from, m_trickledSent - from));
    if (m_trickledSent == m_trickled.size()) {
        m_trickled = {};
        m_trickledSent = 0;
    }
}

// What is due of a trickle; goes on when all is sent and the pause is over.
void Connection::letGo(std::chrono::steady_clock::time_point now)
{
    if (!m_trickled.isEmpty()) {
        const auto elapsed = now - m_trickleStart;
        const qsizetype due = elapsed >= m_trickle.finishBy
                                  ? m_trickled.size()
                                  : std::min<qsizetype>(m_trickled.size(), (elapsed / m_trickle.perByte) + 1);
        sendTrickled(due);
        flush();
    }
    if (m_trickled.isEmpty() && now >= m_pausedUntil)
        m_pausedUntil = {};
    if (!heldBack()) {
        drive();
        if (m_engine && m_secured)
            pumpTls();
        drive();
    }
    watch();
}

void Connection::send(QByteArrayView plain)
{
    if (plain.isEmpty())
        return;
    if (m_engine && m_secured) {
        m_engine->write(plain);
        m_output.append(m_engine->takeCiphertext());
    } else {
        m_output.append(plain);
    }
}

void Connection::flush()
{
    while (pendingOutput() > 0) {
        const ssize_t sent = ::send(m_descriptor, m_output.constData() + m_outputSent,
                                    static_cast<size_t>(pendingOutput()), MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                m_dead = true;
            return;
        }
        m_outputSent += sent;
    }
    m_output = {}; // an idle connection keeps no buffer
    m_outputSent = 0;
}

void Connection::lose()
{
    if (m_engine && !m_secured && !m_closing && !m_dead)
        noteHandshakeResult("eof");
    m_peerFinished = true;
    m_dead = true;
}

void Connection::watch()
{
    if (m_dead)
        return;
    quint32 wanted = m_connecting || pendingOutput() > 0 ? quint32(EPOLLOUT) : 0U;
    if (!m_connecting && mayRead())
        wanted |= EPOLLIN;
    if (wanted != m_watched) {
        m_watched = wanted;
        m_thread.watch(m_peer.id.serial, m_descriptor, wanted);
    }
}

} // namespace net
