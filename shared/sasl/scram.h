// SCRAM's server (RFC 5802, RFC 7677, channel bindings RFC 5929 and RFC 9266). Any of the passwords an account has may
// be the right one: their secrets share a salt, so the client's proof is tried with each. Belongs to one session.
#pragma once

#include "shared/sasl/server.h"

namespace sasl {

class ScramServer final : public Server
{
public:
    ScramServer(crypto::Hash hash, bool plus, const tls::Info *tlsOrNull);
    Step step(QByteArrayView response) override;
    Step provide(const QList<Secrets> &secrets) override;
    [[nodiscard]] SecretKind secretKind() const override
    {
        return m_hash == crypto::Hash::Sha1 ? SecretKind::ScramSha1 : SecretKind::ScramSha256;
    }

    QByteArray serverNonce; // random; tests set it

private:
    Step first(QByteArrayView message);
    Step final(QByteArrayView message);
    Step chooseBinding(QByteArrayView name);

    crypto::Hash m_hash;
    bool m_plus;
    std::optional<tls::Info> m_tls;
    QByteArray m_gs2Header;
    QByteArray m_binding;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
    QByteArray m_nonce;
    QByteArray m_name;
    QList<Secrets> m_secrets;
    int m_steps = 0;
};

} // namespace sasl
