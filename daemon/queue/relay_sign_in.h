// Signing in at a relay, with the strongest mechanism that both sides can use. It is
// bound to the connection's TLS where SCRAM-PLUS is offered. Belongs to one dialogue.
#pragma once

#include "shared/api/transports.h"
#include "shared/smtp/client.h"
#include "shared/tls/info.h"

namespace queue {

// By the client certificate: EXTERNAL where it is offered; a server that knows the certificate may ask for nothing
// more.
[[nodiscard]] bool signsInByKey(const api::Transport &transport);
// `info` is filled when the connection is encrypted. Empty for a transport without sign-in.
[[nodiscard]] std::function<smtp::SignIn(const QList<QByteArray> &offered)>
signInFor(const api::Transport &transport, std::shared_ptr<const std::optional<tls::Info>> info);

} // namespace queue
