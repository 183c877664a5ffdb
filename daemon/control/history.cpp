#include "daemon/control/history.h"

#include "daemon/control/call.h"

namespace control {

namespace {

constexpr auto kKeepCalls = std::chrono::hours(24);

QString toText(const QList<settings::Change> &changes)
{
    return QString::fromUtf8(QJsonDocument(json::write(changes).toArray()).toJson(QJsonDocument::Compact));
}

api::HistoryEntry entryOf(const db::Query &row)
{
    api::HistoryEntry entry{
        .revision = row.integer(0), .at = row.time(1), .who = row.text(2), .what = row.text(3), .changes = {}};
    std::ignore = json::read(QJsonDocument::fromJson(row.text(4).toUtf8()).array(), entry.changes, {}); // we wrote it
    return entry;
}

} // namespace

Result<qint64> settingsRevision(db::Database &db)
{
    return db.number("select max(revision) from settings_history").transform([](std::optional<qint64> newest) {
        return newest.value_or(0);
    });
}

Result<qint64> recordChanges(db::Database &db, const api::HistoryEntry &entry)
{
    return db
        .run("insert into settings_history(at, who, what, changes) values(?1, ?2, ?3, ?4)", entry.at, entry.who,
             entry.what, toText(entry.changes))
        .transform([&db](qint64) { return db.lastInsertId(); });
}

Result<QList<api::HistoryEntry>> readHistory(db::Database &db, int most)
{
    QList<api::HistoryEntry> list;
    auto rows =
        db.query("select revision, at, who, what, changes from settings_history order by revision desc limit ?1", most);
    while (rows.next())
        list.append(entryOf(rows));
    if (rows.failed())
        return std::unexpected(rows.error());
    return list;
}

Result<api::HistoryEntry> readRevision(db::Database &db, qint64 revision)
{
    auto rows = db.query("select revision, at, who, what, changes from settings_history where revision = ?1", revision);
    if (rows.next())
        return entryOf(rows);
    if (rows.failed())
        return std::unexpected(rows.error());
    return failure(refusal("not-found", QStringLiteral("there is no revision %1").arg(revision),
                           QStringLiteral("settings history lists them"), QStringLiteral("/revision")));
}

Result<std::optional<QJsonObject>> recall(db::Database &db, const KeyedCall &call)
{
    auto rows =
        db.query("select who, method, params_sha256, result from settings_calls where idempotency_key = ?1", call.key);
    if (!rows.next()) {
        if (rows.failed())
            return std::unexpected(rows.error());
        return std::nullopt;
    }
    if (rows.text(0) != call.who || rows.text(1) != call.method || rows.bytes(2) != call.paramsHash)
        return failure(refusal("key-reused", QStringLiteral("this idempotency key was used for another call"), {},
                               QStringLiteral("/idempotencyKey")));
    return QJsonDocument::fromJson(rows.text(3).toUtf8()).object();
}

Result<void> remember(db::Database &db, const KeyedCall &call, const QJsonObject &result, Timestamp now)
{
    QJsonObject kept = result;
    kept.remove(QStringLiteral("generatedPassword"));
    if (auto old = db.run("delete from settings_calls where at < ?1", Timestamp(now - kKeepCalls)); !old)
        return std::unexpected(old.error());
    return db
        .run("insert into settings_calls(idempotency_key, at, who, method, params_sha256, result) values(?1, ?2, ?3, "
             "?4, ?5, ?6)",
             call.key, now, call.who, call.method, call.paramsHash, QString::fromUtf8(json::compact(kept)))
        .transform([](qint64) {});
}

} // namespace control
