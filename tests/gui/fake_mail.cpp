// The fake server's aliases, queue and traces.
#include "explain.h"
#include "fake_daemon.h"

#include <QDateTime>

namespace {

Error refusal(const QString &text, const QString &path = {})
{
    return {.kind = ErrorKind::User,
            .text = text,
            .publicText = text,
            .code = QStringLiteral("refused"),
            .hint = {},
            .path = path};
}

Timestamp minutesAgo(qint64 minutes)
{
    return fromMilliseconds(QDateTime::currentMSecsSinceEpoch() - minutes * 60'000);
}

api::TraceEvent happened(qint64 minutes, const char *code, const QJsonObject &arguments, const QString &text = {})
{
    return {.at = minutesAgo(minutes), .code = QString::fromLatin1(code), .arguments = arguments, .text = text};
}

api::TraceMessage traced(const char *key, const char *subject, const char *from, const char *to,
                         QList<api::TraceEvent> events)
{
    api::TraceMessage message;
    message.key = QString::fromLatin1(key);
    message.subject = QString::fromUtf8(subject);
    message.sender = QString::fromLatin1(from);
    message.recipients = QString::fromLatin1(to);
    message.messageId = QStringLiteral("<c1d9.%1@gmx.example>").arg(message.key);
    message.firstAt = events.first().at;
    message.events = std::move(events);
    return message;
}

api::QueueMessage newsletter(qint64 id)
{
    api::QueueMessage each;
    each.id = id;
    each.sender = QStringLiteral("list@example-family.net");
    each.recipient = QStringLiteral("reader%1@domain%2.example").arg(id).arg(id % 700);
    each.subject = QStringLiteral("Newsletter No. 48");
    each.sizeBytes = 96'000;
    each.attempts = id % 10 == 0 ? 2 : 0; // few have been tried: 10,000 must fit a line
    each.lastError = each.attempts > 0 ? QStringLiteral("421 4.4.5 too busy") : QString();
    explain(each);
    each.queuedAt = minutesAgo(30);
    each.nextAttempt = minutesAgo(-(id % 240));
    return each;
}

} // namespace

int FakeDaemon::queued(const QString &state) const
{
    return int(std::ranges::count_if(
        m_queue, [&state](const api::QueueMessage &each) { return state == QLatin1StringView(nameOf(each.state)); }));
}

Result<QJsonObject> FakeDaemon::setAlias(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::Alias>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const auto known =
        std::ranges::find_if(m_aliases, [&](const api::Alias &each) { return each.address == asked->address; });
    if (known == m_aliases.end())
        m_aliases.append(*asked);
    else
        *known = *asked;
    return json::toJson(api::AliasResult{*asked});
}

Result<QJsonObject> FakeDaemon::removeAlias(const QJsonObject &params)
{
    const QString address = params.value(QLatin1StringView("address")).toString();
    const auto known = std::ranges::find_if(m_aliases, [&](const api::Alias &each) { return each.address == address; });
    if (known == m_aliases.end())
        return failure(refusal(QStringLiteral("no such alias"), QStringLiteral("/address")));
    const api::Alias gone = *known;
    m_aliases.erase(known);
    return json::toJson(api::AliasResult{gone});
}

Result<QJsonObject> FakeDaemon::testAlias(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::AliasesTestParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const auto known = std::ranges::find(m_aliases, asked->address, &api::Alias::address);
    if (known == m_aliases.end())
        return failure(refusal(QStringLiteral("no such alias"), QStringLiteral("/address")));
    api::AliasesTestResult result;
    result.accepted = known->post == api::AliasPost::Anyone || known->members.contains(asked->from);
    result.why = result.accepted ? QStringLiteral("anyone may write") : QStringLiteral("only its members may write");
    for (const QString &each : std::as_const(known->members)) {
        if (result.accepted)
            result.members.append({each, each == asked->from ? api::CopyFate::WroteIt : api::CopyFate::Delivered, {}});
    }
    return json::toJson(result);
}

int FakeDaemon::forEachQueued(const QJsonObject &params, const std::function<void(api::QueueMessage &)> &act)
{
    int count = 0;
    const QJsonArray ids = params.value(QLatin1StringView("ids")).toArray();
    for (api::QueueMessage &each : m_queue) {
        if (!ids.contains(each.id))
            continue;
        act(each);
        ++count;
    }
    return count;
}

Result<QJsonObject> FakeDaemon::retry(const QJsonObject &params)
{
    const int count = forEachQueued(params, [](api::QueueMessage &each) { each.nextAttempt = minutesAgo(0); });
    return QJsonObject{{QStringLiteral("count"), count}};
}

Result<QJsonObject> FakeDaemon::hold(const QJsonObject &params)
{
    const int count = forEachQueued(params, [](api::QueueMessage &each) { each.state = api::QueueState::Held; });
    return QJsonObject{{QStringLiteral("count"), count}};
}

Result<QJsonObject> FakeDaemon::release(const QJsonObject &params)
{
    const int count = forEachQueued(params, [](api::QueueMessage &each) { each.state = api::QueueState::Waiting; });
    return QJsonObject{{QStringLiteral("count"), count}};
}

Result<QJsonObject> FakeDaemon::drop(const QJsonObject &params)
{
    const QJsonArray ids = params.value(QLatin1StringView("ids")).toArray();
    const auto count = m_queue.removeIf([&ids](const api::QueueMessage &each) { return ids.contains(each.id); });
    return QJsonObject{{QStringLiteral("count"), qint64(count)}};
}

Result<QJsonObject> FakeDaemon::findTrace(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::TraceFindParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::TraceFindResult result;
    for (const api::TraceMessage &each : std::as_const(m_traces)) {
        const QString all =
            QStringList{each.key, each.sender, each.recipients, each.subject, each.messageId}.join(u' ');
        const QStringList words = asked->query.split(u' ', Qt::SkipEmptyParts);
        if (std::ranges::all_of(words, [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); }))
            result.messages.append(each);
    }
    return json::toJson(result);
}

