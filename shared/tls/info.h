// What a finished TLS handshake tells a protocol session: names, the client's key, channel bindings.
// A value; any thread.
#pragma once

#include <QByteArray>
#include <QList>

namespace tls {

struct Info
{
    QByteArray protocol;   // "TLSv1.3", "TLSv1.2"
    QByteArray cipher;     // OpenSSL's name
    QByteArray serverName; // SNI, lower case; empty = none sent
    QByteArray alpn;       // negotiated; empty = none
    bool resumed = false;
    QList<QByteArray>
        peerChain; // what the peer showed, DER, its own first; of a client: that one alone, if it was asked for
    QByteArray clientKeyFingerprint; // base64url SHA-256 of the SubjectPublicKeyInfo; empty = no client certificate
    QByteArray exporter;             // RFC 9266 tls-exporter, 32 bytes; empty = TLS 1.2 without extended master secret
    QByteArray tlsUnique;            // RFC 5929 3, TLS 1.2 with extended master secret only
    QByteArray serverEndPoint;       // RFC 5929 4, hash of the server's certificate
};

} // namespace tls
