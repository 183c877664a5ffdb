// A port the server listens on. Values only; any thread.
#pragma once

#include "shared/settings/tls.h"

#include <QStringList>

namespace settings {

enum class ListenerKind
{
    Smtp,
    Submission,
    Submissions,
    Imap,
    Imaps,
    Http,
    Https,
    Metrics,
};
constexpr auto enumNames(ListenerKind)
{
    return std::array{EnumName{ListenerKind::Smtp, "smtp"},
                      EnumName{ListenerKind::Submission, "submission"},
                      EnumName{ListenerKind::Submissions, "submissions"},
                      EnumName{ListenerKind::Imap, "imap"},
                      EnumName{ListenerKind::Imaps, "imaps"},
                      EnumName{ListenerKind::Http, "http"},
                      EnumName{ListenerKind::Https, "https"},
                      EnumName{ListenerKind::Metrics, "metrics"}};
}

enum class TlsMode
{
    None,
    StartTls,
    Implicit,
};
constexpr auto enumNames(TlsMode)
{
    return std::array{EnumName{TlsMode::None, "none"}, EnumName{TlsMode::StartTls, "starttls"},
                      EnumName{TlsMode::Implicit, "implicit"}};
}

struct Listener
{
    QString name;
    ListenerKind kind = ListenerKind::Smtp;
    QString address; // IP address; empty = all
    int port = 0;
    TlsMode tls = TlsMode::None;
    LeastTls leastTls = LeastTls::Tls12;
    SessionTickets sessionTickets = SessionTickets::Automatic;
    QStringList certificates;       // names of those in the server's settings; empty = all of them
    bool clientKeys = true;         // ask for a client certificate (never done on port 25 or of browsers)
    bool refuseUnknownKeys = false; // a client certificate whose key is not known ends the connection
    bool refuseUnknownNames = true; // SNI we have no certificate for: alert (never on port 25)
    bool mailOnHttps = false;       // ALPN "imap" and "smtp" share the https port
    bool enabled = true;

    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Listener::name, "Name of the listener.", kRequired | kKey),
            field("kind", &Listener::kind, "What it speaks.", kRequired),
            field("address", &Listener::address, "Network address; empty: all."),
            field("port", &Listener::port, "TCP port.", kRequired),
            field("tls", &Listener::tls, "Encryption: none, starttls, or implicit (from the first byte)."),
            field("leastTls", &Listener::leastTls, "Oldest TLS version: 1.2 or 1.3."),
            field("sessionTickets", &Listener::sessionTickets,
                  "Whether clients may resume TLS sessions with tickets; automatic: not on incoming SMTP, where some "
                  "servers break off, and everywhere else."),
            field("certificates", &Listener::certificates,
                  "Names of the server's certificates that it shows; empty: all. The host's is always among them."),
            field("clientKeys", &Listener::clientKeys, "Whether clients may sign in with a TLS key."),
            field("refuseUnknownKeys", &Listener::refuseUnknownKeys,
                  "Refuse clients with a TLS key that is not known, instead of asking for a password."),
            field("refuseUnknownNames", &Listener::refuseUnknownNames,
                  "End TLS handshakes for server names that are not ours; incoming SMTP never does."),
            field("mailOnHttps", &Listener::mailOnHttps, "Offer IMAP and submission on the HTTPS port too (ALPN)."),
            field("enabled", &Listener::enabled, "Whether it is open."),
        };
    }
};

} // namespace settings
