// Pages of the list, by keyset: the next page begins behind the last row of this one, whatever came or went meanwhile.
#include "daemon/queue/history.h"
#include "daemon/queue/selection.h"

namespace queue {

namespace {

constexpr char kFields[] =
    "select r.recipient_id, m.reverse_path, r.localpart, r.domain, m.subject, m.size, r.held, r.attempts, "
    "m.created_at, r.next_attempt, r.last_host, r.last_code, r.last_text, m.message_key, "
    "a.localpart || '@' || a.domain, r.held_by, r.transport, r.tls, r.last_status "
    "from queue_recipients r join queue_messages m using(message_id) left join accounts a using(account_id) ";

struct Order
{
    api::QueueOrder order;
    bool descending;
    const char *sql; // ?1 the value, ?2 the number behind which the page begins
};
// By number is by when they were queued: numbers are given in that order. Along queue_recipients_next, or the key.
constexpr std::array kOrders = {
    Order{api::QueueOrder::NextAttempt, false,
          "where (r.next_attempt, r.recipient_id) > (?1, ?2) order by r.next_attempt, r.recipient_id"},
    Order{api::QueueOrder::NextAttempt, true,
          "where (r.next_attempt, r.recipient_id) < (?1, ?2) order by r.next_attempt desc, r.recipient_id desc"},
    Order{api::QueueOrder::Queued, false, "where ?1 is not null and r.recipient_id > ?2 order by r.recipient_id"},
    Order{api::QueueOrder::Queued, true, "where ?1 is not null and r.recipient_id < ?2 order by r.recipient_id desc"},
};

const char *sqlFor(api::QueueOrder order, bool descending)
{
    static const std::array<QByteArray, kOrders.size()> all = [] {
        std::array<QByteArray, kOrders.size()> made;
        for (std::size_t i = 0; i < kOrders.size(); ++i)
            made[i] = QByteArray(kFields) + kOrders[i].sql;
        return made;
    }();
    const auto found = std::ranges::find_if(
        kOrders, [&](const Order &each) { return each.order == order && each.descending == descending; });
    return all[std::size_t(found - kOrders.begin())].constData();
}

api::QueueMessage readListed(const db::Query &row, const QSet<qint64> &sending)
{
    const qint64 id = row.integer(0);
    return {.id = id,
            .key = row.text(13),
            .account = row.text(14),
            .sender = row.text(1),
            .recipient = addressText(row.text(2), row.text(3)),
            .subject = row.text(4),
            .sizeBytes = row.integer(5),
            .state = sending.contains(id)  ? api::QueueState::Sending
                     : row.integer(6) != 0 ? api::QueueState::Held
                                           : api::QueueState::Waiting,
            .heldBy = row.integer(6) != 0 ? row.integer(15) : 0,
            .transport = row.text(16),
            .tls = static_cast<api::QueueTls>(row.integer(17)),
            .attempts = static_cast<int>(row.integer(7)),
            .queuedAt = row.time(8),
            .nextAttempt = row.time(9),
            .lastError = lastError(row.text(10), row.integer(11), row.text(12)),
            .lastStatus = row.text(18),
            .reason = {},
            .cause = {},
            .nextStep = {}};
}

bool fits(const api::QueueListParams &params, const api::QueueMessage &row, Timestamp now)
{
    if (params.state && *params.state != row.state)
        return false;
    if (!params.text.isEmpty() && !row.recipient.contains(params.text, Qt::CaseInsensitive) &&
        !row.sender.contains(params.text, Qt::CaseInsensitive))
        return false;
    return selects(params, row, now);
}

// Rows by their numbers, each for itself, however long the queue is.
Result<void> visitNumbers(db::Database &db, const api::QueueListParams &params, const QSet<qint64> &sending,
                          Timestamp now, const std::function<bool(const api::QueueMessage &)> &take)
{
    static const QByteArray sql = QByteArray(kFields) + "where r.recipient_id = ?1";
    QList<qint64> ids = params.ids;
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    for (const qint64 id : std::as_const(ids)) {
        auto row = db.query(sql.constData(), id);
        if (!row.next()) {
            if (row.failed())
                return std::unexpected(row.error());
            continue;
        }
        const api::QueueMessage message = readListed(row, sending);
        if (fits(params, message, now) && !take(message))
            return {};
    }
    return {};
}

} // namespace

Result<void> visit(db::Database &db, const api::QueueListParams &params, const QSet<qint64> &sending, Timestamp now,
                   const std::function<bool(const api::QueueMessage &)> &take)
{
    if (!params.ids.isEmpty())
        return visitNumbers(db, params, sending, now, take);
    const auto after = parsePage(params.after);
    if (!after)
        return std::unexpected(after.error());
    const qint64 edge = params.descending ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    const PageStart start = after->value_or(PageStart{.value = edge, .id = edge});
    auto rows = db.query(sqlFor(params.sort, params.descending), start.value, start.id);
    while (rows.next()) {
        const api::QueueMessage message = readListed(rows, sending);
        if (fits(params, message, now) && !take(message))
            return {};
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return {};
}

Result<api::QueueListResult> list(db::Database &db, const api::QueueListParams &params, const QSet<qint64> &sending,
                                  Timestamp now)
{
    api::QueueListResult result;
    const auto done = visit(db, params, sending, now, [&](const api::QueueMessage &message) {
        if (result.messages.size() < params.limit) {
            result.messages.append(message);
            explainTo(result.messages.last(), message.lastStatus, message.lastError);
            return true;
        }
        const api::QueueMessage &last = result.messages.last();
        result.next = pageText({.value = toMilliseconds(last.nextAttempt), .id = last.id});
        return false;
    });
    return done.transform([&result] { return result; });
}

} // namespace queue
