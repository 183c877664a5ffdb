// What signs in besides accounts' own passwords, as rows of the database become api structs, and what the methods about
// it share. Functions run on a reader or in a change.
#pragma once

#include "daemon/auth/devices.h"
#include "daemon/control/call.h"

namespace control {

using Addresses = QHash<qint64, QString>; // by account

[[nodiscard]] Result<Addresses> addresses(db::Database &db);
[[nodiscard]] Result<qint64> accountId(db::Database &db, const QString &address, const QString &path); // "": 0, all
[[nodiscard]] Result<store::Account> activeAccount(db::Database &db, const QString &address, const QString &path);
[[nodiscard]] Result<QString> deviceName(const QString &wanted);

[[nodiscard]] api::Device shown(const auth::TlsKey &key, const Addresses &owners);
[[nodiscard]] api::Device shown(const auth::AppPassword &password, const Addresses &owners);
[[nodiscard]] api::SeenKey shown(const auth::SeenKey &key, const Addresses &owners);
[[nodiscard]] Result<QList<api::Device>> listOf(db::Database &db, qint64 account, bool keys, bool appPasswords);

Result<api::TlsPubkeyResult> addKey(Writing &call, const auth::TlsKey &key);
Result<api::Device> removeKey(Writing &call, const QString &fingerprint);
Result<api::Device> removeAppPassword(Writing &call, qint64 id);

} // namespace control
