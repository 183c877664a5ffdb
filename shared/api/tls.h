// How TLS handshakes went, and the one-time link that hands a phone its key file. Values only; any thread.
#pragma once

#include "shared/api/method.h"

namespace api {

struct HandshakeFailure
{
    QString reason;
    qint64 count = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("reason", &HandshakeFailure::reason, "Why, such as alert unknown_ca, eof, plain text or timeout."),
            field("count", &HandshakeFailure::count, "How many."),
        };
    }
};
struct Handshakes
{
    Timestamp at;
    QString service;
    QString version;
    QString cipher;
    qint64 ok = 0;
    qint64 resumed = 0;
    qint64 failed = 0;
    QList<HandshakeFailure> reasons;
    static constexpr auto fields()
    {
        return std::tuple{
            field("at", &Handshakes::at, "Start of the hour."),
            field("service", &Handshakes::service, "smtp, submission, submissions, imap, imaps or https."),
            field("version", &Handshakes::version, "TLS version; empty: it failed before one was agreed on."),
            field("cipher", &Handshakes::cipher, "Cipher; empty: it failed before one was agreed on."),
            field("ok", &Handshakes::ok, "Full handshakes that went well."),
            field("resumed", &Handshakes::resumed, "Handshakes that resumed a session."),
            field("failed", &Handshakes::failed, "Handshakes that failed."),
            field("reasons", &Handshakes::reasons, "Why they failed."),
        };
    }
};
struct HandshakesParams
{
    int hours = 24;
    QString service;
    static constexpr auto fields()
    {
        return std::tuple{field("hours", &HandshakesParams::hours, "How many hours back, at most 744."),
                          field("service", &HandshakesParams::service, "Only of this service.", kKey)};
    }
};
struct HandshakesResult
{
    QList<Handshakes> handshakes;
    static constexpr auto fields()
    {
        return std::tuple{field("handshakes", &HandshakesResult::handshakes, "By hour, the oldest first.")};
    }
};

struct EnrolParams
{
    QString file;
    static constexpr auto fields()
    {
        return std::tuple{field("file", &EnrolParams::file,
                                "The key file (PKCS#12, encrypted with a passphrase the server is not told), base64.",
                                kRequired)};
    }
};
struct EnrolResult
{
    QString url;
    Timestamp expiresAt;
    static constexpr auto fields()
    {
        return std::tuple{
            field("url", &EnrolResult::url, "Hands out the file once; whoever knows it can take it."),
            field("expiresAt", &EnrolResult::expiresAt, "When it stops working."),
        };
    }
};

inline constexpr Method<HandshakesParams, HandshakesResult> kTlsHandshakes{
    "tls.handshakes", "Show how TLS handshakes of incoming connections went, by hour.", Role::Admin, "tls-handshakes",
    ""};
inline constexpr Method<EnrolParams, EnrolResult> kDevicesEnrol{
    "devices.enrol", "Make a link that hands a device its encrypted key file once, within ten minutes.", Role::Admin,
    "devices", "enrol"};

} // namespace api
