// An SMTP server session: incoming mail, or submission when options.submission is set (RFC 5321, RFC 6409).
// Framing by state, so that message data is never parsed as commands; one table of commands with what each needs; the
// message is parsed on the Check pool and committed before its 250. Belongs to its connection; see net/session.h for
// threads. Memory: a command line of 2 KiB, or kSpoolBytes of the message and what one read brings; the rest is on the
// disk.
#pragma once

#include "daemon/auth/sign_in.h"
#include "daemon/core/spool.h"
#include "daemon/net/session.h"
#include "daemon/smtp/simulation.h"
#include "daemon/smtp/transaction.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "shared/base/log.h"
#include "shared/smtp/command.h"
#include "shared/smtp/data_reader.h"
#include "shared/smtp/reply.h"

#include <mutex>

namespace smtp {

inline constexpr qsizetype kMostRecipients = 1000;          // RFC 5321 4.5.3.1.8 asks for 100; RCPTMAX of RFC 9422
inline constexpr qsizetype kMostMessages = 1000;            // of a connection; MAILMAX of RFC 9422
inline constexpr auto kLongestHold = std::chrono::days(60); // RFC 4865
inline constexpr int kMostBadCommands = 10;
inline constexpr int kMostReceived = 100;                // RFC 5321 6.3: a loop
inline constexpr qsizetype kSpoolBytes = 256 * 1024;     // of a message in memory while it comes
inline constexpr qsizetype kSpoolPiece = 64 * 1024;      // of it that is written at once then
inline constexpr qsizetype kMostPipelined = 1024 * 1024; // bytes that wait while the DNS is asked

// How long a peer may take. RFC 5321 4.5.3.2 asks for 5 min (4.5.3.2.7) and 3 min (4.5.3.2.5); who has not even said
// EHLO, or keeps a message dripping, holds a connection for nothing.
inline constexpr auto kGreetingTime = std::chrono::seconds(30);
inline constexpr auto kCommandTime = std::chrono::minutes(5);
inline constexpr auto kDataTime = std::chrono::minutes(3); // of silence
inline constexpr auto kDripTime = std::chrono::seconds(60);
inline constexpr qint64 kLeastDripBytes = 30'000;            // of message data in kDripTime
inline constexpr auto kLookUpTime = std::chrono::seconds(5); // then the DNS is not waited for

struct Options
{
    QByteArray hostname;
    bool submission = false;
    bool startTls = false;
    bool cramMd5 = false;           // offered
    bool refuseUnknownKeys = false; // a TLS key that is not known ends the connection
    bool mayRelay = false;          // recipients elsewhere are taken for the queue; submission only
    bool acceptAnyAddress = false;  // local mode: all mail for unknown addresses goes to the postmaster
    qint64 mostBytes = 100LL * 1024 * 1024;
    qint64 mostRecipients = kMostRecipients;
    qint64 mostMessages = kMostMessages;
    bool mendLineFeeds = true;         // of signed-in clients: a bare LF that ends nothing becomes CRLF
    queue::SendingLimits sending = {}; // of each account, in 24 hours
};

// Whether a domain says that it takes no mail (RFC 7505). Answers once, on any thread, maybe before it returns; or
// never.
using NullMxCheck = std::function<void(const QByteArray &domain, std::function<void(bool)> answered)>;

struct Services
{
    store::Store &store;
    auth::Authenticator &authenticator;
    const Clock &clock;
    Options options;
    NullMxCheck hasNullMx = {};              // empty: the DNS is not asked
    net::Notifier *notifierOrNull = nullptr; // tells the session of answers
};

class Session final : public net::Session
{
public:
    explicit Session(std::shared_ptr<const Services> services);

    void started(const net::Peer &peer) override;
    void received(QByteArrayView bytes) override;
    void secured(const tls::Info &info) override;
    void resumed() override;
    void notified(const net::Event &event) override;
    void timedOut() override;
    void ended() override;

private:
    enum class State
    {
        Command,
        Data,
        Chunk,   // BDAT
        SignIn,  // a SASL response line
        Hanging, // simulated: says nothing any more
        Ended,
    };
    struct Row;
    static const Row kCommands[];

