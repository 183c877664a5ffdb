// transports.*, routes.* and queue.transport
#include "daemon/control/call.h"
#include "daemon/queue/operations.h"
#include "daemon/queue/routes.h"
#include "daemon/queue/selection.h"

namespace control {

Result<api::TransportsListResult> handleTransportsList(Reading &call, const api::None &)
{
    return queue::listTransports(call.db).transform(
        [](const QList<api::Transport> &list) { return api::TransportsListResult{list}; });
}

Result<api::TransportResult> handleTransportsSet(Writing &call, const api::Transport &params)
{
    return queue::setTransport(call.db, call.effects, params).transform([](const api::Transport &made) {
        return api::TransportResult{made};
    });
}

Result<api::TransportResult> handleTransportsRemove(Writing &call, const api::TransportParams &params)
{
    return queue::removeTransport(call.db, call.effects, params.name).transform([](const api::Transport &gone) {
        return api::TransportResult{gone};
    });
}

Result<api::RoutesListResult> handleRoutesList(Reading &call, const api::None &)
{
    return queue::listRoutes(call.db).transform(
        [](const QList<api::Route> &list) { return api::RoutesListResult{list}; });
}

Result<api::RouteResult> handleRoutesAdd(Writing &call, const api::RoutesAddParams &params)
{
    return queue::addRoute(call.db, call.effects, params).transform([](const api::Route &made) {
        return api::RouteResult{made};
    });
}

Result<api::RouteResult> handleRoutesRemove(Writing &call, const api::RouteParams &params)
{
    return queue::removeRoute(call.db, call.effects, params.id).transform([](const api::Route &gone) {
        return api::RouteResult{gone};
    });
}

Result<api::QueueCountResult> handleQueueTransport(Writing &call, const api::QueueTransportParams &params)
{
    if (!params.use.isEmpty()) {
        if (const auto known = queue::findTransport(call.db, params.use, "/use"); !known)
            return std::unexpected(known.error());
    }
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::setTransportOf(call.db, call.effects, ids, params.use, call.now);
    });
}

} // namespace control
