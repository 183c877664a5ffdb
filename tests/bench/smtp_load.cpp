// Load for the SMTP measurement: keeps connections busy with messages, each a transaction of its own, the envelope in
// one piece as PIPELINING allows (RFC 2920). One thread and one epoll set, so that it takes little of what it measures.
//
//   smtp_load PORT CONNECTIONS MESSAGES BYTES RECIPIENT
//
// Writes one JSON line: the time from the first MAIL to the last reply, its own CPU time, and how many were not
// accepted.
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

void sendAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0)
            fail("send");
        bytes.remove_prefix(static_cast<size_t>(sent));
    }
}

// What a connection waits for: the number of final reply lines still to come before it goes on.
enum class Stage
{
    Greeting,
    Hello,
    Envelope,
    Data,
    Done
};

struct Connection
{
    int descriptor = -1;
    Stage stage = Stage::Greeting;
    int repliesLeft = 1;
    std::string input;
};

struct Load
{
    std::string envelope;
    std::string message;
    long toStart = 0;
    long accepted = 0;
    long refused = 0;
};

int dial(int port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (descriptor < 0 || ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail("connect");
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

std::string makeMessage(size_t size)
{
    std::string text =
        "From: Load <load@example.org>\r\nTo: me@localhost\r\nSubject: a message of the usual size\r\n"
        "Date: Tue, 24 Nov 2026 09:32:20 +0100\r\nMessage-ID: <load@example.org>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    while (text.size() + 74 < size)
        text += "Some seventy characters of ordinary text in every line of the message.\r\n";
    return text + ".\r\n";
}

// The next transaction, or the end.
void next(Connection &connection, Load &load)
{
    if (load.toStart == 0) {
        connection.stage = Stage::Done;
        return;
    }
    --load.toStart;
    connection.stage = Stage::Envelope;
    connection.repliesLeft = 3;
    sendAll(connection.descriptor, load.envelope);
}

void replied(Connection &connection, Load &load, char kind)
{
    const bool fine = kind == '2' || kind == '3';
    if (connection.stage != Stage::Data && !fine) {
        std::fprintf(stderr, "smtp_load: refused before the message: %s\n", connection.input.c_str());
        std::exit(1);
    }
    if (--connection.repliesLeft > 0)
        return;
    switch (connection.stage) {
    case Stage::Greeting:
        connection.stage = Stage::Hello;
        connection.repliesLeft = 1;
        sendAll(connection.descriptor, "EHLO load.example\r\n");
        break;
    case Stage::Envelope:
        connection.stage = Stage::Data;
        connection.repliesLeft = 1;
        sendAll(connection.descriptor, load.message);
        break;
    case Stage::Data:
        ++(fine ? load.accepted : load.refused);
        next(connection, load);
        break;
    case Stage::Hello: connection.stage = Stage::Done; break; // waits until all have come so far
    case Stage::Done: break;
    }
}

void receive(Connection &connection, Load &load)
{
    std::array<char, 4096> buffer{};
    const ssize_t got = ::recv(connection.descriptor, buffer.data(), buffer.size(), 0);
    if (got <= 0)
        fail("the server closed a connection");
    connection.input.append(buffer.data(), static_cast<size_t>(got));
    size_t start = 0;
    for (size_t end = 0; (end = connection.input.find('\n', start)) != std::string::npos; start = end + 1) {
        if (end - start >= 4 && connection.input[start + 3] != '-')
            replied(connection, load, connection.input[start]);
    }
    connection.input.erase(0, start);
}

// Runs until every connection is done.
void run(int set, std::vector<Connection> &connections, Load &load)
{
    std::array<epoll_event, 64> events{};
    const auto busy = [&connections] {
        for (const Connection &each : connections) {
            if (each.stage != Stage::Done)
                return true;
        }
        return false;
    };
    while (busy()) {
        const int count = ::epoll_wait(set, events.data(), static_cast<int>(events.size()), 30'000);
        if (count <= 0)
            fail("no reply for half a minute");
        for (int i = 0; i < count; ++i)
            receive(connections[events[static_cast<size_t>(i)].data.u32], load);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6) {
        std::fprintf(stderr, "usage: smtp_load PORT CONNECTIONS MESSAGES BYTES RECIPIENT\n");
        return 2;
    }
    Load load{.envelope = std::string("MAIL FROM:<load@example.org>\r\nRCPT TO:<") + argv[5] + ">\r\nDATA\r\n",
              .message = makeMessage(std::strtoul(argv[4], nullptr, 10))};
    std::vector<Connection> connections(std::strtoul(argv[2], nullptr, 10));
    const int set = ::epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < connections.size(); ++i) {
        connections[i].descriptor = dial(std::atoi(argv[1]));
        epoll_event event{.events = EPOLLIN, .data = {.u32 = static_cast<uint32_t>(i)}};
        ::epoll_ctl(set, EPOLL_CTL_ADD, connections[i].descriptor, &event);
    }
    run(set, connections, load);
    load.toStart = std::strtol(argv[3], nullptr, 10);
    const auto began = std::chrono::steady_clock::now();
    for (Connection &each : connections)
        next(each, load);
    run(set, connections, load);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + (static_cast<double>(time.tv_usec) / 1e6);
    };
    std::printf("{\"seconds\": %.4f, \"accepted\": %ld, \"refused\": %ld, \"cpu\": %.4f}\n", took.count(),
                load.accepted, load.refused, seconds(used.ru_utime) + seconds(used.ru_stime));
    return load.refused == 0 ? 0 : 1;
}