Result<QJsonObject> FakeDaemon::sendMail(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::MailSendParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const QString to = asked->recipients.join(QStringLiteral(", "));
    const QJsonObject whom{
        {QStringLiteral("from"), asked->from}, {QStringLiteral("to"), to}, {QStringLiteral("account"), to}};
    m_traces.prepend(traced("proof", "It works", "", "",
                            {happened(0, "received.control", whom), happened(0, "delivered.inbox", whom)}));
    m_status.receivedToday += 1;
    m_status.messages += 1;
    return json::toJson(api::MailSendResult{QStringLiteral("proof"), {}});
}

void FakeDaemon::fillTraces()
{
    const QJsonObject oma{{QStringLiteral("from"), QStringLiteral("oma@gmx.example")},
                          {QStringLiteral("to"), QStringLiteral("mum@example-family.net")},
                          {QStringLiteral("account"), QStringLiteral("anna@example-family.net")}};
    const QJsonObject back{{QStringLiteral("from"), QStringLiteral("anna@example-family.net")},
                           {QStringLiteral("to"), QStringLiteral("oma@gmx.example")},
                           {QStringLiteral("host"), QStringLiteral("mx3.gmx.example")}};
    const QJsonObject forged{{QStringLiteral("from"), QStringLiteral("noreply@plants.example")},
                             {QStringLiteral("to"), QStringLiteral("anna@example-family.net")},
                             {QStringLiteral("reason"), QStringLiteral("the sender's domain says it is forged")}};
    const QJsonObject shop{
        {QStringLiteral("from"), QStringLiteral("office@example-family.net")},
        {QStringLiteral("to"), QStringLiteral("shop@slow.example")},
        {QStringLiteral("reason"), QStringLiteral("mx.slow.example: 452 4.2.2 mailbox full, try again later")}};
    m_traces = {
        traced("7f3a-0412", "Plans for the garden", "oma@gmx.example", "mum@example-family.net",
               {happened(276, "received.smtp", oma), happened(276, "delivered.inbox", oma)}),
        traced(
            "7f3a-0431", "Re: Plans for the garden", "anna@example-family.net", "oma@gmx.example",
            {happened(257, "received.submission", back), happened(257, "queued", back), happened(256, "sent", back)}),
        traced(
            "7f3a-0440", "Garden photos, part 2", "anna@example-family.net", "oma@gmx.example",
            {happened(223, "received.submission", back), happened(223, "queued", back), happened(223, "held", back)}),
        traced("7f11-0093", "Garden centre: your order", "noreply@plants.example", "anna@example-family.net",
               {happened(4000, "received.smtp", forged), happened(4000, "refused", forged)}),
        traced("7f3a-0402", "Invoice 2291", "office@example-family.net", "shop@slow.example",
               {happened(148, "received.submission", shop), happened(148, "queued", shop),
                happened(147, "attempt", shop), happened(117, "attempt", shop)}),
    };
}

void FakeDaemon::fillMany()
{
    constexpr int kMany = 10'000;
    m_queue.clear();
    for (int id = 1; id <= kMany; ++id)
        m_queue.append(newsletter(id));
    m_status.queueWaiting = kMany;
    m_status.queueHeld = 0;
}

// Tells of what is new alone: to compare all that is queued would take longer than what is measured with it.
void FakeDaemon::addQueued(int messages)
{
    const QString topic = QStringLiteral("queue");
    api::TopicEvent event{topic, 0, {}};
    for (int left = messages; left > 0; --left) {
        m_queue.append(newsletter(m_queue.size() + 1));
        const QString id = QString::number(m_queue.last().id);
        const QJsonObject value = brief(json::toJson(m_queue.last()));
        m_told[topic].insert(id, value);
        event.ops.append({api::OpKind::Upsert, id, value});
    }
    tell(event);
}
