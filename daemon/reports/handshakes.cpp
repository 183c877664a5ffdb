#include "daemon/reports/handshakes.h"

namespace reports {

namespace {

qint64 hourOf(Timestamp time) { return std::chrono::floor<std::chrono::hours>(time.time_since_epoch()).count(); }

void addTo(api::Handshakes &row, const QString &result, qint64 count)
{
    if (result == QLatin1StringView("ok")) {
        row.ok += count;
    } else if (result == QLatin1StringView("resumed")) {
        row.resumed += count;
    } else {
        row.failed += count;
        row.reasons.append({.reason = result, .count = count});
    }
}

} // namespace

Result<void> addHandshakes(db::Database &db, const net::HandshakeSums &sums)
{
    for (const auto &[kind, count] : sums) {
        const auto added = db.run("insert into tls_handshakes(hour, service, version, cipher, result, handshakes) "
                                  "values(?1, ?2, ?3, ?4, ?5, ?6) on conflict do update set handshakes = handshakes + "
                                  "excluded.handshakes",
                                  kind.hour, QString::fromUtf8(kind.service), QString::fromUtf8(kind.version),
                                  QString::fromUtf8(kind.cipher), QString::fromUtf8(kind.result), count);
        if (!added)
            return std::unexpected(added.error());
    }
    return {};
}

Result<void> sweepHandshakes(db::Database &db, Timestamp now)
{
    return db.run("delete from tls_handshakes where hour < ?1", hourOf(now - kKeepHandshakes)).transform([](qint64) {});
}

Result<QList<api::Handshakes>> listHandshakes(db::Database &db, const net::HandshakeSums &waiting, Timestamp since,
                                              const QString &service)
{
    net::HandshakeSums sums = waiting;
    auto rows = db.query("select hour, service, version, cipher, result, handshakes from tls_handshakes "
                         "where hour >= ?1",
                         hourOf(since));
    while (rows.next())
        sums[{.hour = rows.integer(0),
              .service = rows.text(1).toUtf8(),
              .version = rows.text(2).toUtf8(),
              .cipher = rows.text(3).toUtf8(),
              .result = rows.text(4).toUtf8()}] += rows.integer(5);
    if (rows.failed())
        return std::unexpected(rows.error());
    QList<api::Handshakes> list;
    net::HandshakeKind last;
    for (const auto &[kind, count] : sums) { // in order of hour, service, version, cipher
        if (kind.hour < hourOf(since) || (!service.isEmpty() && service != QString::fromUtf8(kind.service)))
            continue;
        if (list.isEmpty() || kind.hour != last.hour || kind.service != last.service || kind.version != last.version ||
            kind.cipher != last.cipher)
            list.append({.at = Timestamp(std::chrono::hours(kind.hour)),
                         .service = QString::fromUtf8(kind.service),
                         .version = QString::fromUtf8(kind.version),
                         .cipher = QString::fromUtf8(kind.cipher),
                         .reasons = {}});
        addTo(list.last(), QString::fromUtf8(kind.result), count);
        last = kind;
    }
    return list;
}

} // namespace reports
