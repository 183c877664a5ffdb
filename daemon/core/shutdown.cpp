#include "daemon/core/shutdown.h"

#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace core {

Signals::Signals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

Signals::~Signals() { close(m_descriptor); }

std::optional<int> Signals::next()
{
    signalfd_siginfo info = {};
    if (read(m_descriptor, &info, sizeof info) != static_cast<ssize_t>(sizeof info))
        return {};
    return static_cast<int>(info.ssi_signo);
}

void notifySystemd(const char *state)
{
    const char *path = std::getenv("NOTIFY_SOCKET"); // NOLINT(concurrency-mt-unsafe): the environment is never written
    if (!path || std::strlen(path) >= sizeof(sockaddr_un::sun_path))
        return;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path, std::strlen(path));
    if (path[0] == '@')
        address.sun_path[0] = '\0'; // an abstract socket
    const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
    sendto(descriptor, state, std::strlen(state), MSG_NOSIGNAL, reinterpret_cast<const sockaddr *>(&address), length);
    close(descriptor);
}

} // namespace core
