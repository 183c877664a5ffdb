#include "daemon/net/handshakes.h"

#include "shared/base/log.h"
#include "shared/base/metrics.h"

namespace net {

namespace {

const Log kLog("tls");
// Of one name but two families: what strangers make of failures leaves the room of those that went well alone.
const char kName[] = "postroom_tls_handshakes_total";
const char kHelp[] = "TLS handshakes by service, direction, result, version and cipher.";
const CounterFamily kGood{kName, kHelp, {"service", "direction", "result", "version", "cipher"}};
const CounterFamily kFailed{kName, kHelp, {"service", "direction", "result", "version", "cipher"}};

} // namespace

void HandshakeCounts::addTo(HandshakeSums &sums, const HandshakeKind &kind, qint64 count)
{
    const auto found = sums.find(kind);
    if (found != sums.end())
        found->second += count;
    else if (sums.size() < static_cast<size_t>(kMostHandshakeKinds))
        sums.emplace(kind, count);
    else
        sums[{.hour = kind.hour, .service = kind.service, .version = {}, .cipher = {}, .result = "other"}] += count;
}

void HandshakeCounts::add(HandshakeKind kind)
{
    kind.hour = std::chrono::floor<std::chrono::hours>(m_clock.now().time_since_epoch()).count();
    const std::lock_guard lock(m_mutex);
    addTo(m_sums, kind, 1);
}

HandshakeSums HandshakeCounts::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_sums, {});
}

void HandshakeCounts::putBack(const HandshakeSums &sums)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[kind, count] : sums)
        addTo(m_sums, kind, count);
}

HandshakeSums HandshakeCounts::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_sums;
}

void noteHandshake(const FinishedHandshake &handshake, HandshakeCounts *countsOrNull)
{
    const tls::Info &info = handshake.info;
    const bool good = *handshake.failure == '\0';
    const QByteArray result = good ? (info.resumed ? "resumed" : "ok") : handshake.failure;
    (good ? kGood : kFailed)
        .add({handshake.service, handshake.incoming ? "in" : "out", result, info.protocol, info.cipher});
    if (Log::enabled(good ? LogLevel::Debug : LogLevel::Info)) {
        const Log log = kLog.with({{"service", QLatin1StringView(handshake.service)},
                                   {"peer", handshake.peer.toString()},
                                   {"version", QString::fromLatin1(info.protocol)},
                                   {"cipher", QString::fromLatin1(info.cipher)},
                                   {"name", QString::fromLatin1(info.serverName)}});
        if (good)
            log.debug("handshake done", {{"resumed", info.resumed}, {"protocol", QString::fromLatin1(info.alpn)}});
        else
            log.info("handshake failed", {{"reason", QLatin1StringView(handshake.failure)}});
    }
    if (handshake.incoming && countsOrNull)
        countsOrNull->add(
            {.service = handshake.service, .version = info.protocol, .cipher = info.cipher, .result = result});
}

} // namespace net
