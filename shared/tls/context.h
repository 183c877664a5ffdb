// A TLS configuration as OpenSSL wants it: certificates, protocol versions, ALPN, tickets. Made from settings, then
// shared and immutable: connections hold a shared_ptr<const Context>. RFC 8446, RFC 5246, RFC 7301 (ALPN), RFC 6066 3
// (SNI). Any thread.
#pragma once

#include "shared/base/result.h"
#include "shared/tls/ticket_keys.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <vector>

struct ssl_ctx_st;

namespace tls {

enum class UnknownName
{
    UseDefault, // incoming SMTP: the listener's own certificate
    Refuse,     // the handshake ends with unrecognized_name
};

enum class Version
{
    Tls12,
    Tls13,
};

struct ServerCertificate
{
    QByteArray certificatePem; // chain, leaf first
    QByteArray keyPem;
    QList<QByteArray> names; // lower case, "*.example.org" for one label; empty = those in the certificate
};

struct ServerOptions
{
    QByteArray certificatePem; // chain, leaf first: for clients that send no name, or an unknown one
    QByteArray keyPem;
    QList<QByteArray> names; // as in ServerCertificate
    UnknownName unknownName = UnknownName::UseDefault;
    QList<QByteArray> alpn; // empty = ALPN is ignored; else no overlap ends with no_application_protocol
    bool tickets = true;
    std::shared_ptr<const TicketKeys> ticketKeys = {}; // null = keys of this context alone, never changed
    bool askForClientKey = false;    // accepted whatever it is: its key is the identity, nothing else is looked at
    QList<QByteArray> clientKeyAlpn; // if not empty, ask only when one of these was chosen
    QList<ServerCertificate>
        moreCertificates; // by server name; the first that matches wins, exact names before patterns
    Version leastVersion = Version::Tls12;
    bool wideCiphers = false; // of TLS 1.2, also those without forward secrecy or AEAD: better than none, for mail
                              // servers that would send in clear
};

struct ClientOptions
{
    bool verify = false;       // opportunistic SMTP does not
    QByteArray authoritiesPem; // empty = the system's
    QByteArray certificatePem; // presented when asked for; may be empty
    QByteArray keyPem;
    QList<QByteArray> alpn; // offered, best first
    Version mostVersion = Version::Tls13;
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
    [[nodiscard]] ssl_ctx_st *nativeFor(const QByteArray &serverName) const; // null = no certificate has this name
    [[nodiscard]] bool verifies() const { return m_verify; }

private:
    struct Named
    {
        QList<QByteArray> names;
        ssl_ctx_st *native; // owned; the default certificate's is m_native
    };
    explicit Context(ssl_ctx_st *native)
        : m_native(native)
    {}
    Result<void> setUpServer(ssl_ctx_st *native, const QByteArray &certificatePem, const QByteArray &keyPem,
                             const QList<QByteArray> &names);

    ssl_ctx_st *m_native;
    std::vector<Named> m_named; // the default first
    ServerOptions m_options;
    bool m_verify = false;
};

} // namespace tls
