#include "daemon/net/net_threads.h"

#include "daemon/core/worker_pool.h"

#include <QSocketNotifier>
#include <QTimer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace net {

namespace {

constexpr int kEventsAtOnce = 64;
constexpr auto kTick = std::chrono::milliseconds(250);

} // namespace

NetThread::NetThread(quint32 index, const Surroundings &surroundings)
    : m_index(index)
    , m_surroundings(surroundings)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_readBuffer(kReadBytes)
{
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = 0; // serials begin at 1
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
    setObjectName(QStringLiteral("net-%1").arg(index));
}

NetThread::~NetThread()
{
    wait();
    close(m_epoll);
    close(m_wake);
}

void NetThread::run()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    QSocketNotifier notifier(m_epoll, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [this] { drainEpoll(); });
    QTimer timer;
    timer.setInterval(kTick);
    QObject::connect(&timer, &QTimer::timeout, &timer, [this] { tick(); });
    timer.start();
    exec();
    m_connections.clear();
}

void NetThread::post(std::move_only_function<void()> job)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_posts.empty();
        m_posts.push_back(std::move(job));
    }
    if (first) {
        const quint64 one = 1;
        std::ignore = ::write(m_wake, &one, sizeof one);
    }
}

void NetThread::postTo(quint64 serial, std::move_only_function<void(Connection &)> job)
{
    post([this, serial, job = std::move(job)]() mutable {
        const auto found = m_connections.find(serial);
        if (found == m_connections.end())
            return;
        job(*found->second);
        bury(serial);
    });
}

void NetThread::drainEpoll()
{
    std::array<epoll_event, kEventsAtOnce> events;
    const int count = epoll_wait(m_epoll, events.data(), kEventsAtOnce, 0);
    for (int i = 0; i < count; ++i) {
        const auto &event = events[static_cast<size_t>(i)];
        if (event.data.u64 == 0) {
            quint64 posts = 0;
            std::ignore = ::read(m_wake, &posts, sizeof posts);
            drainPosts();
            continue;
        }
        const auto found = m_connections.find(event.data.u64);
        if (found == m_connections.end())
            continue;
        found->second->ready(event.events);
        bury(event.data.u64);
    }
}

void NetThread::drainPosts()
{
    std::vector<std::move_only_function<void()>> posts;
    {
        const std::lock_guard lock(m_mutex);
        posts.swap(m_posts);
    }
    for (auto &job : posts)
        job();
}

void NetThread::tick()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<quint64> ended;
    for (auto &[serial, connection] : m_connections) {
        connection->tick(now);
        if (connection->dead())
            ended.push_back(serial);
    }
    for (const quint64 serial : ended)
        bury(serial);
}

void NetThread::bury(quint64 serial)
{
    const auto found = m_connections.find(serial);
    if (found == m_connections.end() || !found->second->dead())
        return;
    const std::unique_ptr<Connection> ended = std::move(found->second);
    m_connections.erase(found);
    --connectionCount;
}

void NetThread::add(std::unique_ptr<Connection> connection, int descriptor, quint32 events)
{
    const quint64 serial = connection->peer().id.serial;
    epoll_event event = {};
    event.events = events;
    event.data.u64 = serial;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    m_connections.emplace(serial, std::move(connection));
    ++connectionCount;
}

