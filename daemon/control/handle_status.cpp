// status.get: totals from the database, what is going on from Services::addLive.
#include "daemon/control/call.h"
#include "daemon/control/stored_document.h"
#include "daemon/queue/rows.h"
#include "daemon/reports/handshakes.h"
#include "shared/base/metrics.h"

namespace control {

namespace {

constexpr int kHours = 24;

// Trace rows are numbered in the order of time: the first one since `since`, found in some twenty reads.
Result<qint64> firstTraceSince(db::Database &db, Timestamp since)
{
    const auto lowest = db.number("select min(trace_id) from traces");
    const auto highest = db.number("select max(trace_id) from traces");
    if (!lowest || !highest)
        return failure(ErrorKind::Server, QStringLiteral("cannot read the traces"));
    qint64 from = lowest->value_or(1);
    qint64 to = highest->value_or(0) + 1;
    while (from < to) {
        const qint64 middle = from + (to - from) / 2;
        const auto time = db.number("select time from traces where trace_id >= ?1 order by trace_id limit 1", middle);
        if (!time)
            return std::unexpected(time.error());
        if (time->value_or(toMilliseconds(since)) >= toMilliseconds(since))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

void count(api::FlowHour &hour, const QString &event, const QString &code, qint64 amount)
{
    if (event == QLatin1StringView("received"))
        hour.received += amount;
    else if (event == QLatin1StringView("sent"))
        hour.sent += amount;
    else if (event == QLatin1StringView("failed"))
        hour.failed += amount;
    else if (event == QLatin1StringView("delivered") && code == QLatin1StringView("junk"))
        hour.junk += amount;
}

Result<QList<api::FlowHour>> readFlow(db::Database &db, Timestamp now)
{
    const auto start = std::chrono::floor<std::chrono::hours>(now) - std::chrono::hours(kHours - 1);
    QList<api::FlowHour> flow;
    for (int i = 0; i < kHours; ++i)
        flow.append({.at = start + std::chrono::hours(i)});
    const auto first = firstTraceSince(db, start);
    if (!first)
        return std::unexpected(first.error());
    constexpr qint64 kHourMs = 3'600'000;
    auto rows = db.query(
        "select time / 3600000, event, code, count(*) from traces where trace_id >= ?1 group by 1, 2, 3", *first);
    while (rows.next()) {
        const qint64 index = rows.integer(0) - toMilliseconds(start) / kHourMs;
        if (index >= 0 && index < kHours)
            count(flow[index], rows.text(1), rows.text(2), rows.integer(3));
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return flow;
}

Result<void> addTotals(db::Database &db, api::Status &status)
{
    auto rows = db.query("select count(*), coalesce(sum(message_count), 0), coalesce(sum(used_bytes), 0) from accounts "
                         "where state <> 'removed'");
    if (rows.next()) {
        status.accounts = rows.integer(0);
        status.messages = rows.integer(1);
        status.storageBytes = rows.integer(2);
    }
    return rows.failed() ? Result<void>(std::unexpected(rows.error())) : Result<void>();
}

Result<void> addQueue(Reading &call, api::Status &status)
{
    if (!call.services.queue.sending)
        return {};
    const auto counts = queue::count(call.db);
    if (!counts)
        return std::unexpected(counts.error());
    status.queueHeld = counts->held;
    status.queueWaiting = counts->waiting;
    return {};
}

Result<void> addHandshakes(Reading &call, api::Status &status)
{
    if (!call.services.handshakes)
        return {};
    const auto list =
        reports::listHandshakes(call.db, call.services.handshakes(), call.now - std::chrono::hours(kHours), {});
    if (!list)
        return std::unexpected(list.error());
    for (const api::Handshakes &each : *list) {
        status.handshakes += each.ok + each.resumed + each.failed;
        status.failedHandshakes += each.failed;
    }
    return {};
}

} // namespace

Result<api::Status> handleStatusGet(Reading &call, const api::None &)
{
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!document)
        return std::unexpected(document.error());
    api::Status status;
    status.version = QStringLiteral(POSTROOM_VERSION);
    status.hostname = document->server.hostname;
    status.local = call.services.local;
    status.unhandledErrors = metrics::value("postroom_unhandled_errors_total");
    if (auto done = addTotals(call.db, status); !done)
        return std::unexpected(done.error());
    if (auto done = addQueue(call, status); !done)
        return std::unexpected(done.error());
    if (auto done = addHandshakes(call, status); !done)
        return std::unexpected(done.error());
    const auto flow = readFlow(call.db, call.now);
    if (!flow)
        return std::unexpected(flow.error());
    status.flow = *flow;
    const auto today = std::chrono::floor<std::chrono::days>(call.now); // UTC
    for (const api::FlowHour &hour : *flow) {
        status.receivedToday += hour.at >= today ? hour.received : 0;
        status.sentToday += hour.at >= today ? hour.sent : 0;
    }
    if (call.services.addLive)
        call.services.addLive(status);
    return status;
}

} // namespace control
