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

// What the sender or an administrator wants of TLS for one message.
enum class QueueTls
{
    Default,
    Required, // REQUIRETLS, RFC 8689
    Optional, // TLS-Required: No
};
constexpr auto enumNames(QueueTls)
{
    return std::array{EnumName{QueueTls::Default, "default"}, EnumName{QueueTls::Required, "required"},
                      EnumName{QueueTls::Optional, "optional"}};
}

struct QueueMessage
{
    qint64 id = 0;
    QString key;     // of its trace
    QString account; // whose mail it is; empty = nobody's any more
    QString sender;  // empty = a report (null reverse path)
    QString recipient;
    QString subject;
    qint64 sizeBytes = 0;
    QueueState state = QueueState::Waiting;
    qint64 heldBy = 0; // number of the hold rule; 0 = a person, or it is not held
    QString transport; // chosen by an administrator; empty = by the routes
    QueueTls tls = QueueTls::Default;
    int attempts = 0;
    Timestamp queuedAt;
    Timestamp nextAttempt;
    QString lastError; // why the last attempt did not deliver; empty = none yet
    QString lastStatus;
    QString reason; // code of assets/explain; empty = nothing to explain
    QString cause;
    QString nextStep;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &QueueMessage::id, "Number in the queue.", kKey),
            field("key", &QueueMessage::key, "Key of its trace."),
            field("account", &QueueMessage::account, "Whose mail it is."),
            field("sender", &QueueMessage::sender, "Who sent it."),
            field("recipient", &QueueMessage::recipient, "Who it is for."),
            field("subject", &QueueMessage::subject, "Subject."),
            field("sizeBytes", &QueueMessage::sizeBytes, "Size.", kBytes),
            field("state", &QueueMessage::state, "Waiting, held or being sent."),
            field("heldBy", &QueueMessage::heldBy, "Rule that holds it; 0: a person does, or nobody."),
            field("transport", &QueueMessage::transport, "Transport chosen by hand; empty: by the routes."),
            field("tls", &QueueMessage::tls, "What is wanted of TLS."),
            field("attempts", &QueueMessage::attempts, "Attempts so far."),
            field("queuedAt", &QueueMessage::queuedAt, "When it was queued."),
            field("nextAttempt", &QueueMessage::nextAttempt, "When it is tried next."),
            field("lastError", &QueueMessage::lastError, "What was said when the last attempt failed."),
            field("lastStatus", &QueueMessage::lastStatus, "Enhanced status code of that."),
            field("reason", &QueueMessage::reason, "Why, as a code; empty: nothing went wrong."),
            field("cause", &QueueMessage::cause, "Why, in words."),
            field("nextStep", &QueueMessage::nextStep, "What helps."),
        };
    }
};

// Which messages: by number, or all that fit everything that is said. Nothing said is refused where something is done.
struct QueueSelection
{
    QList<qint64> ids;
    bool all = false;
    QString account;
    QString from;
    QString to;
    std::optional<bool> held;
    std::optional<std::chrono::seconds> olderThan;
    std::optional<std::chrono::seconds> youngerThan;
    std::optional<std::chrono::seconds> dueWithin;
    std::optional<std::chrono::seconds> dueAfter;
    std::optional<QString> transport;
    static constexpr auto filterFields()
    {
        return std::tuple{
            field("account", &QueueSelection::account, "Only mail of this account."),
            field("from", &QueueSelection::from, "Only with this in the sender's address."),
            field("to", &QueueSelection::to, "Only with this in the recipient's address."),
            field("held", &QueueSelection::held, "Only what is held (true) or not held (false)."),
            field("olderThan", &QueueSelection::olderThan, "Only what was queued longer ago: 30m, 4h, 2d."),
            field("youngerThan", &QueueSelection::youngerThan, "Only what was queued since."),
            field("dueWithin", &QueueSelection::dueWithin, "Only what is tried within this time."),
            field("dueAfter", &QueueSelection::dueAfter, "Only what is tried later than that."),
            field("transport", &QueueSelection::transport, "Only with this transport chosen by hand; empty: none."),
        };
    }
    static constexpr auto fields()
    {
        return std::tuple_cat(std::tuple{field("ids", &QueueSelection::ids, "Numbers from the list.", kKey),
                                         field("all", &QueueSelection::all, "All messages, if nothing else is said.")},
                              filterFields());
    }
};

enum class QueueOrder
{
    NextAttempt,
    Queued,
};
constexpr auto enumNames(QueueOrder)
{
    return std::array{EnumName{QueueOrder::NextAttempt, "nextAttempt"}, EnumName{QueueOrder::Queued, "queued"}};
}

