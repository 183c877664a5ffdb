// The time series of TLS handshakes of accepted connections: sums by hour, service, version, cipher and result.
// net::HandshakeCounts collects them; addHandshakes() runs in the writer's transaction, the list on workers.
#pragma once

#include "daemon/db/database.h"
#include "daemon/net/handshakes.h"
#include "shared/api/tls.h"

namespace reports {

extern const char *const kSchema0002; // migration "reports/0002_handshakes"

inline constexpr std::chrono::days kKeepHandshakes{31};

Result<void> addHandshakes(db::Database &db, const net::HandshakeSums &sums);
// Forgets what is older than kKeepHandshakes.
Result<void> sweepHandshakes(db::Database &db, Timestamp now);

// waiting: what is not stored yet. The oldest hour first.
[[nodiscard]] Result<QList<api::Handshakes>> listHandshakes(db::Database &db, const net::HandshakeSums &waiting,
                                                            Timestamp since, const QString &service);

} // namespace reports
