// Who changed which setting, and calls that must not be done twice. The revision of the settings is the newest entry's
// number. The reading functions run on workers, the others on the writer's thread.
#pragma once

#include "daemon/control/services.h"

namespace control {

[[nodiscard]] Result<qint64> settingsRevision(db::Database &db);
Result<qint64> recordChanges(db::Database &db, const api::HistoryEntry &entry); // answers the new revision
[[nodiscard]] Result<QList<api::HistoryEntry>> readHistory(db::Database &db, int most);
[[nodiscard]] Result<api::HistoryEntry> readRevision(db::Database &db, qint64 revision);

// A call with an idempotency key, as it was done the first time.
struct KeyedCall
{
    QString key;
    QString who;
    QString method;
    QByteArray paramsHash;
};
[[nodiscard]] Result<std::optional<QJsonObject>> recall(db::Database &db, const KeyedCall &call);
Result<void> remember(db::Database &db, const KeyedCall &call, const QJsonObject &result, Timestamp now);

} // namespace control