void NetThread::watch(quint64 serial, int descriptor, quint32 events)
{
    epoll_event event = {};
    event.events = events;
    event.data.u64 = serial;
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void NetThread::forEach(const std::function<void(Connection &)> &visit)
{
    std::vector<quint64> serials;
    serials.reserve(m_connections.size());
    for (auto &[serial, connection] : m_connections)
        serials.push_back(serial);
    for (const quint64 serial : serials) {
        if (const auto found = m_connections.find(serial); found != m_connections.end()) {
            visit(*found->second);
            bury(serial);
        }
    }
}

void NetThread::finish()
{
    post([this] { exit(0); });
}

NetThreads::NetThreads(int count, const Surroundings &surroundings)
{
    for (int i = 0; i < count; ++i) {
        m_threads.push_back(std::make_unique<NetThread>(static_cast<quint32>(i), surroundings));
        m_threads.back()->start();
    }
}

NetThreads::~NetThreads() { stop(); }

void NetThreads::turnAway(int descriptor, const Service &service, Refused why)
{
    // In clear text it would only confuse a TLS client.
    const QByteArray text = service.tlsFromStart ? QByteArray() : refusalText(service.protocol.family, why);
    std::ignore = ::send(descriptor, text.constData(), static_cast<size_t>(text.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::close(descriptor);
}

void NetThreads::accepted(int descriptor, const Peer &peer, std::shared_ptr<const Service> service)
{
    Admission::Ticket ticket;
    if (peer.uid < 0) {
        auto admitted = admission.admit(service->protocol.family, peer.address, std::chrono::steady_clock::now());
        if (!admitted)
            return turnAway(descriptor, *service, admitted.error());
        ticket = std::move(*admitted);
    }
    const quint64 serial = m_nextSerial++;
    NetThread *thread = m_threads[serial % m_threads.size()].get();
    Peer named = peer;
    named.id = {.thread = thread->index(), .serial = serial};
    const int one = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); // else small replies wait for a delayed ACK
    thread->post([thread, descriptor, named, service = std::move(service), ticket = std::move(ticket)]() mutable {
        auto connection =
            std::make_unique<Connection>(*thread, descriptor, named, std::move(service), std::move(ticket));
        Connection *begun = connection.get();
        thread->add(std::move(connection), descriptor, 0);
        begun->begin();
        begun->watch();
    });
}

void NetThreads::dial(const DialRequest &request, std::unique_ptr<Session> session, std::function<void()> failed)
{
    const quint64 serial = m_nextSerial++;
    NetThread *thread = m_threads[serial % m_threads.size()].get();
    thread->post([thread, serial, request, session = std::move(session), failed = std::move(failed)]() mutable {
        sockaddr_storage storage = {};
        socklen_t length = 0;
        const auto &octets = request.address.octets();
        if (request.address.isV4()) {
            auto *v4 = reinterpret_cast<sockaddr_in *>(&storage);
            v4->sin_family = AF_INET;
            v4->sin_port = htons(request.port);
            std::memcpy(&v4->sin_addr, octets.data(), 4);
            length = sizeof(sockaddr_in);
        } else {
            auto *v6 = reinterpret_cast<sockaddr_in6 *>(&storage);
            v6->sin6_family = AF_INET6;
            v6->sin6_port = htons(request.port);
            std::memcpy(&v6->sin6_addr, octets.data(), 16);
            length = sizeof(sockaddr_in6);
        }
        const int descriptor = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const int one = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (descriptor < 0 ||
            (::connect(descriptor, reinterpret_cast<const sockaddr *>(&storage), length) < 0 && errno != EINPROGRESS)) {
            if (descriptor >= 0)
                ::close(descriptor);
            failed();
            return;
        }
        Peer peer;
        peer.id = {.thread = thread->index(), .serial = serial};
        peer.address = request.address;
        peer.port = request.port;
        auto connection = std::make_unique<Connection>(*thread, descriptor, peer, request.service, std::move(session),
                                                       request.tlsServerName);
        connection->dialFailed = std::move(failed);
        thread->add(std::move(connection), descriptor, EPOLLOUT);
    });
}

void NetThreads::notify(ConnectionId connection, const Event &event)
{
    if (connection.serial == 0 || connection.thread >= m_threads.size())
        return;
    m_threads[connection.thread]->postTo(connection.serial, [event](Connection &target) { target.notify(event); });
}

int NetThreads::connectionCount() const
{
    int count = 0;
    for (const auto &thread : m_threads)
        count += thread->connectionCount;
    return count;
}

void NetThreads::shutDown(std::chrono::milliseconds grace)
{
    admission.close();
    for (const auto &thread : m_threads)
        thread->post(
            [thread = thread.get()] { thread->forEach([](Connection &connection) { connection.shutDown(); }); });
    const auto end = std::chrono::steady_clock::now() + grace;
    while (connectionCount() > 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void NetThreads::stop()
{
    for (const auto &thread : m_threads)
        thread->finish();
    for (const auto &thread : m_threads)
        thread->wait();
}

} // namespace net
