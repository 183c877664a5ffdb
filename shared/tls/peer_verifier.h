// Whether the certificates a server showed are those of the server we wanted: by authorities and names (RFC 5280,
// RFC 6125), or by TLSA records (RFC 6698, RFC 7671 with the rules of RFC 7672 3 for SMTP). Apart from the handshake,
// because opportunistic SMTP encrypts first and decides then. Immutable, shared; any thread; takes about 1 ms.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QByteArray>
#include <QList>

#include <memory>

struct ssl_ctx_st;

namespace tls {

struct TlsaRecord
{
    int usage = 0;    // 2 = DANE-TA, 3 = DANE-EE
    int selector = 0; // 0 = whole certificate, 1 = its SubjectPublicKeyInfo
    int matching = 0; // 0 = as it is, 1 = SHA-256, 2 = SHA-512
    QByteArray data;
    friend bool operator==(const TlsaRecord &, const TlsaRecord &) = default;
};

struct PeerTerms
{
    QList<TlsaRecord> tlsa;  // empty: the authorities decide
    QList<QByteArray> names; // any of them will do; not looked at for usage 3
};

class PeerVerifier
{
public:
    static Result<std::shared_ptr<const PeerVerifier>>
    make(const QByteArray &authoritiesPem = {}); // empty = the system's
    ~PeerVerifier();
    PeerVerifier(const PeerVerifier &) = delete;
    PeerVerifier &operator=(const PeerVerifier &) = delete;

    // `chain` as tls::Info::peerChain: DER, the server's first. Error::code is the result type of RFC 8460 4.3.
    [[nodiscard]] Result<void> verify(const QList<QByteArray> &chain, const PeerTerms &terms, Timestamp now) const;

private:
    explicit PeerVerifier(ssl_ctx_st *native)
        : m_native(native)
    {}
    ssl_ctx_st *m_native;
};

} // namespace tls
