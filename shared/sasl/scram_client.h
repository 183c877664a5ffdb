// SCRAM's client (RFC 5802, RFC 7677; channel bindings RFC 9266 and RFC 5929). Belongs to one session.
#pragma once

#include "shared/sasl/client.h"

namespace sasl {

class ScramClient final : public Client
{
public:
    struct Binding
    {
        QByteArray name; // "tls-exporter"; empty = none
        QByteArray data;
        bool serverCannot = false; // without binding: we could, the server did not offer it ("y", RFC 5802 6)
    };
    ScramClient(crypto::Hash hash, Credentials credentials, Binding binding);

    [[nodiscard]] std::optional<QByteArray> initial() override;
    Result<QByteArray> step(QByteArrayView challenge) override;
    [[nodiscard]] Result<void> finished() const override;

    QByteArray nonce; // random; tests set it

private:
    Result<QByteArray> answer(QByteArrayView serverFirst);
    Result<QByteArray> verify(QByteArrayView serverFinal);

    crypto::Hash m_hash;
    Credentials m_credentials;
    Binding m_binding;
    QByteArray m_gs2Header;
    QByteArray m_firstBare;
    QByteArray m_expectedSignature;
    bool m_verified = false;
};

// What a connection can bind with, best first: tls-exporter, tls-unique, tls-server-end-point.
[[nodiscard]] ScramClient::Binding bindingOf(const tls::Info *tlsOrNull);

} // namespace sasl