struct QueueListParams : QueueSelection
{
    std::optional<QueueState> state;
    QString text;
    QueueOrder sort = QueueOrder::NextAttempt;
    bool descending = false;
    int limit = 100;
    QString after;
    static constexpr auto fields()
    {
        return std::tuple_cat(
            std::tuple{field("state", &QueueListParams::state, "Only those in this state."),
                       field("text", &QueueListParams::text, "Only those with this in sender or recipient.")},
            QueueSelection::filterFields(),
            std::tuple{field("sort", &QueueListParams::sort, "By next attempt, or by when they were queued."),
                       field("descending", &QueueListParams::descending, "The latest first."),
                       field("limit", &QueueListParams::limit, "Most messages listed."),
                       field("after", &QueueListParams::after, "Where the page before ended: its next.")});
    }
};
struct QueueListResult
{
    QList<QueueMessage> messages;
    QString next; // empty = there are no more
    static constexpr auto fields()
    {
        return std::tuple{
            field("messages", &QueueListResult::messages, "In the order asked for."),
            field("next", &QueueListResult::next, "For the page behind this one; empty: this is the last.")};
    }
};
struct QueueScheduleParams : QueueSelection
{
    std::optional<std::chrono::seconds> wait;
    std::optional<std::chrono::seconds> later;
    std::optional<Timestamp> at;
    static constexpr auto fields()
    {
        return std::tuple_cat(
            QueueSelection::fields(),
            std::tuple{field("wait", &QueueScheduleParams::wait, "Try it in this time from now: 30m, 4h."),
                       field("later", &QueueScheduleParams::later, "Try it so much later than it would be."),
                       field("at", &QueueScheduleParams::at, "Try it at this time: 2026-12-01T08:00:00Z.")});
    }
};
struct QueueTlsParams : QueueSelection
{
    QueueTls tls = QueueTls::Default;
    static constexpr auto fields()
    {
        return std::tuple_cat(QueueSelection::fields(),
                              std::tuple{field("tls", &QueueTlsParams::tls, "What is wanted of TLS from now on.")});
    }
};
struct QueueCountResult
{
    qint64 count = 0;
    qint64 undo = 0;
    QString note;
    static constexpr auto fields()
    {
        return std::tuple{
            field("count", &QueueCountResult::count, "Messages this was done to."),
            field("undo", &QueueCountResult::undo, "Number for queue undo; 0: there is no way back."),
            field("note", &QueueCountResult::note, "What is worth knowing about it."),
        };
    }
};
struct QueueUndoParams
{
    qint64 undo = 0;
    static constexpr auto fields()
    {
        return std::tuple{field("undo", &QueueUndoParams::undo, "Number that the operation answered.", kRequired)};
    }
};

struct QueueAttempt
{
    Timestamp at;
    QString outcome; // delivered, deferred, failed
    QString host;
    QString ip;
    bool tls = false;
    int code = 0;
    QString status;
    QString text;
    qint64 milliseconds = 0;
    static constexpr auto fields()
    {
        return std::tuple{
            field("at", &QueueAttempt::at, "When it ended."),
            field("outcome", &QueueAttempt::outcome, "delivered, deferred or failed."),
            field("host", &QueueAttempt::host, "Server that answered; empty: none did."),
            field("ip", &QueueAttempt::ip, "Its address."),
            field("tls", &QueueAttempt::tls, "Whether the connection was encrypted."),
            field("code", &QueueAttempt::code, "Reply code; 0: there was no reply."),
            field("status", &QueueAttempt::status, "Enhanced status code."),
            field("text", &QueueAttempt::text, "Its words, or ours."),
            field("milliseconds", &QueueAttempt::milliseconds, "How long it took."),
        };
    }
};
struct QueueIdParams
{
    qint64 id = 0;
    static constexpr auto fields()
    {
        return std::tuple{field("id", &QueueIdParams::id, "Number from the list or the history.", kRequired | kKey)};
    }
};
struct QueueShowResult
{
    QList<QueueAttempt> attempts;
    QueueMessage message;
    QString outcome; // empty = it is still in the queue
    QJsonObject extra;
    static constexpr auto fields()
    {
        return std::tuple{
            field("attempts", &QueueShowResult::attempts, "Every attempt, oldest first."),
            field("message", &QueueShowResult::message, "The message."),
            field("outcome", &QueueShowResult::outcome, "What became of it; empty: it is still in the queue."),
            field("extra", &QueueShowResult::extra, "What its sender noted down about it."),
        };
    }
};

