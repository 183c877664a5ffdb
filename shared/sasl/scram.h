// SCRAM's server (RFC 5802, RFC 7677, channel bindings RFC 5929 and RFC 9266). An unknown name gets a salt derived from
// the server's own key, so that it looks like every other name, and fails at the end. Belongs to one session.
#pragma once

#include "shared/sasl/server.h"

namespace sasl {

class ScramServer final : public Server
{
public:
    ScramServer(crypto::Hash hash, bool plus, const tls::Info *tlsOrNull, QByteArray dummyKey);
    Step step(QByteArrayView response) override;
    Step provide(const std::optional<Secrets> &secrets) override;
    [[nodiscard]] crypto::Hash hash() const override { return m_hash; }

    QByteArray serverNonce; // random; tests set it

private:
    Step first(QByteArrayView message);
    Step final(QByteArrayView message);
    Step chooseBinding(QByteArrayView name);

    crypto::Hash m_hash;
    bool m_plus;
    std::optional<tls::Info> m_tls;
    QByteArray m_dummyKey;
    QByteArray m_gs2Header;
    QByteArray m_binding;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
    QByteArray m_nonce;
    QByteArray m_name;
    Secrets m_secrets;
    bool m_known = false;
    int m_steps = 0;
};

} // namespace sasl
