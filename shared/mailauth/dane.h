// TLSA records (RFC 6698 2.1) and what they ask of an SMTP delivery (RFC 7672 2.2). Verifying is tls::PeerVerifier's.
// Pure; any thread.
#pragma once

#include "shared/tls/peer_verifier.h"

#include <QByteArrayView>

namespace mailauth {

[[nodiscard]] Result<tls::TlsaRecord> parseTlsa(QByteArrayView rdata);    // wire form
[[nodiscard]] Result<tls::TlsaRecord> parseTlsaText(QByteArrayView text); // "3 1 1 0123…"

// Those that SMTP can use: usages 2 and 3 (RFC 7672 3.1.3: 0 and 1 count as unusable), known selector and matching
// type, data of the right length.
[[nodiscard]] QList<tls::TlsaRecord> usableTlsa(const QList<tls::TlsaRecord> &records);

} // namespace mailauth
