// A port the server listens on. Values only; any thread.
#pragma once

#include "shared/base/fields.h"

#include <array>

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
    bool tickets = true;             // TLS session tickets, RFC 5077 and RFC 8446 2.2
    bool clientKeys = true;          // ask for a client certificate (never done on port 25 or of browsers)
    bool refuseUnknownKeys = false;  // a client certificate whose key is not known ends the connection
    bool refuseUnknownNames = false; // SNI we have no certificate for: alert instead of the default certificate
    bool mailOnHttps = false;        // ALPN "imap" and "smtp" share the https port
    bool enabled = true;

    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &Listener::name, "Name of the listener.", kRequired | kKey),
            field("kind", &Listener::kind, "What it speaks.", kRequired),
            field("address", &Listener::address, "Network address; empty: all."),
            field("port", &Listener::port, "TCP port.", kRequired),
            field("tls", &Listener::tls, "Encryption: none, starttls, or implicit (from the first byte)."),
            field("tickets", &Listener::tickets, "Whether clients may resume TLS sessions with tickets."),
            field("clientKeys", &Listener::clientKeys, "Whether clients may sign in with a TLS key."),
            field("refuseUnknownKeys", &Listener::refuseUnknownKeys,
                  "Refuse clients with a TLS key that is not known, instead of asking for a password."),
            field("refuseUnknownNames", &Listener::refuseUnknownNames,
                  "Refuse TLS for server names that are not ours."),
            field("mailOnHttps", &Listener::mailOnHttps, "Offer IMAP and submission on the HTTPS port too (ALPN)."),
            field("enabled", &Listener::enabled, "Whether it is open."),
        };
    }
};

} // namespace settings
