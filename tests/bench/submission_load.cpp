// Load for the submission measurement: every message over a connection of its own, TLS from the first byte, AUTH PLAIN.
// Some threads with a blocking socket each; the client's side of TLS is ours, for both servers.
//
//   submission_load PORT THREADS MESSAGES BYTES USER PASSWORD RECIPIENT
//
// Writes one JSON line: seconds from the first connect to the last reply, its own CPU time, and how many were accepted.
#include "shared/base/encoding.h"
#include "shared/tls/engine.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

[[noreturn]] void fail(const char *what, QByteArrayView more = {})
{
    std::fprintf(stderr, "submission_load: %s %s\n", what, more.toByteArray().constData());
    std::exit(1);
}

class Client
{
public:
    Client(int port, const std::shared_ptr<const tls::Context> &context)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
        , m_engine(tls::Engine::client(context, "localhost"))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (m_descriptor < 0 ||
            ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            fail("cannot connect");
        const int on = 1;
        ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        flush();
        while (m_engine->state() == tls::Engine::State::Handshaking)
            receive();
        if (m_engine->state() != tls::Engine::State::Open)
            fail("no TLS:", m_engine->failureReason());
    }
    ~Client() { ::close(m_descriptor); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void say(const QByteArray &text)
    {
        m_engine->write(text);
        flush();
    }
    // Waits for `count` whole replies that begin with `code`.
    void expect(char kind, int count = 1)
    {
        while (count > 0) {
            const qsizetype end = m_input.indexOf("\r\n");
            if (end < 0) {
                receive();
                continue;
            }
            const QByteArray line = m_input.first(end);
            m_input.remove(0, end + 2);
            if (line.size() > 3 && line.at(3) == '-')
                continue;
            if (!line.startsWith(kind))
                fail("refused:", line);
            --count;
        }
    }

private:
    void flush()
    {
        const QByteArray bytes = m_engine->takeCiphertext();
        for (qsizetype at = 0; at < bytes.size();) {
            const ssize_t sent = ::send(m_descriptor, bytes.constData() + at, size_t(bytes.size() - at), MSG_NOSIGNAL);
            if (sent <= 0)
                fail("cannot send");
            at += sent;
        }
    }
    void receive()
    {
        std::array<char, 16384> buffer{};
        const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            fail("the server closed the connection");
        m_engine->feed(QByteArrayView(buffer.data(), got));
        flush();
        for (QByteArray plain = m_engine->read(); !plain.isEmpty(); plain = m_engine->read())
            m_input += plain;
    }

    int m_descriptor;
    std::unique_ptr<tls::Engine> m_engine;
    QByteArray m_input;
};

struct Load
{
    int port;
    QByteArray login;
    QByteArray envelope;
    QByteArray message;
    std::shared_ptr<const tls::Context> context;
    std::atomic<long> left;
    std::atomic<long> accepted;
};

void submitOne(const Load &load)
{
    Client client(load.port, load.context);
    client.expect('2');
    client.say("EHLO load.example\r\n");
    client.expect('2');
    client.say("AUTH PLAIN " + load.login + "\r\n");
    client.expect('2');
    client.say(load.envelope);
    client.expect('2', 2);
    client.expect('3');
    client.say(load.message);
    client.expect('2');
    client.say("QUIT\r\n");
    client.expect('2');
}

QByteArray makeMessage(const QByteArray &from, const QByteArray &to, qsizetype size)
{
    QByteArray text = "From: <" + from + ">\r\nTo: <" + to +
                      ">\r\nSubject: a message of the usual size\r\nDate: Tue, 24 Nov 2026 09:32:20 +0100\r\n"
                      "Message-ID: <load@example.org>\r\nMIME-Version: 1.0\r\n"
                      "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    while (text.size() + 74 < size)
        text += "Some seventy characters of ordinary text in every line of the message.\r\n";
    return text + ".\r\n";
}

double cpuSeconds()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + (double(time.tv_usec) / 1e6); };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 8) {
        std::fprintf(stderr, "usage: submission_load PORT THREADS MESSAGES BYTES USER PASSWORD RECIPIENT\n");
        return 2;
    }
    const QByteArray user = argv[5];
    Load load{.port = std::atoi(argv[1]),
              .login = encoding::toBase64(QByteArray(1, '\0') + user + '\0' + argv[6]),
              .envelope = "MAIL FROM:<" + user + ">\r\nRCPT TO:<" + argv[7] + ">\r\nDATA\r\n",
              .message = makeMessage(user, argv[7], std::atol(argv[4])),
              .context = *tls::Context::client({}),
              .left = std::atol(argv[3]),
              .accepted = 0};
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < std::atoi(argv[2]); ++i) {
        threads.emplace_back([&load] {
            while (load.left.fetch_sub(1) > 0) {
                submitOne(load);
                load.accepted.fetch_add(1);
            }
        });
    }
    for (std::thread &each : threads)
        each.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("{\"seconds\": %.4f, \"accepted\": %ld, \"cpu\": %.4f}\n", took.count(), load.accepted.load(),
                cpuSeconds());
    return 0;
}
