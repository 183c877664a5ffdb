#include "daemon/reports/tls_results.h"

#include "daemon/reports/sts_policies.h"

namespace reports {

namespace {

constexpr qsizetype kLongestDetail = 500;
constexpr std::chrono::days kKept{60};
constexpr int kMostRows = 10'000;

QString clipped(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes.first(std::min(bytes.size(), kLongestDetail)));
}

qint64 dayOf(Timestamp time) { return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count(); }

Timestamp startOf(qint64 day) { return Timestamp(std::chrono::days(day)); }

QString inWords(const QString &required)
{
    if (required == QLatin1StringView("dane"))
        return QStringLiteral("TLS with the key of the host's TLSA records (DANE)");
    if (required == QLatin1StringView("mta-sts"))
        return QStringLiteral("TLS with a valid certificate of a host in the domain's policy (MTA-STS)");
    if (required == QLatin1StringView("mta-sts testing"))
        return QStringLiteral("nothing; the domain tests its policy (MTA-STS)");
    if (required == QLatin1StringView("requiretls"))
        return QStringLiteral("verified TLS to a server that keeps it so (the sender's REQUIRETLS)");
    return QStringLiteral("nothing; TLS is used where it is offered");
}

} // namespace

Result<void> record(db::Database &db, const QList<TlsResult> &results, Timestamp now)
{
    for (const TlsResult &each : results) {
        const auto counted = db.run(
            "insert into tls_results(day, policy_domain, policy_type, mx_host, result, ip, detail, sessions, last_at) "
            "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8) on conflict do update set sessions = sessions + 1, "
            "ip = excluded.ip, detail = excluded.detail, last_at = excluded.last_at",
            dayOf(now), clipped(each.domain), clipped(each.policy), clipped(each.host),
            each.failure.isEmpty() ? QStringLiteral("success") : clipped(each.failure), clipped(each.ip),
            clipped(each.detail), now);
        if (!counted)
            return std::unexpected(counted.error());
        const auto noted = db.run(
            "insert into tls_hosts(domain, mx_host, required, tls, failure, detail, last_at) "
            "values(?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do update set required = excluded.required, "
            "tls = excluded.tls, failure = excluded.failure, detail = excluded.detail, last_at = excluded.last_at",
            clipped(each.domain), clipped(each.host), clipped(each.required), clipped(each.tls), clipped(each.failure),
            clipped(each.detail), now);
        if (!noted)
            return std::unexpected(noted.error());
    }
    return {};
}

Result<void> sweepTlsResults(db::Database &db, Timestamp now)
{
    if (auto done =
            db.run("delete from tls_results where (day, policy_domain, policy_type, mx_host, result) in (select "
                   "day, policy_domain, policy_type, mx_host, result from tls_results where day < ?1 limit ?2)",
                   dayOf(now - kKept), kMostRows);
        !done)
        return std::unexpected(done.error());
    return db
        .run("delete from tls_hosts where (domain, mx_host) in (select domain, mx_host from tls_hosts where last_at < "
             "?1 "
             "limit ?2)",
             now - kKept, kMostRows)
        .transform([](qint64) {});
}

Result<QList<api::TlsSummary>> listTlsResults(db::Database &db, const QByteArray &domain, Timestamp since)
{
    QList<api::TlsSummary> list;
    auto rows = db.query("select day, policy_domain, policy_type, mx_host, result, ip, detail, sessions, last_at "
                         "from tls_results where day >= ?1 and (?2 = '' or policy_domain = ?3) "
                         "order by day desc, policy_domain, mx_host, result limit ?4",
                         dayOf(since), QString::fromUtf8(domain), QString::fromUtf8(domain), kMostRows);
    while (rows.next())
        list.append({.day = startOf(rows.integer(0)),
                     .domain = rows.text(1),
                     .policy = rows.text(2),
                     .host = rows.text(3),
                     .result = rows.text(4),
                     .ip = rows.text(5),
                     .detail = rows.text(6),
                     .sessions = rows.integer(7),
                     .lastAt = rows.time(8)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<api::DeliveryPolicy> deliveryPolicy(db::Database &db, const QByteArray &domain, Timestamp now)
{
    api::DeliveryPolicy page{.domain = QString::fromUtf8(domain)};
    const auto sts = readSts(db, domain);
    if (!sts)
        return std::unexpected(sts.error());
    if (*sts) {
        const StsRow &row = **sts;
        page.mtaSts = {.mode = QString::fromUtf8(row.mode),
                       .id = QString::fromUtf8(row.recordId),
                       .mx = {},
                       .fetchedAt = row.fetchedAt,
                       .validUntil = row.mode.isEmpty() ? Timestamp{} : row.fetchedAt + row.maxAge,
                       .expired = !row.mode.isEmpty() && row.fetchedAt + row.maxAge < now,
                       .problem = row.problem};
        for (const QByteArray &pattern : row.mx)
            page.mtaSts.mx << QString::fromUtf8(pattern);
    }
    auto rows = db.query("select mx_host, required, tls, failure, detail, last_at from tls_hosts where domain = ?1 "
                         "order by last_at desc, mx_host",
                         QString::fromUtf8(domain));
    while (rows.next())
        page.hosts.append({.host = rows.text(0),
                           .required = inWords(rows.text(1)),
                           .by = rows.text(1),
                           .tls = rows.text(2),
                           .failure = rows.text(3),
                           .detail = rows.text(4),
                           .lastAt = rows.time(5)});
    if (rows.failed())
        return std::unexpected(rows.error());
    return page;
}

} // namespace reports
