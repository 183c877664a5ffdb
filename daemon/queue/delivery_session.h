// One outgoing SMTP dialogue: smtp::Client on a net::Connection. Sends one message to recipients of one domain, reading
// its content chunk by chunk on the Store pool as the peer takes it, and answers exactly once through `done`, whatever
// happens: before QUIT, when the connection ends, or from the destructor when there never was one. Belongs to its
// connection. Memory: one chunk of content and what waits in the connection's output.
#pragma once

#include "daemon/net/session.h"
#include "shared/smtp/client.h"

namespace queue {

struct DialogueResult
{
    QList<smtp::ClientResult> results; // in the order of the recipients
    bool connected = false;
    bool encrypted = false;
    bool reportsItself = false; // the server takes DSN parameters: RFC 3461
    bool handshakeFailed = false;
    bool aborted = false; // by our own shutdown: says nothing about the peer
};

struct Dialogue
{
    smtp::ClientOptions client;
    smtp::ClientTransaction transaction;
    QString databaseFile;
    qint64 contentId = 0;
    QByteArray prefix;                                  // before the content
    std::move_only_function<void(DialogueResult)> done; // net thread
};

class DeliverySession final : public net::Session
{
public:
    DeliverySession(Dialogue dialogue, const Clock &clock);
    ~DeliverySession() override;

    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &info) override;
    void resumed() override;
    void notified(const net::Event &event) override;
    void timedOut() override;
    void ended() override;

private:
    void carryOn(); // does what the client wants
    void harvest();
    void report();
    void setDeadline();
    net::WorkResult sendSlice(); // worker
    Result<QByteArray> readSlice();

    Dialogue m_dialogue;
    const Clock &m_clock;
    smtp::Client m_client;
    DialogueResult m_result;
    QList<qsizetype> m_asked; // recipients of the running transaction, as indexes into m_result.results
    bool m_reported = false;
    int m_progress = -1;
    std::chrono::steady_clock::time_point m_talkUntil = {}; // for everything before the message
    qint64 m_chunk = -1;                                    // the next to be sent; -1 = the prefix
    qint64 m_contentLeft = 0;
    std::optional<smtp::ClientResult> m_unreadable;
};

} // namespace queue
