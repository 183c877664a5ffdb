// suppressions.*
#include "daemon/control/call.h"
#include "daemon/queue/suppressions.h"

namespace control {

Result<api::SuppressionsListResult> handleSuppressionsList(Reading &call, const api::SuppressionsListParams &params)
{
    return queue::listSuppressions(call.db, params);
}

Result<api::SuppressionResult> handleSuppressionsAdd(Writing &call, const api::SuppressionsAddParams &params)
{
    return queue::addSuppression(call.db, call.effects, params, call.now);
}

Result<api::SuppressionResult> handleSuppressionsRemove(Writing &call, const api::SuppressionsRemoveParams &params)
{
    return queue::removeSuppression(call.db, call.effects, params);
}

} // namespace control
