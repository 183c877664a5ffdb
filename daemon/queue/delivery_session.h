// One outgoing SMTP dialogue: smtp::Client on a net::Connection. Sends a message to recipients of one domain, reading
// its content chunk by chunk on the Store pool as the peer takes it, and answers exactly once through `done`, whatever
// happens: before QUIT, when the connection ends, or from the destructor when there never was one. Then it waits a
// moment for another message to the same place (idle_sessions.h). Belongs to its connection. Memory: one chunk of
// content and what waits in the connection's output.
#pragma once

#include "daemon/net/session.h"
#include "daemon/queue/idle_sessions.h"
#include "shared/smtp/client.h"

namespace queue {

struct DialogueResult
{
    QList<smtp::ClientResult> results; // in the order of the recipients
    bool connected = false;
    bool encrypted = false;
    QByteArray tls;             // version and cipher, once encrypted
    bool reportsItself = false; // the server takes DSN parameters: RFC 3461
    bool handshakeFailed = false;
    bool offersTls = false;
    Result<void> peerCheck; // of its certificates, if they were looked at
    bool peerChecked = false;
    bool aborted = false; // by our own shutdown: says nothing about the peer
    bool reused = false;  // the connection had delivered before
    bool stale = false;   // it had ended before this message: says nothing, another connection is wanted
};

struct Dialogue
{
    smtp::ClientOptions client;
    smtp::ClientTransaction transaction;
    QString databaseFile;
    qint64 contentId = 0;
    QByteArray prefix; // before the content
    // Whether the server is the one we want; called once after the handshake. Empty: it does not matter.
    std::function<Result<void>(const tls::Info &)> checkPeer;
    bool mustPass = false;                         // and if it is not, nothing is sent
    std::shared_ptr<std::optional<tls::Info>> tls; // filled after the handshake, for the sign-in; may be null
    Place place;
    std::shared_ptr<IdleSessions> idle;                 // null: the connection ends with the message
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
    void prepare(); // for the dialogue's transaction
    void carryOn(); // does what the client wants
    void harvest();
    void report();
    void rest();
    void takeNext();
    void handBack(std::unique_ptr<Dialogue> dialogue) const;
    void setDeadline();
    [[nodiscard]] bool mayRest() const;
    net::WorkResult sendSlice(); // worker
    Result<QByteArray> readSlice();

    Dialogue m_dialogue;
    const Clock &m_clock;
    smtp::Client m_client;
    net::ConnectionId m_connection;
    DialogueResult m_result;
    QList<qsizetype> m_asked; // recipients of the running transaction, as indexes into m_result.results
    bool m_reported = false;
    std::shared_ptr<IdleSessions::Seat> m_seat; // while it waits
    int m_messages = 0;
    int m_progress = -1;
    std::chrono::steady_clock::time_point m_talkUntil = {}; // for everything before the message
    std::chrono::steady_clock::time_point m_began = {};
    qint64 m_chunk = -1; // the next to be sent; -1 = the prefix
    qint64 m_contentLeft = 0;
    std::optional<smtp::ClientResult> m_unreadable;
};

} // namespace queue
