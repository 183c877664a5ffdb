// An SMTP server session: incoming mail, or submission when options.submission is set (RFC 5321, RFC 6409).
// Framing by state, so that message data is never parsed as commands; one table of commands with what each needs; the
// message is parsed on the Check pool and committed before its 250. Belongs to its connection; see net/session.h for
// threads. Memory: a command line of 2 KiB, or the message up to its size limit.
#pragma once

#include "daemon/auth/sign_in.h"
#include "daemon/net/session.h"
#include "daemon/queue/rows.h"
#include "daemon/smtp/simulation.h"
#include "daemon/store/messages.h"
#include "daemon/store/store.h"
#include "shared/base/log.h"
#include "shared/smtp/command.h"
#include "shared/smtp/data_reader.h"
#include "shared/smtp/reply.h"

namespace smtp {

inline constexpr qsizetype kMostRecipients = 100; // RFC 5321 4.5.3.1.8
inline constexpr int kMostBadCommands = 10;
inline constexpr int kMostReceived = 100; // RFC 5321 6.3: a loop
inline constexpr qsizetype kMostPipelined = 1024 * 1024;

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
};

struct Services
{
    store::Store &store;
    auth::Authenticator &authenticator;
    const Clock &clock;
    Options options;
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
    struct Recipient
    {
        Rcpt rcpt;
        Address address;
        QList<qint64> accounts;
        bool leaves = false; // for the queue
    };
    struct Row;
    static const Row kCommands[];

    void process();
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
    void help(QByteArrayView argument);

    void saslLine(QByteArrayView line);
    void answer(const auth::SignIn::Answer &answer); // to AUTH
    void signedIn();
    bool signInByKey(); // false: the key is refused, and the connection ends
    void dataEnded();
    void chunkEnded();
    void count(const char *result) const;
    void simulate(const Simulation &simulation);
    [[nodiscard]] queue::Outgoing outgoing(const std::shared_ptr<const store::Prepared> &message,
                                           const QByteArray &received) const;
    void deliver();
    void delivered();
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
    bool m_byKey = false; // signed in by the TLS key alone: AUTH may still follow
    std::optional<Mail> m_mail;
    QList<Recipient> m_recipients;
    std::optional<Simulation> m_afterData;
    QByteArray m_message;
    std::optional<DataReader> m_reader;
    qint64 m_chunkLeft = 0;
    bool m_chunkLast = false;
    bool m_usingChunks = false;
    bool m_tooLarge = false;
    std::function<void()> m_whenResumed;
    QByteArray m_messageKey;
    int m_badCommands = 0;
    bool m_shuttingDown = false;
};

} // namespace smtp
