// trace.find: what happened to a message, from the trace rows; each code becomes a sentence here.
#include "daemon/control/bounds.h"
#include "daemon/control/call.h"

namespace control {

namespace {

constexpr int kMostMessages = 500;

struct Sentence
{
    const char *event;
    const char *text; // {name} stands for an argument of the row
};
constexpr std::array kSentences = {
    Sentence{"received", "Received from {from} for {to}"},
    Sentence{"refused", "Refused: {reason}"},
    Sentence{"delivered", "Delivered to {account}"},
    Sentence{"queued", "Queued for {to}"},
    Sentence{"attempt", "Not delivered yet: {reason}"},
    Sentence{"sent", "Handed to {host}: {reply}"},
    Sentence{"failed", "Given up: {reason}"},
    Sentence{"held", "Put on hold"},
    Sentence{"released", "Released from hold"},
    Sentence{"retry", "Tried at once, by hand"},
    Sentence{"scheduled", "Its next attempt was moved by hand"},
    Sentence{"tls-changed", "What it wants of TLS was changed by hand"},
    Sentence{"reported", "A report came back ({action}): {reason}"},
    Sentence{"transport-changed", "Its transport was changed by hand"},
    Sentence{"taken-back", "What was done by hand was taken back"},
    Sentence{"dropped", "Removed from the queue"},
};

QString argument(const QJsonObject &arguments, const QString &name)
{
    const QJsonValue value = arguments.value(name);
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList parts;
    const QJsonArray array = value.toArray();
    for (const auto &each : array)
        parts << each.toVariant().toString();
    return parts.join(QStringLiteral(", "));
}

// The sentence up to the first argument the row does not have.
QString sentence(const store::Trace &row)
{
    const auto found = std::ranges::find_if(
        kSentences, [&](const Sentence &each) { return row.event == QLatin1StringView(each.event); });
    if (found == kSentences.end())
        return row.code.isEmpty() ? row.event : QStringLiteral("%1: %2").arg(row.event, row.code);
    QString text;
    QString rest = QString::fromLatin1(found->text);
    while (!rest.isEmpty()) {
        const qsizetype open = rest.indexOf(u'{');
        if (open < 0)
            return text + rest;
        const qsizetype close = rest.indexOf(u'}', open);
        const QString value = argument(row.arguments, rest.sliced(open + 1, close - open - 1));
        if (value.isEmpty())
            break;
        text += rest.first(open) + value;
        rest = rest.sliced(close + 1);
    }
    return text.isEmpty() ? QString::fromLatin1(found->text).section(u' ', 0, 0).remove(u':') : text;
}

void describe(api::TraceMessage &message, const store::Trace &row)
{
    const auto take = [&row](QString &to, const char *name) {
        if (to.isEmpty())
            to = argument(row.arguments, QString::fromLatin1(name));
    };
    take(message.sender, "from");
    take(message.recipients, "to");
    take(message.subject, "subject");
    take(message.messageId, "messageId");
}

} // namespace

Result<api::TraceFindResult> handleTraceFind(Reading &call, const api::TraceFindParams &params)
{
    if (params.query.trimmed().isEmpty())
        return failure(refusal("empty-query", QStringLiteral("must not be empty"), {}, QStringLiteral("/query")));
    if (auto done = checkRange("/limit", params.limit, 1, kMostMessages); !done)
        return std::unexpected(done.error());
    const auto rows = store::findTraces(call.db, params.query.trimmed(), params.limit);
    if (!rows)
        return std::unexpected(rows.error());
    api::TraceFindResult result;
    for (const store::Trace &row : *rows) {
        if (result.messages.isEmpty() || result.messages.last().key != row.messageKey)
            result.messages.append({.key = row.messageKey,
                                    .sender = {},
                                    .recipients = {},
                                    .subject = {},
                                    .messageId = {},
                                    .firstAt = row.time,
                                    .events = {}});
        api::TraceMessage &message = result.messages.last();
        describe(message, row);
        message.events.append({.at = row.time,
                               .code = row.code.isEmpty() ? row.event : row.event + u'.' + row.code,
                               .arguments = row.arguments,
                               .text = sentence(row)});
    }
    std::ranges::stable_sort(result.messages, std::ranges::greater(),
                             [](const api::TraceMessage &each) { return each.firstAt; });
    return result;
}

} // namespace control
