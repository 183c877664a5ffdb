// One TLS connection without its socket: ciphertext in and out, plain bytes in and out (OpenSSL over memory BIOs).
// Every failure has a short fixed name, which is a metric label. Belongs to one net thread at a time. RFC 8446, RFC
// 5246. Memory: 29 KiB while idle, 6 of them ML-KEM's; buffers of both directions are given back as soon as they are
// empty.
#pragma once

#include "shared/tls/context.h"
#include "shared/tls/info.h"

#include <QByteArrayView>

struct ssl_st;

namespace tls {

class Engine
{
public:
    enum class State
    {
        Handshaking,
        Open,
        Closed, // the peer said close_notify, or its stream ended (truncated() tells which); everything was read
        Failed, // see failureReason()
    };

    static std::unique_ptr<Engine> server(std::shared_ptr<const Context> context);
    // serverName: a DNS name or an IP address, checked if the context verifies. session: of an earlier connection, see
    // takeSession().
    static std::unique_ptr<Engine> client(std::shared_ptr<const Context> context, const QByteArray &serverName,
                                          const QByteArray &session = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    void feed(QByteArrayView ciphertext); // empty = the peer closed the connection
    [[nodiscard]] QByteArray takeCiphertext();
    [[nodiscard]] QByteArray read();  // up to 16 KiB of plain bytes; empty = none now, look at state()
    void write(QByteArrayView plain); // Open only
    void shutdown();                  // close_notify

    [[nodiscard]] QByteArray
    takeSession() const; // client: what resumes this connection; secret; empty = the server gave no ticket yet
    [[nodiscard]] qsizetype pendingCiphertext() const; // made, not yet taken
    [[nodiscard]] qsizetype pendingInput() const;      // fed, not yet read; counts ciphertext as it came

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Info &info() const { return m_info; }
    [[nodiscard]] const char *failureReason() const
    {
        return m_failure;
    } // Failed only; a string literal, see failure_reason.h
    [[nodiscard]] bool truncated() const { return m_ended; } // the stream ended without close_notify

private:
    explicit Engine(std::shared_ptr<const Context> context);
    void advance();
    void opened();
    void failed();
    void bindChannel();
    void releaseInput();

    std::shared_ptr<const Context> m_context;
    ssl_st *m_ssl;
    State m_state = State::Handshaking;
    bool m_server = true;
    bool m_ended = false;
    const char *m_failure = "";
    Info m_info;
};

} // namespace tls
