// The server's side of SASL (RFC 4422): PLAIN (RFC 4616), LOGIN, CRAM-MD5 (RFC 2195), SCRAM-SHA-1 and -SHA-256 with and
// without -PLUS (RFC 5802, RFC 7677), EXTERNAL with a TLS key (RFC 4422 A). One step at a time: the client's bytes in,
// a step out. Verifying a password, finding secrets and whose address a name is are the caller's, because they take
// time: the step says so and the caller answers with provide() or decides itself. Pure; belongs to one session.
#pragma once

#include "shared/base/result.h"
#include "shared/crypto/crypto.h"
#include "shared/tls/info.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <memory>
#include <optional>

namespace sasl {

struct Secrets // RFC 5802 3: what is kept instead of a password
{
    QByteArray salt;
    int iterations = 4096;
    QByteArray storedKey; // empty = no password fits
    QByteArray serverKey;
};

[[nodiscard]] Secrets deriveSecrets(crypto::Hash hash, QByteArrayView password, const QByteArray &salt,
                                    int iterations = 4096);
// CRAM-MD5's is its storedKey: HMAC-MD5 with the password as key, ready for any challenge.
[[nodiscard]] Secrets deriveCramMd5(QByteArrayView password);

enum class SecretKind
{
    ScramSha1,
    ScramSha256,
    CramMd5,
};

struct Step
{
    enum class Kind
    {
        Challenge,     // send `bytes`, wait for the client
        CheckPassword, // name and password are there: the caller decides
        NeedSecrets,   // find the secrets of `name`, call provide()
        ActAs,         // EXTERNAL: the client's key may sign in as `name`, empty = as whose it is: the caller decides
        Success,       // `name` is signed in; `bytes`, if any, go to the client first and its answer must be empty
        BadCredentials,
        BadChannelBinding, // somebody is between the client and us
        ProtocolError,     // `bytes` says what the client did wrong
    };
    Kind kind = Kind::ProtocolError;
    QByteArray bytes;
    QByteArray name;     // login name as sent, UTF-8
    QByteArray password; // CheckPassword only
    qsizetype which = 0; // Success: of the secrets that were provided
};

class Server
{
public:
    virtual ~Server() = default;
    virtual Step step(QByteArrayView response) = 0; // the first call carries the initial response, or nothing
    // Answers NeedSecrets: those of all passwords the account has, with one salt and count; for an unknown name one
    // that looks like any other and whose storedKey is empty.
    virtual Step provide(const QList<Secrets> &secrets);
    [[nodiscard]] virtual bool clientFirst() const { return true; }
    [[nodiscard]] virtual SecretKind secretKind() const { return SecretKind::ScramSha256; }
};

// What this connection has.
struct Offer
{
    const tls::Info *tlsOrNull = nullptr;
    bool knownKey = false;     // the client's TLS key belongs to an account: EXTERNAL
    bool cramMd5 = false;      // wanted, although it protects less
    QByteArray challenge = {}; // CRAM-MD5's, RFC 2195 2: "<unique@host>"
};

// Offered on a connection, strongest first. PLUS only where the channel can be bound.
[[nodiscard]] QList<QByteArray> mechanisms(const Offer &offer);

// Null for a mechanism that is not offered.
[[nodiscard]] std::unique_ptr<Server> makeServer(QByteArrayView mechanism, const Offer &offer);

[[nodiscard]] bool canBind(const tls::Info *tlsOrNull); // some channel binding is known for this connection

} // namespace sasl
