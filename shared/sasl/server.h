// The server's side of SASL (RFC 4422): PLAIN (RFC 4616), LOGIN, SCRAM-SHA-1 and -SHA-256 with and without -PLUS (RFC
// 5802, RFC 7677), EXTERNAL with a TLS key (RFC 4422 A). One step at a time: the client's bytes in, a step out.
// Verifying a password and finding SCRAM secrets are the caller's, because they take time: the step says so and the
// caller answers with provide() or decides itself. Pure; belongs to one session.
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
    QByteArray storedKey;
    QByteArray serverKey;
};

[[nodiscard]] Secrets deriveSecrets(crypto::Hash hash, QByteArrayView password, const QByteArray &salt,
                                    int iterations = 4096);

struct Step
{
    enum class Kind
    {
        Challenge,     // send `bytes`, wait for the client
        CheckPassword, // name and password are there: the caller decides
        NeedSecrets,   // find the secrets of `name`, call provide()
        Success,       // `name` is signed in; `bytes`, if any, go to the client first and its answer must be empty
        BadCredentials,
        ProtocolError, // `bytes` says what the client did wrong
    };
    Kind kind = Kind::ProtocolError;
    QByteArray bytes;
    QByteArray name;     // login name as sent, UTF-8
    QByteArray password; // CheckPassword only
};

class Server
{
public:
    virtual ~Server() = default;
    virtual Step step(QByteArrayView response) = 0; // the first call carries the initial response, or nothing
    virtual Step provide(const std::optional<Secrets> &secrets); // answers NeedSecrets; none = unknown name
    [[nodiscard]] virtual bool clientFirst() const { return true; }
    [[nodiscard]] virtual crypto::Hash hash() const { return crypto::Hash::Sha256; }
};

// Offered on a connection, strongest first. PLUS only where the channel can be bound. keyOwner: login name of the
// account that the client's TLS key belongs to, looked up by its fingerprint before; empty = none, and then no
// EXTERNAL.
[[nodiscard]] QList<QByteArray> mechanisms(const tls::Info *tlsOrNull, const QByteArray &keyOwner = {});

// Null for a mechanism that is not offered. `dummyKey`: a secret of this server, for salts of accounts that do not
// exist.
[[nodiscard]] std::unique_ptr<Server> makeServer(QByteArrayView mechanism, const tls::Info *tlsOrNull,
                                                 const QByteArray &dummyKey, const QByteArray &keyOwner = {});

[[nodiscard]] bool canBind(const tls::Info *tlsOrNull); // some channel binding is known for this connection

} // namespace sasl
