#include "daemon/queue/relay_sign_in.h"

#include "shared/sasl/client.h"

namespace queue {

bool signsInByKey(const api::Transport &transport)
{
    return !transport.clientCertificate.isEmpty() && transport.password.isEmpty();
}

std::function<smtp::SignIn(const QList<QByteArray> &offered)>
signInFor(const api::Transport &transport, std::shared_ptr<const std::optional<tls::Info>> info)
{
    const bool byKey = signsInByKey(transport);
    if (transport.user.isEmpty() && !byKey)
        return {};
    return [transport, info = std::move(info), byKey](const QList<QByteArray> &offered) -> smtp::SignIn {
        const tls::Info *tls = *info ? &**info : nullptr;
        const QByteArray mechanism = sasl::chooseMechanism(offered, tls, byKey);
        if (mechanism.isEmpty() || (byKey && mechanism != "EXTERNAL"))
            return {};
        return {mechanism,
                sasl::makeClient(mechanism, {.name = transport.user.toUtf8(), .password = transport.password.toUtf8()},
                                 tls, offered)};
    };
}

} // namespace queue
