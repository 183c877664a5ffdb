// The signing in of one connection, the same for IMAP and submission: the client's TLS key, the SASL dialogue, limits
// and delays, and what is recorded of it. The protocol's session asks it what to offer, hands it what the client sends,
// and puts the answer into its own words; it does the protocol's encoding, too.
//   answer = signIn.begin(out, mechanism, initial);
//   Challenge: send answer.text, give the client's answer to respond(). Working: a Work is in `out`; then resumed().
// The rules. A key that belongs to an account signs in without another word where the protocol can (bySelf()); another
// mechanism on top must be for the same account. An unknown key signs nobody in and stands in nobody's way, unless the
// setting wants it refused; it is noted as seen only when a right password came on the same connection. A name that is
// an alias, or nobody's, or that has no secret for the mechanism, is answered like a wrong password, after the same
// time. Belongs to its session, which one thread at a time touches.
#pragma once

#include "daemon/auth/authenticator.h"
#include "daemon/net/session.h"

namespace auth {

inline constexpr int kMostFailuresPerConnection = 5;

struct SignInOptions
{
    const char *service = "imap";   // as in the log of sign-ins
    QByteArray hostname;            // in CRAM-MD5's challenge
    bool cramMd5 = false;           // offered
    bool refuseUnknownKeys = false; // a TLS key that is not known ends the connection
};

class SignIn
{
public:
    struct Answer
    {
        enum class Kind
        {
            Challenge,    // `text` for the client, which answers to respond()
            Working,      // call resumed() when the session is
            SignedIn,     // account() and login() say as whom
            Refused,      // `text` says that and no more
            OtherChannel, // somebody is between the client and us
            Invalid,      // the client's mistake, named by `text`
            NotOffered,
            TooMany, // failures from there: try later
            Busy,
        };
        Kind kind = Kind::Refused;
        QByteArray text = {};
    };

    SignIn(Authenticator &authenticator, SignInOptions options)
        : m_authenticator(authenticator)
        , m_options(std::move(options))
    {}
    ~SignIn() { signOut(); }
    SignIn(const SignIn &) = delete;
    SignIn &operator=(const SignIn &) = delete;

    void started(const net::Peer &peer) { m_peer = peer; }
    void secured(const tls::Info &info); // the key is looked up anew, also in a session that is resumed

    [[nodiscard]] bool refusesKey(); // asked once, when the peer is known; counts as a failure
    [[nodiscard]] bool wantsPreauth() const { return m_key && !m_key->noImapPreauth; }
    // Signs in with the key alone; false: it belongs to nobody.
    [[nodiscard]] bool bySelf();
    void triedInPreauth(const QByteArray &mechanism); // where it was signed in already

    [[nodiscard]] QList<QByteArray> mechanisms() const { return sasl::mechanisms(offer()); }
    Answer begin(net::Outbox &out, const QByteArray &mechanism, const std::optional<QByteArray> &initial);
    Answer respond(net::Outbox &out, QByteArrayView response);
    Answer password(net::Outbox &out, const QByteArray &name, const QByteArray &password); // IMAP's LOGIN
    Answer resumed(net::Outbox &out);
    void cancelled();
    void signOut();

    void client(const QString &nameAndVersion); // as it said of itself; before or after the sign-in

    [[nodiscard]] qint64 account() const { return m_account; } // 0 = not signed in
    [[nodiscard]] const QByteArray &login() const { return m_login; }
    [[nodiscard]] bool hasFailedTooOften() const { return m_failures >= kMostFailuresPerConnection; }

private:
    struct Asked; // what the work under way is to find out
    [[nodiscard]] sasl::Offer offer() const;
    [[nodiscard]] bool mayTry();
    [[nodiscard]] Answer take(net::Outbox &out, const sasl::Step &step);
    void work(net::Outbox &out, net::Pool pool, std::move_only_function<void(Asked &)> find);
    [[nodiscard]] Answer actAs(const QByteArray &name);
    [[nodiscard]] Answer conclude(net::Outbox &out, qint64 account, qint64 appPassword);
    [[nodiscard]] Answer refuse(net::Outbox *outOrNull, api::SignInResult result, bool counts);
    [[nodiscard]] bool attach(const QByteArray &device);
    void noteSeenKey() const;
    void note(api::SignInResult result, const QByteArray &device) const;

    Authenticator &m_authenticator;
    const SignInOptions m_options;
    net::Peer m_peer;
    std::optional<tls::Info> m_tls;
    std::optional<DeviceDirectory::Key> m_key; // the client's, if it belongs to an account
    bool m_refusesKey = false;
    QString m_client;
    QByteArray m_mechanism;
    QByteArray m_login;
    QByteArray m_challenge; // CRAM-MD5's
    std::unique_ptr<sasl::Server> m_sasl;
    std::shared_ptr<Asked> m_asked;
    std::optional<std::pair<qint64, qint64>> m_proved; // account and app password; the client has yet to hear our proof
    qint64 m_account = 0;
    QList<QByteArray> m_devices; // it is signed in with
    int m_failures = 0;
};

} // namespace auth
