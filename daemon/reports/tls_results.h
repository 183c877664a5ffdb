// What became of TLS on outgoing connections: sums by day, policy, host and result for the daily report of RFC 8460,
// and the last result of every host for the page about a domain. record() runs in the writer's transaction that settles
// the delivery; the others read.
#pragma once

#include "daemon/db/database.h"
#include "shared/api/delivery.h"

namespace reports {

extern const char *const kSchema0001; // migration "reports/0001_tls"

struct TlsResult
{
    QByteArray domain;   // of the recipients
    QByteArray policy;   // "tlsa", "sts", "no-policy-found": RFC 8460 4.4
    QByteArray required; // who required something: "dane", "mta-sts", "mta-sts testing", "requiretls", "" = nobody
    QByteArray host;
    QByteArray ip;      // empty = it was not dialled
    QByteArray tls;     // version and cipher; empty = none
    QByteArray failure; // RFC 8460 4.3; empty = success
    QByteArray detail;  // for people
};

Result<void> record(db::Database &db, const QList<TlsResult> &results, Timestamp now);
// Forgets what is older than 60 days, at most 10,000 rows at once.
Result<void> sweepTlsResults(db::Database &db, Timestamp now);

[[nodiscard]] Result<QList<api::TlsSummary>> listTlsResults(db::Database &db, const QByteArray &domain,
                                                            Timestamp since);
[[nodiscard]] Result<api::DeliveryPolicy> deliveryPolicy(db::Database &db, const QByteArray &domain, Timestamp now);

} // namespace reports
