// The open ports. What a listener of the settings speaks, with which TLS, becomes a net::Service; changed settings take
// effect on new connections while those that are open go on as they were. Main thread.
#pragma once

#include "daemon/http/session.h"
#include "daemon/imap/session.h"
#include "daemon/net/listener.h"
#include "daemon/smtp/session.h"
#include "shared/api/status.h"
#include "shared/settings/document.h"
#include "shared/tls/context.h"

#include <QMap>

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
    http::Enrolments &enrolments;
    http::RequestLimits &httpLimits;
    bool acceptAnyAddress = false; // the playground takes any address
    smtp::NullMxCheck hasNullMx;
};

struct Certificate
{
    QByteArray certificatePem;
    QByteArray keyPem;
    friend bool operator==(const Certificate &, const Certificate &) = default;
};

struct Certificates
{
    Certificate host;                     // for the host's name, and for clients that ask for none
    QMap<QString, Certificate> named;     // of the settings, by their name there
    QMap<QString, QString> problems = {}; // of the settings: why one is not usable now
    friend bool operator==(const Certificates &, const Certificates &) = default;
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
                       const Certificates &certificates);
    void close() { m_open.clear(); }
    void rotateTicketKeys(); // once a day

    [[nodiscard]] const QList<api::ListenerStatus> &status() const { return m_status; }
    [[nodiscard]] static api::Connections connections(); // any thread

private:
    [[nodiscard]] net::SessionFactory smtpFactory(const settings::Listener &listener, const settings::Server &server,
                                                  bool submission) const;
    [[nodiscard]] net::SessionFactory httpFactory(const settings::Listener &listener) const;
    [[nodiscard]] net::SessionFactory imapFactory(const settings::Listener &listener,
                                                  const settings::Server &server) const;
    [[nodiscard]] net::Protocol protocolOf(settings::ListenerKind kind, const settings::Listener &listener,
                                           const settings::Server &server) const;
    [[nodiscard]] Result<net::Service> serviceOf(const settings::Listener &listener, const settings::Server &server,
                                                 const Certificates &certificates);
    [[nodiscard]] Result<std::shared_ptr<const tls::Context>>
    contextOf(const settings::Listener &listener, const QByteArray &hostname, const Certificates &certificates);

    using Place = std::pair<QString, int>; // address and port
    const ListenerParts m_parts;
    std::map<Place, std::unique_ptr<net::TcpListener>> m_open;
    std::map<QString, std::shared_ptr<tls::TicketKeys>> m_ticketKeys; // by listener; outlive changes of settings
    QList<api::ListenerStatus> m_status;
};

} // namespace app
