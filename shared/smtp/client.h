// The client's side of SMTP as a state machine without socket, TLS or clock (RFC 5321; PIPELINING RFC 2920, STARTTLS
// RFC 3207, AUTH RFC 4954, SIZE RFC 1870, 8BITMIME RFC 6152, SMTPUTF8 RFC 6531, DSN RFC 3461). The queue's delivery
// session drives it; so does whatever else sends mail.
//   Client client(options);            client.begin(transaction);      // may be before the greeting
//   client.received(bytes);            send client.takeOutput();       look at client.wants()
//   Tls: do the handshake, then secured() or lost(). Data: sendData(slice) …, endData(). Transaction: results() has an
//   answer per recipient; begin() another, or quit(). Close: nothing more to say.
// Whatever happens, every recipient of a begun transaction gets exactly one result. Belongs to one thread at a time.
// Memory: one reply (bounded by ReplyReader) and what was not taken of the output.
#pragma once

#include "shared/base/time.h"
#include "shared/sasl/client.h"
#include "shared/smtp/client_data.h"
#include "shared/smtp/client_extensions.h"
#include "shared/smtp/command.h"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace smtp {

enum class TlsUse
{
    Never,
    Opportunistic, // when it is offered
    Required,      // nothing is sent without it
};

// A way to sign in: what AUTH names, and the exchange that follows.
struct SignIn
{
    QByteArray mechanism;
    std::unique_ptr<sasl::Client> exchange; // null: none of those offered can be used
};

struct ClientOptions
{
    QByteArray hostname; // said in EHLO
    TlsUse tls = TlsUse::Opportunistic;
    // Null: no sign-in. It gets the mechanisms offered.
    std::function<SignIn(const QList<QByteArray> &offered)> signIn;
    bool signInMayLack = false; // the certificate we showed may be enough: go on when none of them can be used
};

struct ClientTransaction
{
    Mail
        mail; // sizeBytes: of the message; body EightBitMime when it has 8-bit bytes; smtpUtf8 when its header needs it
    QList<Rcpt> recipients;
    bool requireTls = false; // REQUIRETLS, RFC 8689: only to a server that hands it on
};

// Where the dialogue is; of a result, where it failed. Each has its time limit.
enum class ClientStage
{
    Connect,
    Greeting,
    Hello,
    StartTls,
    SignIn,
    Mail,
    Rcpt,
    Data,  // the reply to DATA
    Block, // message bytes are being sent
    End,   // the reply to the end of data
    Reset,
    Quit,
};
[[nodiscard]] const char *nameOf(ClientStage stage); // "RCPT TO", for texts
[[nodiscard]] std::chrono::seconds timeLimit(ClientStage stage);

struct ClientResult
{
    bool accepted = false;
    bool permanent = false; // refused for good
    bool again = false;     // only the transaction was full: worth another one at once
    int code = 0;           // of the reply; 0 = there was none
    QByteArray enhanced;    // "4.4.2": the reply's, or ours by RFC 3463
    QByteArray text;        // the reply's words, printable; or ours
    ClientStage stage = ClientStage::Connect;
};

class Client
{
public:
    enum class Wants
    {
        Reply, // bytes of the peer
        Tls,
        Data,
        Transaction, // begin() or quit()
        Close,
    };
    explicit Client(ClientOptions options);

    void begin(ClientTransaction transaction); // not while one is running
    void received(QByteArrayView bytes);
    void secured();
    void sendData(QByteArrayView slice);
    void endData();
    void quit();
    void lost();                           // the connection is gone
    void timedOut();                       // the time limit of stage() has passed
    void fail(const ClientResult &result); // gives up: all that is unanswered gets this result

    [[nodiscard]] Wants wants() const { return m_wants; }
    [[nodiscard]] QByteArray takeOutput() { return std::exchange(m_output, {}); }
    [[nodiscard]] ClientStage stage() const { return m_stage; }
    [[nodiscard]] int progress() const { return m_progress; } // changes when the time limit starts anew
    [[nodiscard]] const Extensions &extensions() const { return m_extensions; }
    [[nodiscard]] bool mayBegin() const // another transaction on this connection: RFC 9422 MAILMAX
    {
        return m_extensions.mostMessages == 0 || m_transactions < m_extensions.mostMessages;
    }
    [[nodiscard]] bool encrypted() const { return m_secured; }
    [[nodiscard]] bool transactionEnded() const { return m_ended; }
    [[nodiscard]] const QList<ClientResult> &results() const { return m_results; } // in the order of the recipients

private:
    struct Expected
    {
        ClientStage stage;
        qsizetype recipient = -1;
    };
    void expect(ClientStage stage, qsizetype recipient = -1);
    void send(const QByteArray &line, ClientStage stage, qsizetype recipient = -1);
    void handle(const Expected &expected, const Reply &reply);
    void greeted(const Reply &reply);
    void helloAnswered(const Reply &reply);
    void introduced();
    void startTlsAnswered(const Reply &reply);
    void signIn();
    void signInAnswered(const Reply &reply);
    void ready();
    void sendEnvelope();
    void refuseUnsendable();
    void refuseBeyondLimits();
    void mailAnswered(const Reply &reply);
    void rcptAnswered(qsizetype recipient, const Reply &reply);
    void sendRcpt(qsizetype recipient);
    [[nodiscard]] qsizetype nextRecipient(qsizetype from) const;
    void dataAnswered(const Reply &reply);
    void endAnswered(const Reply &reply);
    void finishTransaction();
    void refuse(qsizetype recipient, ClientResult result);
    void refuseRest(const ClientResult &result);
    [[nodiscard]] bool anyAccepted() const;
    [[nodiscard]] static ClientResult resultOf(const Reply &reply, ClientStage stage);
    [[nodiscard]] QByteArray mailLine() const;
    [[nodiscard]] QByteArray rcptLine(qsizetype recipient) const;

    const ClientOptions m_options;
    ReplyReader m_reader;
    std::deque<Expected> m_expected;
    QByteArray m_output;
    Wants m_wants = Wants::Reply;
    ClientStage m_stage = ClientStage::Greeting;
    int m_progress = 0;
    Extensions m_extensions;
    bool m_saidHelo = false;
    bool m_secured = false;
    bool m_introduced = false; // hello, TLS and sign-in are done
    SignIn m_signIn;

    ClientTransaction m_transaction;
    bool m_running = false;
    qsizetype m_transactions = 0; // MAIL commands said
    bool m_ended = false;         // results() are those of the last transaction
    bool m_mailSent = false;      // the server has a transaction open: RSET before the next
    QList<ClientResult> m_results;
    QList<bool> m_answered; // by recipient: the result is final
    DataWriter m_writer;
};

} // namespace smtp
