// Outgoing mail that waits, and the trace of a message. Values only; any thread.
#pragma once

#include "shared/api/method.h"

namespace api {

enum class QueueState
{
    Waiting,
    Held,
    Sending,
};
constexpr auto enumNames(QueueState)
{
    return std::array{EnumName{QueueState::Waiting, "waiting"}, EnumName{QueueState::Held, "held"},
                      EnumName{QueueState::Sending, "sending"}};
}

struct QueueMessage
{
    qint64 id = 0;
    QString sender; // empty = a report (null reverse path)
    QString recipient;
    QString subject;
    qint64 sizeBytes = 0;
    QueueState state = QueueState::Waiting;
    int attempts = 0;
    Timestamp queuedAt;
    Timestamp nextAttempt;
    QString lastError; // why the last attempt did not deliver; empty = none yet
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &QueueMessage::id, "Number in the queue.", kKey),
            field("sender", &QueueMessage::sender, "Who sent it."),
            field("recipient", &QueueMessage::recipient, "Who it is for."),
            field("subject", &QueueMessage::subject, "Subject."),
            field("sizeBytes", &QueueMessage::sizeBytes, "Size.", kBytes),
            field("state", &QueueMessage::state, "Waiting, held or being sent."),
            field("attempts", &QueueMessage::attempts, "Attempts so far."),
            field("queuedAt", &QueueMessage::queuedAt, "When it was queued."),
            field("nextAttempt", &QueueMessage::nextAttempt, "When it is tried next."),
            field("lastError", &QueueMessage::lastError, "Why the last attempt failed."),
        };
    }
};
struct QueueListParams
{
    std::optional<QueueState> state;
    QString text;
    int limit = 1000;
    static constexpr auto fields()
    {
        return std::tuple{field("state", &QueueListParams::state, "Only those in this state."),
                          field("text", &QueueListParams::text, "Only those with this in sender or recipient."),
                          field("limit", &QueueListParams::limit, "Most messages listed.")};
    }
};
struct QueueListResult
{
    QList<QueueMessage> messages;
    static constexpr auto fields()
    {
        return std::tuple{field("messages", &QueueListResult::messages, "By next attempt.")};
    }
};
struct QueueIdsParams
{
    QList<qint64> ids; // empty = refused
    static constexpr auto fields()
    {
        return std::tuple{field("ids", &QueueIdsParams::ids, "Numbers from the list.", kRequired | kKey)};
    }
};
struct QueueCountResult
{
    qint64 count = 0;
    static constexpr auto fields()
    {
        return std::tuple{field("count", &QueueCountResult::count, "Messages this was done to.")};
    }
};

struct TraceEvent
{
    Timestamp at;
    QString code;          // "received", "delivered", "deferred", …
    QJsonObject arguments; // what the code's sentence needs
    QString text;          // the sentence in English
    static constexpr auto fields()
    {
        return std::tuple{field("at", &TraceEvent::at, "When."),
                          field("code", &TraceEvent::code, "What happened, as a code."),
                          field("arguments", &TraceEvent::arguments, "Details of the code."),
                          field("text", &TraceEvent::text, "What happened, as a sentence.")};
    }
};
struct TraceMessage
{
    QString key;
    QString sender;
    QString recipients;
    QString subject;
    QString messageId;
    Timestamp firstAt;
    QList<TraceEvent> events;
    static constexpr auto fields()
    {
        return std::tuple{
            field("key", &TraceMessage::key, "Key of the message.", kKey),
            field("sender", &TraceMessage::sender, "Who sent it."),
            field("recipients", &TraceMessage::recipients, "Who it was for."),
            field("subject", &TraceMessage::subject, "Subject."),
            field("messageId", &TraceMessage::messageId, "Message-ID."),
            field("firstAt", &TraceMessage::firstAt, "When we first met it."),
            field("events", &TraceMessage::events, "What happened to it, in order."),
        };
    }
};
struct TraceFindParams
{
    QString query;
    int limit = 50;
    static constexpr auto fields()
    {
        return std::tuple{
            field("query", &TraceFindParams::query, "Address, subject, Message-ID or key.", kRequired | kKey),
            field("limit", &TraceFindParams::limit, "Most messages.")};
    }
};
struct TraceFindResult
{
    QList<TraceMessage> messages;
    static constexpr auto fields()
    {
        return std::tuple{field("messages", &TraceFindResult::messages, "Newest first.")};
    }
};

inline constexpr Method<QueueListParams, QueueListResult> kQueueList{"queue.list", "List outgoing mail that waits.",
                                                                     Role::Admin, "queue", "list"};
inline constexpr Method<QueueIdsParams, QueueCountResult> kQueueRetry{
    "queue.retry", "Try messages now.", Role::Admin, "queue", "retry", true, "queue"};
inline constexpr Method<QueueIdsParams, QueueCountResult> kQueueHold{
    "queue.hold", "Keep messages until they are released.", Role::Admin, "queue", "hold", true, "queue"};
inline constexpr Method<QueueIdsParams, QueueCountResult> kQueueRelease{
    "queue.release", "Let held messages go.", Role::Admin, "queue", "release", true, "queue"};
inline constexpr Method<QueueIdsParams, QueueCountResult> kQueueDrop{
    "queue.drop", "Remove messages without telling the sender.", Role::Admin, "queue", "drop", true, "queue"};
inline constexpr Method<TraceFindParams, TraceFindResult> kTraceFind{
    "trace.find", "Find out what happened to a message.", Role::Admin, "trace", ""};

} // namespace api
