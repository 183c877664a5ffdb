// Which way mail leaves: a transport an administrator chose for it, else that of the first route that fits, of its
// account before those of the sender's domain before the rest, else straight to the domain's own servers. Rows of
// queue_transports and queue_routes; changes run in the writer's transaction, the rest reads.
#pragma once

#include "daemon/queue/rows.h"
#include "shared/api/transports.h"

namespace queue {

// ".example.org" fits it and what is below; empty fits all.
[[nodiscard]] bool fitsDomain(const QByteArray &pattern, const QByteArray &domain);
// Nothing: direct. A transport that is gone meanwhile is an error.
[[nodiscard]] Result<std::optional<api::Transport>> routeFor(db::Database &db, const Job &job);

[[nodiscard]] Result<QList<api::Transport>> listTransports(db::Database &db); // with passwords
[[nodiscard]] Result<api::Transport> findTransport(db::Database &db, const QString &name, const char *path);
// Checked. An empty password leaves the one that is there, unless the user name changes.
Result<api::Transport> setTransport(db::Database &db, store::Effects &effects, const api::Transport &transport);
Result<api::Transport> removeTransport(db::Database &db, store::Effects &effects, const QString &name);
[[nodiscard]] Result<QList<api::Route>> listRoutes(db::Database &db);
Result<api::Route> addRoute(db::Database &db, store::Effects &effects, const api::RoutesAddParams &params);
Result<api::Route> removeRoute(db::Database &db, store::Effects &effects, qint64 id);

[[nodiscard]] quint16 portOf(const api::Transport &transport);

} // namespace queue
