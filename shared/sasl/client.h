// The client's side of SASL (RFC 4422): PLAIN (RFC 4616), LOGIN, SCRAM-SHA-1 and -SHA-256 with and without -PLUS (RFC
// 5802, RFC 7677), EXTERNAL (RFC 4422 A). For delivery through a relay that wants a sign-in, the command line and the
// tests.
//   auto client = makeClient(chooseMechanism(offered, info, false), credentials, info, offered);
//   send client->initial(); for each challenge send step(challenge); when the server says yes: finished().
// Pure; belongs to one session. A SCRAM step derives keys, some milliseconds at the usual 4,096 rounds.
#pragma once

#include "shared/sasl/server.h"

namespace sasl {

struct Credentials
{
    QByteArray name;     // UTF-8
    QByteArray password; // UTF-8; unused by EXTERNAL
};

class Client
{
public:
    virtual ~Client() = default;
    [[nodiscard]] virtual std::optional<QByteArray> initial() = 0; // none: the server speaks first (LOGIN)
    virtual Result<QByteArray> step(QByteArrayView challenge) = 0; // an error: cancel with "*"
    // The server said yes: only SCRAM has more to ask, whether the server proved that it knows us.
    [[nodiscard]] virtual Result<void> finished() const { return {}; }
};

// The strongest of those offered that can be used here; empty = none. Without TLS never PLAIN or LOGIN. haveKey: a TLS
// client key was presented and is to be used.
[[nodiscard]] QByteArray chooseMechanism(const QList<QByteArray> &offered, const tls::Info *tlsOrNull, bool haveKey);

// Null for an unknown mechanism, or PLUS where no channel can be bound. offered: SCRAM tells the server when PLUS was
// missing in it.
[[nodiscard]] std::unique_ptr<Client> makeClient(QByteArrayView mechanism, const Credentials &credentials,
                                                 const tls::Info *tlsOrNull, const QList<QByteArray> &offered = {});

} // namespace sasl
