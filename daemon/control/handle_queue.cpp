// queue.* and mail.send: what administrators see of the outgoing queue and do to it.
#include "daemon/control/bounds.h"
#include "daemon/control/call.h"
#include "daemon/control/stored_document.h"
#include "daemon/queue/history.h"
#include "daemon/queue/operations.h"
#include "daemon/queue/selection.h"
#include "daemon/queue/undo.h"
#include "shared/base/encoding.h"

namespace control {

namespace {

constexpr int kMostQueued = 10'000;
constexpr auto kFarthest = std::chrono::days(60); // as FUTURERELEASE: RFC 4865

Result<queue::NewTime> newTime(const api::QueueScheduleParams &params, Timestamp now)
{
    const int said = int(params.wait.has_value()) + int(params.later.has_value()) + int(params.at.has_value());
    if (said != 1)
        return failure(refusal("no-time", QStringLiteral("say one of wait, later and at"),
                               QStringLiteral("wait 30m is from now, later 1h is behind the time it has"),
                               QStringLiteral("/wait")));
    queue::NewTime time;
    if (params.later)
        time.later = *params.later;
    else
        time.at = params.at ? *params.at : now + *params.wait;
    const auto distance = params.later ? time.later : *time.at - now;
    if (distance < std::chrono::seconds(0) || distance > kFarthest)
        return failure(refusal("invalid-time", QStringLiteral("must be within the next 60 days"), {},
                               params.at      ? QStringLiteral("/at")
                               : params.later ? QStringLiteral("/later")
                                              : QStringLiteral("/wait")));
    return time;
}

} // namespace

Result<QList<qint64>> chosenMessages(Writing &call, const api::QueueSelection &selection)
{
    if (queue::saysNothing(selection))
        return failure(refusal("no-ids", QStringLiteral("no message was named"),
                               QStringLiteral("queue list shows their numbers; all means all of them"),
                               QStringLiteral("/ids")));
    if (selection.ids.size() > kMostQueued)
        return failure(refusal("too-many-ids", QStringLiteral("names more than %1 messages").arg(kMostQueued), {},
                               QStringLiteral("/ids")));
    auto ids = queue::find(call.db, selection, call.now);
    if (ids && ids->isEmpty() && !selection.ids.isEmpty())
        return failure(refusal("not-found", QStringLiteral("no such message is in the queue"),
                               QStringLiteral("queue list shows them"), QStringLiteral("/ids")));
    return ids;
}

Result<api::QueueListResult> handleQueueList(Reading &call, const api::QueueListParams &params)
{
    if (auto done = checkRange("/limit", params.limit, 1, kMostQueued); !done)
        return std::unexpected(done.error());
    return queue::list(call.db, params, call.services.queue.sending(), call.now);
}

Result<api::QueueShowResult> handleQueueShow(Reading &call, const api::QueueIdParams &params)
{
    return queue::show(call.db, params.id, call.services.queue.sending(), call.now);
}

Result<api::QueueCountResult> handleQueueRetry(Writing &call, const api::QueueSelection &params)
{
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::retryNow(call.db, call.effects, ids, call.now);
    });
}

Result<api::QueueCountResult> handleQueueHold(Writing &call, const api::QueueSelection &params)
{
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::hold(call.db, call.effects, ids, call.now);
    });
}

Result<api::QueueCountResult> handleQueueRelease(Writing &call, const api::QueueSelection &params)
{
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::release(call.db, call.effects, ids, call.now);
    });
}

Result<api::QueueCountResult> handleQueueSchedule(Writing &call, const api::QueueScheduleParams &params)
{
    const auto time = newTime(params, call.now);
    if (!time)
        return std::unexpected(time.error());
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::schedule(call.db, call.effects, ids, *time, call.now);
    });
}

Result<api::QueueCountResult> handleQueueRequireTls(Writing &call, const api::QueueTlsParams &params)
{
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::setTls(call.db, call.effects, ids, static_cast<queue::SenderTls>(params.tls), call.now);
    });
}

Result<api::QueueCountResult> handleQueueFail(Writing &call, const api::QueueSelection &params)
{
    return chosenMessages(call, params)
        .and_then(
            [&](const QList<qint64> &ids) { return call.services.queue.fail(call.db, call.effects, ids, call.now); })
        .transform([](qint64 count) { return api::QueueCountResult{.count = count, .undo = 0, .note = {}}; });
}

Result<api::QueueCountResult> handleQueueDrop(Writing &call, const api::QueueSelection &params)
{
    return chosenMessages(call, params).and_then([&](const QList<qint64> &ids) {
        return queue::drop(call.db, call.effects, ids, call.now);
    });
}

Result<api::QueueCountResult> handleQueueUndo(Writing &call, const api::QueueUndoParams &params)
{
    return queue::takeBack(call.db, call.effects, params.undo, call.now);
}

Result<api::QueueHistoryResult> handleQueueHistory(Reading &call, const api::QueueHistoryParams &params)
{
    return checkRange("/limit", params.limit, 1, kMostQueued).and_then([&] { return queue::history(call.db, params); });
}

Result<api::MailSendResult> handleMailSend(Writing &call, const api::MailSendParams &params)
{
    if (!call.services.queue.send)
        return failure(refusal("unsupported", QStringLiteral("this server has no outgoing queue")));
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
