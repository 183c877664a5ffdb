// The open ports. What a listener of the settings speaks, with which TLS, becomes a net::Service; changed settings take
// effect on new connections while those that are open go on as they were. Main thread.
#pragma once

#include "daemon/imap/session.h"
#include "daemon/net/listener.h"
#include "daemon/smtp/session.h"
#include "shared/api/status.h"
#include "shared/settings/document.h"
#include "shared/tls/context.h"

#include <map>
#include <set>

namespace app {

// What the sessions are made of.
struct ListenerParts
{
    store::Store &store;
    auth::Authenticator &authenticator;
    const Clock &clock;
    net::NetThreads &net;
    bool acceptAnyAddress = false; // the playground takes any address
};

struct Certificate
{
    QByteArray certificatePem;
    QByteArray keyPem;
};

class Listeners
{
public:
    explicit Listeners(const ListenerParts &parts)
        : m_parts(parts)
    {}

    // Opens, changes and closes ports until they are as wanted. A port that cannot be opened does not stop the others:
    // its problem is kept in status(). An error is about TLS and changes nothing.
    Result<void> apply(const settings::Server &server, const QList<settings::Listener> &wanted,
                       const Certificate &certificate);
    void close() { m_open.clear(); }

    [[nodiscard]] const QList<api::ListenerStatus> &status() const { return m_status; }
    [[nodiscard]] static api::Connections connections(); // any thread

private:
    [[nodiscard]] net::SessionFactory smtpFactory(const settings::Listener &listener, const settings::Server &server,
                                                  bool submission) const;
    [[nodiscard]] net::SessionFactory imapFactory(const settings::Listener &listener,
                                                  const settings::Server &server) const;
    [[nodiscard]] Result<net::Service> serviceOf(const settings::Listener &listener, const settings::Server &server,
                                                 const Certificate &certificate) const;

    using Place = std::pair<QString, int>; // address and port
    const ListenerParts m_parts;
    std::map<Place, std::unique_ptr<net::TcpListener>> m_open;
    QList<api::ListenerStatus> m_status;
};

} // namespace app
