// TLS as the settings have it: the server's certificates, and what a listener may choose. Values only; any thread.
#pragma once

#include "shared/base/fields.h"

#include <array>

namespace settings {

// PEM files on the server, read again when they change. Keys never enter the document.
struct CertificateFiles
{
    QString name; // what listeners call it; not a host name, those are in the certificate
    QString certificateFile;
    QString keyFile;

    static constexpr auto fields()
    {
        return std::tuple{
            field("name", &CertificateFiles::name, "What listeners call it.", kRequired | kKey),
            field("certificateFile", &CertificateFiles::certificateFile,
                  "File with the certificate and what leads to its authority, PEM.", kRequired),
            field("keyFile", &CertificateFiles::keyFile, "File with its private key, PEM.", kRequired),
        };
    }
};

enum class LeastTls
{
    Tls12,
    Tls13,
};
constexpr auto enumNames(LeastTls)
{
    return std::array{EnumName{LeastTls::Tls12, "1.2"}, EnumName{LeastTls::Tls13, "1.3"}};
}

enum class SessionTickets // RFC 5077, RFC 8446 2.2
{
    Automatic, // off on incoming SMTP, where some senders end the connection when they are offered; on elsewhere
    On,
    Off,
};
constexpr auto enumNames(SessionTickets)
{
    return std::array{EnumName{SessionTickets::Automatic, "automatic"}, EnumName{SessionTickets::On, "on"},
                      EnumName{SessionTickets::Off, "off"}};
}

} // namespace settings