    // What the DNS said, if it did; outlives the session in the hands of the resolver.
    struct Answer
    {
        std::mutex mutex; // guards hasNullMx
        std::optional<bool> hasNullMx;
    };
    void process();
    void setDeadline();
    void askNullMx(const QByteArray &domain, std::function<void(bool)> then);
    void answered();
    [[nodiscard]] bool drips(qsizetype bytes);
    void began(const Mail &mail, std::optional<Timestamp> notBefore);
    void take(const Recipient &recipient);
    void takeIfRoom(const Recipient &recipient);
    [[nodiscard]] bool isFull(const Recipient &recipient, const QList<qint64> &accounts) const;
    bool takeLine(); // false: no whole line yet
    void command(QByteArrayView line);
    void hello(QByteArrayView argument);
    void extendedHello(QByteArrayView argument);
    void startTls(QByteArrayView argument);
    void signIn(QByteArrayView argument);
    void mail(QByteArrayView argument);
    void rcpt(QByteArrayView argument);
    void data(QByteArrayView argument);
    void bdat(QByteArrayView argument);
    void rset(QByteArrayView argument);
    void noop(QByteArrayView argument);
    void quit(QByteArrayView argument);
    void vrfy(QByteArrayView argument);
    void expn(QByteArrayView argument);
    void help(QByteArrayView argument);

    void saslLine(QByteArrayView line);
    [[nodiscard]] std::optional<Reply> refusalOf(const Mail &mail) const;
    [[nodiscard]] Result<std::optional<Timestamp>> releaseTime(const FutureRelease &release) const;
    [[nodiscard]] Recipient recipientFor(const Rcpt &rcpt) const;
    [[nodiscard]] LineEnds lineEnds() const;
    [[nodiscard]] bool isWellFormed();
    void spoolIfLarge();
    Result<void> spool();
    [[nodiscard]] Result<core::HeldBytes> takeMessage();
    [[nodiscard]] QString folder() const;            // of the store
    void answer(const auth::SignIn::Answer &answer); // to AUTH
    void signedIn();
    bool signInByKey(); // false: the key is refused, and the connection ends
    void dataEnded();
    void chunkEnded();
    void count(const char *result) const;
    void simulate(const Simulation &simulation);
    [[nodiscard]] Result<QJsonObject> completeSubmission(QByteArray &content) const;
    [[nodiscard]] Result<queue::Outgoing> outgoing(const Delivery &delivery, QJsonObject extra) const;
    [[nodiscard]] Result<Delivery> prepareDelivery(core::HeldBytes held) const;
    void deliver();
    void delivered();
    void refuseMessage(const Error &error);
    void reset();
    [[nodiscard]] QByteArray receivedHeader(const QByteArray &key) const;
    [[nodiscard]] bool tlsActive() const { return m_tls.has_value(); }

    void reply(int code, const char *enhanced, const QByteArray &text);
    void syntaxError(const char *what, const Error &error);
    void badCommand();
    void close(int code, const char *enhanced, const QByteArray &text);

    std::shared_ptr<const Services> m_services;
    Log m_log{"smtp"};
    net::Peer m_peer;
    std::optional<tls::Info> m_tls;
    State m_state = State::Command;
    QByteArray m_input;          // not yet used
    bool m_skippingLine = false; // an over-long line is thrown away up to its end
    QByteArray m_hello;
    bool m_extended = false;
    std::optional<qint64> m_account; // signed in
    auth::SignIn m_signIn;
    bool m_takesNoMail = false; // what the greeting said
    bool m_byKey = false;       // signed in by the TLS key alone: AUTH may still follow
    std::optional<Mail> m_mail;
    std::optional<Timestamp> m_notBefore; // HOLDFOR, HOLDUNTIL
    QList<Recipient> m_recipients;
    std::optional<Simulation> m_afterData;
    QByteArray m_message;               // what of it is not in m_spool
    std::optional<core::Spool> m_spool; // none until kSpoolBytes are there
    std::optional<Error> m_spoolFailure;
    std::optional<DataReader> m_reader;
    qint64 m_chunkLeft = 0;
    bool m_chunkLast = false;
    bool m_usingChunks = false;
    std::function<void()> m_whenResumed;
    std::shared_ptr<Answer> m_answer; // while the DNS is asked
    std::function<void(bool)> m_whenAnswered;
    std::chrono::steady_clock::time_point m_helloBy = {};
    std::chrono::steady_clock::time_point m_dripsSince = {};
    qint64 m_dripped = 0; // bytes since then
    QByteArray m_messageKey;
    qint64 m_transactions = 0; // MAIL commands
    int m_badCommands = 0;
    bool m_shuttingDown = false;
};

} // namespace smtp
