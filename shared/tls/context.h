// A TLS configuration as OpenSSL wants it: certificates, protocol versions, ALPN, tickets. Made from settings, then shared and
// immutable: connections hold a shared_ptr<const Context>. RFC 8446, RFC 5246, RFC 7301 (ALPN), RFC 6066 3 (SNI).
// Any thread.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QList>

#include <memory>

struct ssl_ctx_st;

namespace tls {

enum class UnknownName
{
    UseDefault,   // incoming SMTP: the listener's own certificate
    Refuse,       // the handshake ends with unrecognized_name
};

struct ServerOptions
{
    QByteArray certificatePem;            // chain, leaf first
    QByteArray keyPem;
    QList<QByteArray> names;              // that the certificate is for, lower case
    UnknownName unknownName = UnknownName::UseDefault;
    QList<QByteArray> alpn;               // empty = ALPN is ignored; else no overlap ends with no_application_protocol
    bool tickets = true;
    bool askForClientKey = false;         // accepted whatever it is: its key is the identity, nothing else is looked at
    QList<QByteArray> clientKeyAlpn;      // if not empty, ask only when one of these was chosen
};

struct ClientOptions
{
    bool verify = false;                  // opportunistic SMTP does not
    QByteArray authoritiesPem;            // empty = the system's
    QByteArray certificatePem;            // presented when asked for; may be empty
    QByteArray keyPem;
};

class Context
{
public:
    static Result<std::shared_ptr<const Context>> server(const ServerOptions &options);
    static Result<std::shared_ptr<const Context>> client(const ClientOptions &options);
    ~Context();
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    [[nodiscard]] ssl_ctx_st *native() const { return m_native; }
    [[nodiscard]] const ServerOptions &serverOptions() const { return m_options; }
    [[nodiscard]] bool verifies() const { return m_verify; }

private:
    explicit Context(ssl_ctx_st *native)
        : m_native(native)
    {
    }

    ssl_ctx_st *m_native;
    ServerOptions m_options;
    bool m_verify = false;
};

} // namespace tls
