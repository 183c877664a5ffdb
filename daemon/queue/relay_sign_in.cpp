#include "daemon/queue/relay_sign_in.h"

#include "shared/sasl/client.h"

namespace queue {

namespace {

class RelaySignIn final : public smtp::SignIn
{
public:
    RelaySignIn(QByteArray mechanism, std::unique_ptr<sasl::Client> client)
        : m_mechanism(std::move(mechanism))
        , m_client(std::move(client))
    {}
    [[nodiscard]] QByteArray mechanism() const override { return m_mechanism; }
    [[nodiscard]] std::optional<QByteArray> initial() override { return m_client->initial(); }
    Result<QByteArray> step(QByteArrayView challenge) override { return m_client->step(challenge); }
    [[nodiscard]] Result<void> finished() const override { return m_client->finished(); }

private:
    const QByteArray m_mechanism;
    const std::unique_ptr<sasl::Client> m_client;
};

} // namespace

bool signsInByKey(const api::Transport &transport)
{
    return !transport.clientCertificate.isEmpty() && transport.password.isEmpty();
}

std::function<std::unique_ptr<smtp::SignIn>(const QList<QByteArray> &offered)>
signInFor(const api::Transport &transport, std::shared_ptr<const std::optional<tls::Info>> info)
{
    const bool byKey = signsInByKey(transport);
    if (transport.user.isEmpty() && !byKey)
        return {};
    return
        [transport, info = std::move(info), byKey](const QList<QByteArray> &offered) -> std::unique_ptr<smtp::SignIn> {
            const tls::Info *tls = *info ? &**info : nullptr;
            const QByteArray mechanism = sasl::chooseMechanism(offered, tls, byKey);
            if (mechanism.isEmpty() || (byKey && mechanism != "EXTERNAL"))
                return nullptr;
            auto client = sasl::makeClient(
                mechanism, {.name = transport.user.toUtf8(), .password = transport.password.toUtf8()}, tls, offered);
            return client ? std::make_unique<RelaySignIn>(mechanism, std::move(client)) : nullptr;
        };
}

} // namespace queue
