// How TLS handshakes went: metrics, a log line each, and for accepted connections sums by hour that wait here until
// somebody stores them. A failure is named as tls::Engine names it, or "timeout". Any thread; a mutex guards the sums.
#pragma once

#include "shared/base/ip.h"
#include "shared/base/time.h"
#include "shared/tls/info.h"

#include <map>
#include <mutex>

namespace net {

struct HandshakeKind
{
    qint64 hour = 0; // since 1970
    QByteArray service;
    QByteArray version; // empty = it failed before both sides had agreed on one
    QByteArray cipher;
    QByteArray result; // "ok", "resumed", or why it failed
    friend auto operator<=>(const HandshakeKind &, const HandshakeKind &) = default;
};
using HandshakeSums = std::map<HandshakeKind, qint64>;

inline constexpr qsizetype kMostHandshakeKinds = 2'000; // waiting; what comes beyond them is counted as "other"

class HandshakeCounts
{
public:
    explicit HandshakeCounts(const Clock &clock)
        : m_clock(clock)
    {}
    void add(HandshakeKind kind);       // one, now
    [[nodiscard]] HandshakeSums take(); // and forgets them
    void putBack(const HandshakeSums &sums);
    [[nodiscard]] HandshakeSums waiting() const;

private:
    static void addTo(HandshakeSums &sums, const HandshakeKind &kind, qint64 count);

    const Clock &m_clock;
    mutable std::mutex m_mutex; // guards m_sums
    HandshakeSums m_sums;
};

struct FinishedHandshake
{
    const char *service;
    bool incoming = true;
    const tls::Info &info;
    const char *failure = ""; // empty = it went well
    const IpAddress &peer;
};

// countsOrNull: of the server that runs; tests of single parts have none.
void noteHandshake(const FinishedHandshake &handshake, HandshakeCounts *countsOrNull);

} // namespace net
