// queue.* and mail.send: the outgoing queue, reached through Services::queue.
#include "daemon/control/bounds.h"
#include "daemon/control/call.h"
#include "daemon/control/stored_document.h"
#include "shared/base/encoding.h"

namespace control {

namespace {

constexpr int kMostListed = 10'000;

std::unexpected<Error> noQueue()
{
    return failure(refusal("unsupported", QStringLiteral("this server has no outgoing queue")));
}

Result<api::QueueCountResult> act(Writing &call, QueueAction action, const QList<qint64> &ids)
{
    if (!call.services.queue.act)
        return noQueue();
    if (ids.isEmpty())
        return failure(refusal("no-ids", QStringLiteral("no message was named"),
                               QStringLiteral("queue list shows their numbers"), QStringLiteral("/ids")));
    if (ids.size() > kMostListed)
        return failure(refusal("too-many-ids", QStringLiteral("names more than %1 messages").arg(kMostListed), {},
                               QStringLiteral("/ids")));
    const auto count = call.services.queue.act(call.db, call.effects, action, ids, call.now);
    if (!count)
        return std::unexpected(count.error());
    if (*count == 0)
        return failure(refusal("not-found", QStringLiteral("no such message is in the queue"),
                               QStringLiteral("queue list shows them"), QStringLiteral("/ids")));
    return api::QueueCountResult{*count};
}

} // namespace

Result<api::QueueListResult> handleQueueList(Reading &call, const api::QueueListParams &params)
{
    if (!call.services.queue.list)
        return noQueue();
    if (auto done = checkRange("/limit", params.limit, 1, kMostListed); !done)
        return std::unexpected(done.error());
    return call.services.queue.list(call.db, params).transform([](const QList<api::QueueMessage> &messages) {
        return api::QueueListResult{messages};
    });
}

Result<api::QueueCountResult> handleQueueRetry(Writing &call, const api::QueueIdsParams &params)
{
    return act(call, QueueAction::Retry, params.ids);
}
Result<api::QueueCountResult> handleQueueHold(Writing &call, const api::QueueIdsParams &params)
{
    return act(call, QueueAction::Hold, params.ids);
}
Result<api::QueueCountResult> handleQueueRelease(Writing &call, const api::QueueIdsParams &params)
{
    return act(call, QueueAction::Release, params.ids);
}
Result<api::QueueCountResult> handleQueueDrop(Writing &call, const api::QueueIdsParams &params)
{
    return act(call, QueueAction::Drop, params.ids);
}

Result<api::MailSendResult> handleMailSend(Writing &call, const api::MailSendParams &params)
{
    if (!call.services.queue.send)
        return noQueue();
    if (params.recipients.isEmpty())
        return failure(
            refusal("no-recipients", QStringLiteral("no recipient was named"), {}, QStringLiteral("/recipients")));
    const auto document = loadDocument(call.db, call.services.defaults);
    if (!document)
        return std::unexpected(document.error());
    if (params.recipients.size() > document->server.maxRecipients)
        return failure(refusal("too-many-recipients",
                               QStringLiteral("names more than %1 recipients").arg(document->server.maxRecipients),
                               QStringLiteral("the setting maxRecipients"), QStringLiteral("/recipients")));
    const auto message = encoding::fromBase64(params.message.toLatin1());
    if (!message)
        return failure(refusal("not-base64", QStringLiteral("is not base64"), {}, QStringLiteral("/message")));
    return call.services.queue.send(call.db, call.effects, params, *message, call.now);
}

} // namespace control
