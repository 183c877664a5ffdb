#include "daemon/queue/history.h"

#include "daemon/queue/preferences.h"

namespace queue {

namespace {

constexpr qsizetype kMostSwept = 5000;

// What a recipient takes along when it leaves, in the order of kRetiredColumns; the rest are parameters.
#define POSTROOM_RETIRED_COLUMNS                                                                                       \
    "insert into queue_retired(retired_id, account_id, message_key, reverse_path, localpart, domain, subject, "        \
    "header_id, size, created_at, from_id, extra, ended_at, outcome, attempts, last_host, last_code, last_status, "    \
    "last_text, results) select r.recipient_id, a.account_id, m.message_key, m.reverse_path, r.localpart, r.domain, "  \
    "m.subject, m.header_id, m.size, m.created_at, m.from_id, m.extra, ?1, ?2, "

constexpr char kRetireTried[] = POSTROOM_RETIRED_COLUMNS
    "r.attempts + 1, ?3, ?4, ?5, ?6, json_insert(r.results, '$[#]', json(?7)) "
    "from queue_recipients r join queue_messages m using(message_id) left join accounts a using(account_id) "
    "where r.recipient_id = ?8";
constexpr char kRetireAsIs[] = POSTROOM_RETIRED_COLUMNS
    "r.attempts, r.last_host, r.last_code, r.last_status, r.last_text, r.results "
    "from queue_recipients r join queue_messages m using(message_id) left join accounts a using(account_id) "
    "where r.recipient_id = ?3";
#undef POSTROOM_RETIRED_COLUMNS

constexpr char kRetiredFields[] =
    "select h.retired_id, h.message_key, a.localpart || '@' || a.domain, h.reverse_path, h.localpart, h.domain, "
    "h.subject, h.size, h.created_at, h.ended_at, h.outcome, h.attempts, h.last_host, h.last_code, h.last_text, "
    "h.results, h.extra, h.account_id, h.last_status from queue_retired h left join accounts a using(account_id) ";

struct FateName
{
    Fate fate;
    const char *attempt; // of an attempt
    const char *outcome; // of what left the queue
};
constexpr std::array kFateNames = {FateName{Fate::Done, "delivered", "delivered"}, FateName{Fate::Wait, "deferred", ""},
                                   FateName{Fate::Failed, "failed", "failed"}};

const FateName &nameOfFate(Fate fate) { return *std::ranges::find(kFateNames, fate, &FateName::fate); }

QString utf8(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

// False: it was not there any more. One that is there and was not kept would be sent again at once, for ever: an error.
Result<bool> forget(db::Database &db, qint64 recipientId, const Result<qint64> &kept)
{
    if (!kept)
        return std::unexpected(kept.error());
    const auto gone = db.run("delete from queue_recipients where recipient_id = ?1", recipientId);
    if (gone && *gone != *kept)
        return failure(ErrorKind::Server,
                       QStringLiteral("recipient %1 left the queue and is not in its history").arg(recipientId));
    return gone.transform([](qint64 count) { return count > 0; });
}

api::QueueRetired readRetired(const db::Query &row)
{
    api::QueueRetired retired{.id = row.integer(0),
                              .key = row.text(1),
                              .account = row.text(2),
                              .sender = row.text(3),
                              .recipient = addressText(row.text(4), row.text(5)),
                              .subject = row.text(6),
                              .sizeBytes = row.integer(7),
                              .queuedAt = row.time(8),
                              .endedAt = row.time(9),
                              .outcome = row.text(10),
                              .attempts = static_cast<int>(row.integer(11)),
                              .lastText = row.text(14),
                              .lastError = {}};
    if (retired.outcome == QLatin1StringView("delivered"))
        return retired;
    retired.lastError = lastError(row.text(12), row.integer(13), row.text(14));
    explainTo(retired, row.text(18), retired.lastError);
    return retired;
}

bool fits(const api::QueueHistoryParams &params, const api::QueueRetired &row)
{
    return (params.outcome.isEmpty() || row.outcome == params.outcome) &&
           (params.account.isEmpty() || row.account.compare(params.account, Qt::CaseInsensitive) == 0) &&
           (params.text.isEmpty() || row.recipient.contains(params.text, Qt::CaseInsensitive) ||
            row.sender.contains(params.text, Qt::CaseInsensitive));
}

} // namespace

QString attemptText(const Outcome &outcome, Timestamp now)
{
    const api::QueueAttempt attempt{.at = now,
                                    .outcome = QLatin1StringView(nameOfFate(outcome.fate).attempt),
                                    .host = utf8(outcome.host),
                                    .ip = utf8(outcome.ip),
                                    .tls = outcome.encrypted,
                                    .code = outcome.result.code,
                                    .status = utf8(outcome.result.enhanced),
                                    .text = utf8(outcome.result.text),
                                    .milliseconds = outcome.duration.count()};
    return utf8(json::compact(json::toJson(attempt)));
}

QList<api::QueueAttempt> attemptsFrom(const QString &results)
{
    QList<api::QueueAttempt> attempts;
    const QJsonArray array = QJsonDocument::fromJson(results.toUtf8()).array();
    for (const auto &each : array)
        attempts.append(api::fromResult<api::QueueAttempt>(each.toObject()).value_or(api::QueueAttempt()));
    return attempts;
}

Result<bool> retire(db::Database &db, const Outcome &last, Timestamp now)
{
    if (last.suppressed) {
        const auto noted = db.run("update queue_recipients set last_host = '', last_code = 0, last_status = ?1, "
                                  "last_text = ?2 where recipient_id = ?3",
                                  utf8(last.result.enhanced), utf8(last.result.text), last.recipientId);
        return noted ? retireUntried(db, last.recipientId, "suppressed", now) : std::unexpected(noted.error());
    }
    return forget(db, last.recipientId,
                  db.run(kRetireTried, now, QString::fromLatin1(nameOfFate(last.fate).outcome), utf8(last.host),
                         last.result.code, utf8(last.result.enhanced), utf8(last.result.text), attemptText(last, now),
                         last.recipientId));
}

Result<bool> retireUntried(db::Database &db, qint64 recipientId, const char *outcome, Timestamp now)
{
    return forget(db, recipientId, db.run(kRetireAsIs, now, QString::fromLatin1(outcome), recipientId));
}

Result<api::QueueHistoryResult> history(db::Database &db, const api::QueueHistoryParams &params)
{
    const auto start = parsePage(params.after);
    if (!start)
        return std::unexpected(start.error());
    static const QByteArray sql = QByteArray(kRetiredFields) + "where h.retired_id < ?1 order by h.retired_id desc";
    auto rows = db.query(sql.constData(), *start ? (*start)->id : std::numeric_limits<qint64>::max());
    api::QueueHistoryResult result;
    while (rows.next()) {
        const api::QueueRetired row = readRetired(rows);
        if (!fits(params, row))
            continue;
        if (result.messages.size() == params.limit) {
            result.next = pageText({.value = 0, .id = result.messages.last().id});
            break;
        }
        result.messages.append(row);
    }
    if (rows.failed())
        return std::unexpected(rows.error());
    return result;
}

Result<api::QueueShowResult> show(db::Database &db, qint64 id, const QSet<qint64> &sending, Timestamp now)
{
    api::QueueListParams params;
    params.ids = {id};
    const auto page = list(db, params, sending, now);
    if (!page)
        return std::unexpected(page.error());
    if (!page->messages.isEmpty()) {
        auto row = db.query("select r.results, m.extra from queue_recipients r join queue_messages m using(message_id) "
                            "where r.recipient_id = ?1",
                            id);
        if (row.next())
            return api::QueueShowResult{.attempts = attemptsFrom(row.text(0)),
                                        .message = page->messages.first(),
                                        .outcome = {},
                                        .extra = QJsonDocument::fromJson(row.text(1).toUtf8()).object()};
    }
    static const QByteArray sql = QByteArray(kRetiredFields) + "where h.retired_id = ?1";
    auto row = db.query(sql.constData(), id);
    if (row.next()) {
        const api::QueueRetired was = readRetired(row);
        api::QueueMessage message;
        message.id = id;
        message.key = was.key;
        message.account = was.account;
        message.sender = was.sender;
        message.recipient = was.recipient;
        message.subject = was.subject;
        message.sizeBytes = was.sizeBytes;
        message.attempts = was.attempts;
        message.queuedAt = was.queuedAt;
        message.lastError = was.lastError;
        message.reason = was.reason;
        message.cause = was.cause;
        message.nextStep = was.nextStep;
        return api::QueueShowResult{.attempts = attemptsFrom(row.text(15)),
                                    .message = message,
                                    .outcome = was.outcome,
                                    .extra = QJsonDocument::fromJson(row.text(16).toUtf8()).object()};
    }
    if (row.failed())
        return std::unexpected(row.error());
    Error error{.kind = ErrorKind::User,
                .text = QStringLiteral("message %1 is neither in the queue nor in its history").arg(id),
                .publicText = {},
                .code = QStringLiteral("not-found"),
                .hint = QStringLiteral("queue list and queue history show what there is"),
                .path = QStringLiteral("/id")};
    error.publicText = error.text;
    return failure(std::move(error));
}

Result<void> eachRetired(db::Database &db, Timestamp since,
                         const std::function<void(qint64, const api::QueueRetired &)> &take)
{
    static const QByteArray sql = QByteArray(kRetiredFields) + "order by h.retired_id desc";
    auto rows = db.query(sql.constData());
    while (rows.next() && rows.time(8) >= since)
        take(rows.integer(17), readRetired(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return {};
}

Result<void> sweepRetired(db::Database &db, Timestamp now)
{
    QList<qint64> accounts;
    {
        auto rows = db.query("select account_id from accounts union select 0");
        while (rows.next())
            accounts.append(rows.integer(0));
        if (rows.failed())
            return std::unexpected(rows.error());
    }
    for (const qint64 account : std::as_const(accounts)) {
        const auto wanted = preferencesOf(db, account);
        if (!wanted)
            return std::unexpected(wanted.error());
        // Along the index queue_retired_by_account.
        const auto done = db.run("delete from queue_retired where retired_id in (select retired_id from queue_retired "
                                 "where account_id is nullif(?1, 0) and ended_at < ?2 order by ended_at limit ?3)",
                                 account, now - wanted->keepSent, kMostSwept);
        if (!done)
            return std::unexpected(done.error());
    }
    return {};
}

QString lastError(const QString &host, qint64 code, const QString &text)
{
    const QString words = (code > 0 ? QString::number(code) + u' ' : QString()) + text;
    return host.isEmpty() || words.isEmpty() ? words : host + QStringLiteral(": ") + words;
}

QString addressText(const QString &localpart, const QString &domain)
{
    return utf8(smtp::Address{.localpart = localpart.toUtf8(), .domain = domain.toUtf8()}.toBytes());
}

Result<std::optional<PageStart>> parsePage(const QString &after)
{
    if (after.isEmpty())
        return std::nullopt;
    const qsizetype dash = after.indexOf(u'-', 1);
    bool good = dash > 0;
    PageStart start;
    if (good)
        start.value = QStringView(after).first(dash).toLongLong(&good);
    if (good)
        start.id = QStringView(after).sliced(dash + 1).toLongLong(&good);
    if (good)
        return start;
    Error error{.kind = ErrorKind::User,
                .text = QStringLiteral("is not the end of a page"),
                .publicText = QStringLiteral("is not the end of a page"),
                .code = QStringLiteral("bad-page"),
                .hint = QStringLiteral("take what the page before answered as next"),
                .path = QStringLiteral("/after")};
    return failure(std::move(error));
}

QString pageText(const PageStart &start) { return QStringLiteral("%1-%2").arg(start.value).arg(start.id); }

} // namespace queue
