#include "daemon/cli/stdio.h"

#include "shared/ipc/socket_path.h"

#include <QLocalSocket>

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr int kConnectMilliseconds = 5000;

bool writeAll(int to, const char *data, ssize_t size)
{
    while (size > 0) {
        const ssize_t written = ::write(to, data, static_cast<size_t>(size));
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) {
            pollfd ready{.fd = to, .events = POLLOUT, .revents = 0}; // the socket is non-blocking
            ::poll(&ready, 1, -1);
            continue;
        }
        if (written < 0)
            return false;
        data += written;
        size -= written;
    }
    return true;
}

enum class Moved
{
    Some,
    Nothing,
    End,
};
Moved moveBytes(int from, int to)
{
    std::array<char, 65536> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read
    const ssize_t got = ::read(from, bytes.data(), bytes.size());
    if (got < 0)
        return errno == EINTR || errno == EAGAIN ? Moved::Nothing : Moved::End;
    return got > 0 && writeAll(to, bytes.data(), got) ? Moved::Some : Moved::End;
}

} // namespace

Result<void> passThrough(const QStringList &paths, int in, int out)
{
    QLocalSocket socket;
    QString why = QStringLiteral("no path");
    for (const QString &path : paths) {
        socket.connectToServer(path);
        if (socket.waitForConnected(kConnectMilliseconds))
            break;
        why = socket.errorString();
    }
    if (socket.state() != QLocalSocket::ConnectedState)
        return std::unexpected(ipc::unreachable(paths, why));
    std::signal(SIGPIPE, SIG_IGN); // a closed end is seen by write
    const int server = static_cast<int>(socket.socketDescriptor());
    std::array<pollfd, 2> sides{pollfd{.fd = in, .events = POLLIN, .revents = 0}, pollfd{.fd = server, .events = POLLIN, .revents = 0}};
    while (true) {
        if (::poll(sides.data(), sides.size(), -1) < 0 && errno != EINTR)
            return failure(ErrorKind::Server, QStringLiteral("cannot wait for input"));
        if (sides[1].revents != 0 && moveBytes(server, out) == Moved::End)
            return {};
        if (sides[0].revents != 0 && moveBytes(in, server) == Moved::End) {
            ::shutdown(server, SHUT_WR); // answers to what was asked are still on the way
            sides[0].fd = -1;            // poll skips it
        }
    }
}

} // namespace cli
