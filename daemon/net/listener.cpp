#include "daemon/net/listener.h"

#include <QFile>
#include <QHostAddress>
#include <QLocalSocket>
#include <QTimer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fcntl.h>

namespace net {

namespace {

constexpr qsizetype kLongestSocketPath = 107;
constexpr int kAcceptFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
constexpr char kNothing[] = "/dev/null";

void setNonBlocking(int descriptor)
{
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

std::pair<IpAddress, quint16> endpoint(const sockaddr_storage &storage)
{
    if (storage.ss_family == AF_INET) {
        const auto *v4 = reinterpret_cast<const sockaddr_in *>(&storage);
        const auto *octets = reinterpret_cast<const quint8 *>(&v4->sin_addr);
        return {IpAddress::v4({octets[0], octets[1], octets[2], octets[3]}), ntohs(v4->sin_port)};
    }
    const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&storage);
    std::array<quint8, 16> octets = {};
    std::copy_n(v6->sin6_addr.s6_addr, octets.size(), octets.begin());
    return {IpAddress::v6(octets), ntohs(v6->sin6_port)};
}

} // namespace

TcpListener::TcpListener(NetThreads &threads, std::shared_ptr<const Service> service)
    : m_threads(threads)
    , m_service(std::move(service))
    , m_spare(::open(kNothing, O_RDONLY | O_CLOEXEC))
{}

TcpListener::~TcpListener()
{
    if (m_spare >= 0)
        ::close(m_spare);
}

Result<void> TcpListener::start(const IpAddress &address, quint16 port)
{
    setListenBacklogSize(SOMAXCONN);
    if (!listen(QHostAddress(address.toString()), port)) {
        Error error{.kind = ErrorKind::User,
                    .text = {},
                    .publicText = {},
                    .code = QStringLiteral("cannot-listen"),
                    .hint = {},
                    .path = {}};
        error.text =
            QStringLiteral("cannot listen on %1 port %2: %3").arg(address.toString()).arg(port).arg(errorString());
        error.publicText = error.text;
        error.hint =
            serverError() == QAbstractSocket::AddressInUseError
                ? QStringLiteral(
                      "another program uses this port; stop it, or choose other ports (--port-offset in local mode)")
                : QString();
        return failure(std::move(error));
    }
    pauseAccepting(); // QTcpServer would make a socket object of each
    m_waiting = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
    QObject::connect(m_waiting.get(), &QSocketNotifier::activated, this, [this] { acceptWaiting(); });
    return {};
}

void TcpListener::acceptWaiting()
{
    for (int i = 0; i < kAcceptedAtOnce; ++i) {
        sockaddr_storage storage = {};
        socklen_t length = sizeof storage;
        const int descriptor = accept4(static_cast<int>(socketDescriptor()), reinterpret_cast<sockaddr *>(&storage),
                                       &length, kAcceptFlags);
        if (descriptor >= 0) {
            Peer peer;
            std::tie(peer.address, peer.port) = endpoint(storage);
            length = sizeof storage;
            if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&storage), &length) == 0)
                std::tie(peer.localAddress, peer.localPort) = endpoint(storage);
            peer.tlsFromStart = m_service->tlsFromStart;
            m_threads.accepted(descriptor, peer, m_service);
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return;
        if (errno == EINTR || errno == ECONNABORTED || ((errno == EMFILE || errno == ENFILE) && turnAwayNext()))
            continue;
        m_waiting->setEnabled(false); // or the peer that waits would be told of for ever
        QTimer::singleShot(kAcceptPause, m_waiting.get(), [this] { m_waiting->setEnabled(true); });
        return;
    }
}

bool TcpListener::turnAwayNext()
{
    if (m_spare < 0)
        return false;
    ::close(std::exchange(m_spare, -1));
    const int descriptor = accept4(static_cast<int>(socketDescriptor()), nullptr, nullptr, kAcceptFlags);
    if (descriptor >= 0) {
        countRefused(m_service->protocol.family, Refused::Full);
        NetThreads::turnAway(descriptor, *m_service, Refused::Full);
    }
    m_spare = ::open(kNothing, O_RDONLY | O_CLOEXEC);
    return descriptor >= 0;
}

Result<void> LocalListener::start(const QString &path, bool groupMayConnect)
{
    const auto refuse = [&path](const QString &why) {
        return failure(ErrorKind::User, QStringLiteral("cannot open the control socket %1: %2").arg(path, why));
    };
    if (QFile::encodeName(path).size() > kLongestSocketPath)
        return refuse(QStringLiteral("the path is longer than %1 bytes").arg(kLongestSocketPath));
    QLocalSocket probe;
    probe.connectToServer(path);
    if (probe.waitForConnected(200))
        return refuse(QStringLiteral("another server answers there"));
    QLocalServer::removeServer(path);
    setSocketOptions(groupMayConnect ? QLocalServer::UserAccessOption | QLocalServer::GroupAccessOption
                                     : QLocalServer::UserAccessOption);
    if (!listen(path))
        return refuse(errorString());
    return {};
}

void LocalListener::incomingConnection(quintptr handle)
{
    const int descriptor = static_cast<int>(handle);
    setNonBlocking(descriptor);
    ucred credentials = {};
    socklen_t length = sizeof credentials;
    Peer peer;
    peer.uid = 0;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0)
        peer.uid = credentials.uid;
    else
        peer.uid = 65534; // nobody: no role
    m_threads.accepted(descriptor, peer, m_service);
}

} // namespace net
