#include "daemon/cli/relay.h"

#include "shared/ipc/socket_path.h"

#include <QByteArray>
#include <QFile>

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr qsizetype kPiece = 64 * 1024;

// The connected socket, or -1 with errno.
int connectTo(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const int why = errno;
        ::close(descriptor);
        errno = why;
        return -1;
    }
    return descriptor;
}

enum class Moved
{
    Some,
    End, // nothing more can come, or the other side takes no more
};

Moved move(int from, int to)
{
    std::array<char, kPiece> buffer{};
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR)
        return Moved::Some;
    if (got <= 0)
        return Moved::End;
    for (ssize_t at = 0; at < got;) {
        const ssize_t written = ::write(to, buffer.data() + at, static_cast<size_t>(got - at));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return Moved::End;
        at += written;
    }
    return Moved::Some;
}

void relay(int socket)
{
    std::array<pollfd, 2> watched{pollfd{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                                  pollfd{.fd = socket, .events = POLLIN, .revents = 0}};
    while (::poll(watched.data(), watched.size(), -1) >= 0 || errno == EINTR) {
        if (watched[1].revents != 0 && move(socket, STDOUT_FILENO) == Moved::End)
            return;
        if (watched[0].revents != 0 && move(STDIN_FILENO, socket) == Moved::End) {
            ::shutdown(socket, SHUT_WR);
            watched[0].fd = -1;
        }
    }
}

} // namespace

Result<void> relayControl(const QStringList &socketPaths)
{
    QString why = QStringLiteral("no path");
    for (const QString &path : socketPaths) {
        if (auto fits = ipc::checkSocketPath(path); !fits)
            return fits;
        const int socket = connectTo(path);
        if (socket < 0) {
            why = QString::fromLocal8Bit(std::strerror(errno));
            continue;
        }
        relay(socket);
        ::close(socket);
        return {};
    }
    return failure(ipc::unreachable(socketPaths, why));
}

} // namespace cli