struct QueueRetired
{
    qint64 id = 0;
    QString key;
    QString account;
    QString sender;
    QString recipient;
    QString subject;
    qint64 sizeBytes = 0;
    Timestamp queuedAt;
    Timestamp endedAt;
    QString outcome; // delivered, failed, dropped, suppressed
    int attempts = 0;
    QString lastText;
    QString lastError;
    QString reason; // code of assets/explain; empty = nothing to explain
    QString cause;
    QString nextStep;
    static constexpr auto fields()
    {
        return std::tuple{
            field("id", &QueueRetired::id, "Number it had in the queue.", kKey),
            field("key", &QueueRetired::key, "Key of its trace."),
            field("account", &QueueRetired::account, "Whose mail it was."),
            field("sender", &QueueRetired::sender, "Who sent it."),
            field("recipient", &QueueRetired::recipient, "Who it was for."),
            field("subject", &QueueRetired::subject, "Subject."),
            field("sizeBytes", &QueueRetired::sizeBytes, "Size.", kBytes),
            field("queuedAt", &QueueRetired::queuedAt, "When it was queued."),
            field("endedAt", &QueueRetired::endedAt, "When it left the queue."),
            field("outcome", &QueueRetired::outcome, "delivered, failed, dropped or suppressed."),
            field("attempts", &QueueRetired::attempts, "Attempts it took."),
            field("lastText", &QueueRetired::lastText, "What was said last."),
            field("lastError", &QueueRetired::lastError, "What was said when it failed, if it did."),
            field("reason", &QueueRetired::reason, "Why, as a code; empty: nothing went wrong."),
            field("cause", &QueueRetired::cause, "Why, in words."),
            field("nextStep", &QueueRetired::nextStep, "What helps."),
        };
    }
};
struct QueueHistoryParams
{
    QString account;
    QString outcome;
    QString text;
    int limit = 100;
    QString after;
    static constexpr auto fields()
    {
        return std::tuple{
            field("account", &QueueHistoryParams::account, "Only mail of this account."),
            field("outcome", &QueueHistoryParams::outcome, "Only delivered, failed, dropped or suppressed."),
            field("text", &QueueHistoryParams::text, "Only with this in sender or recipient."),
            field("limit", &QueueHistoryParams::limit, "Most messages listed."),
            field("after", &QueueHistoryParams::after, "Where the page before ended: its next.")};
    }
};
struct QueueHistoryResult
{
    QList<QueueRetired> messages;
    QString next;
    static constexpr auto fields()
    {
        return std::tuple{
            field("messages", &QueueHistoryResult::messages, "What was queued last comes first."),
            field("next", &QueueHistoryResult::next, "For the page behind this one; empty: this is the last.")};
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
inline constexpr Method<QueueIdParams, QueueShowResult> kQueueShow{
    "queue.show", "Show a message with all its attempts.", Role::Admin, "queue", "show"};
inline constexpr Method<QueueSelection, QueueCountResult> kQueueRetry{
    "queue.retry", "Try messages now.", Role::Admin, "queue", "retry", true, "queue"};
inline constexpr Method<QueueSelection, QueueCountResult> kQueueHold{
    "queue.hold", "Keep messages until they are released.", Role::Admin, "queue", "hold", true, "queue"};
inline constexpr Method<QueueSelection, QueueCountResult> kQueueRelease{
    "queue.release", "Let held messages go.", Role::Admin, "queue", "release", true, "queue"};
inline constexpr Method<QueueScheduleParams, QueueCountResult> kQueueSchedule{
    "queue.schedule", "Choose when messages are tried next.", Role::Admin, "queue", "schedule", true, "queue"};
inline constexpr Method<QueueTlsParams, QueueCountResult> kQueueRequireTls{
    "queue.requireTls",
    "Choose whether messages need a verified connection.",
    Role::Admin,
    "queue",
    "require-tls",
    true,
    "queue"};
inline constexpr Method<QueueSelection, QueueCountResult> kQueueFail{
    "queue.fail", "Give messages up and tell their senders.", Role::Admin, "queue", "fail", true, "queue"};
inline constexpr Method<QueueSelection, QueueCountResult> kQueueDrop{
    "queue.drop", "Remove messages without telling the sender.", Role::Admin, "queue", "drop", true, "queue"};
inline constexpr Method<QueueUndoParams, QueueCountResult> kQueueUndo{
    "queue.undo", "Take back a hold, a release or a new time.", Role::Admin, "queue", "undo", true, "queue"};
inline constexpr Method<QueueHistoryParams, QueueHistoryResult> kQueueHistory{
    "queue.history", "List what has left the queue.", Role::Admin, "queue", "history"};
inline constexpr Method<TraceFindParams, TraceFindResult> kTraceFind{
    "trace.find", "Find out what happened to a message.", Role::Admin, "trace", ""};

} // namespace api
