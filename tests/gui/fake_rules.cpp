// The fake server's hold rules, what can be done to outgoing mail, what has left the queue, and who gets nothing any
// more.
#include "explain.h"
#include "fake_daemon.h"

#include <QDateTime>

namespace {

Error refusal(const QString &text, const QString &path)
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

bool fitsText(const QString &wanted, const QString &value) { return wanted.isEmpty() || wanted == value; }

bool fitsDomain(const QString &wanted, const QString &address)
{
    return wanted.isEmpty() || address.endsWith(u'@' + wanted);
}

// As the server does it: all that is named must fit, for what waits as for what was sent.
template<class Message>
bool fits(const api::HoldConditions &rule, const Message &message)
{
    return fitsText(rule.account, message.account) && fitsText(rule.sender, message.sender) &&
           fitsDomain(rule.senderDomain, message.sender) && fitsText(rule.recipient, message.recipient) &&
           fitsDomain(rule.recipientDomain, message.recipient) && message.sizeBytes >= rule.minBytes;
}

api::QueueRetired retired(qint64 id, const char *subject, const char *recipient, const char *outcome, const char *said,
                          qint64 endedMinutesAgo)
{
    api::QueueRetired message;
    message.id = id;
    message.key = QStringLiteral("7f3a-%1").arg(id);
    message.account = message.sender = QStringLiteral("anna@example-family.net");
    message.recipient = QString::fromLatin1(recipient);
    message.subject = QString::fromUtf8(subject);
    message.sizeBytes = 40'000 * id % 9'000'000;
    message.queuedAt = minutesAgo(endedMinutesAgo + 3);
    message.endedAt = minutesAgo(endedMinutesAgo);
    message.outcome = QString::fromLatin1(outcome);
    message.attempts = message.outcome == QLatin1StringView("failed") ? 14 : 1;
    message.lastText = QString::fromLatin1(said);
    message.lastError = message.outcome == QLatin1StringView("delivered") ? QString() : message.lastText;
    explain(message);
    return message;
}

constexpr qint64 kHour = 60;
constexpr qint64 kDay = 24 * kHour;

} // namespace

void FakeDaemon::fillRules()
{
    for (api::QueueMessage &each : m_queue) {
        each.account = each.sender;
        each.key = QStringLiteral("7f3a-04%1").arg(each.id);
    }
    api::HoldRule photos;
    photos.id = ++m_lastRule;
    photos.note = QStringLiteral("Large mail waits for the night");
    photos.minBytes = 9LL << 20;
    photos.createdAt = minutesAgo(12 * kDay);
    m_rules = {photos};
    for (api::QueueMessage &each : m_queue) {
        if (each.state == api::QueueState::Held)
            each.heldBy = photos.id;
    }
    m_retired = {
        retired(101, "Re: Plans for the garden", "oma@gmx.example", "delivered", "mx3.gmx.example: 250 2.0.0 queued",
                11),
        retired(102, "Minutes of the meeting", "post@verein.example", "delivered", "mx.verein.example: 250 ok", 55),
        retired(103, "Invoice 2290", "shop@slow.example", "failed", "mx.slow.example: 550 5.1.1 no such user",
                3 * kHour),
        retired(104, "Holiday photos", "oma@gmx.example", "delivered", "mx3.gmx.example: 250 2.0.0 queued", kDay),
        retired(105, "Old newsletter", "gone@nowhere.example", "suppressed", "mail to it came back for good", 2 * kDay),
        retired(106, "Test", "me@example-family.net", "dropped", "dropped by a person", 3 * kDay),
    };
    m_suppressions = {{.id = QStringLiteral("anna gone"),
                       .account = QStringLiteral("anna@example-family.net"),
                       .address = QStringLiteral("gone@nowhere.example"),
                       .manual = false,
                       .reason = QStringLiteral("mx.nowhere.example: 550 5.1.1 no such user"),
                       .createdAt = minutesAgo(4 * kDay)}};
}

api::HoldRule FakeDaemon::withCount(api::HoldRule rule) const
{
    rule.holds = std::ranges::count(m_queue, rule.id, &api::QueueMessage::heldBy);
    return rule;
}

Result<QJsonObject> FakeDaemon::listRules(const QJsonObject &)
{
    api::HoldRulesListResult result;
    for (const api::HoldRule &each : std::as_const(m_rules))
        result.rules.append(withCount(each));
    return json::toJson(result);
}

Result<QJsonObject> FakeDaemon::addRule(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::HoldRulesAddParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::HoldRule rule;
    rule.id = ++m_lastRule;
    rule.note = asked->note;
    rule.everything = asked->everything;
    rule.account = asked->account;
    rule.sender = asked->sender;
    rule.senderDomain = asked->senderDomain;
    rule.recipient = asked->recipient;
    rule.recipientDomain = asked->recipientDomain;
    rule.minBytes = asked->minBytes;
    rule.createdAt = minutesAgo(0);
    if (asked->lasts)
        rule.endsAt = minutesAgo(-asked->lasts->count() / 60);
    qint64 count = 0;
    for (api::QueueMessage &each : m_queue) {
        if (each.state == api::QueueState::Held || !fits(*asked, each))
            continue;
        each.state = api::QueueState::Held;
        each.heldBy = rule.id;
        ++count;
    }
    m_rules.append(rule);
    return json::toJson(api::HoldRuleResult{withCount(rule), count, {}});
}

Result<QJsonObject> FakeDaemon::removeRule(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::HoldRulesRemoveParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const auto known = std::ranges::find(m_rules, asked->id, &api::HoldRule::id);
    if (known == m_rules.end())
        return failure(refusal(QStringLiteral("no such rule"), QStringLiteral("/id")));
    const api::HoldRule gone = *known;
    m_rules.erase(known);
    qint64 count = 0;
    for (api::QueueMessage &each : m_queue) {
        if (each.heldBy != gone.id)
            continue;
        each.heldBy = 0;
        if (asked->release)
            each.state = api::QueueState::Waiting;
        ++count;
    }
    return json::toJson(api::HoldRuleResult{gone, count, {}});
}

Result<QJsonObject> FakeDaemon::testRule(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::HoldConditions>(params);
    if (!asked)
        return std::unexpected(asked.error());
    api::HoldRulesTestResult result;
    for (const api::QueueMessage &each : std::as_const(m_queue)) {
        if (each.state != api::QueueState::Held && fits(*asked, each))
            result.messages.append(each);
    }
    for (const api::QueueRetired &each : std::as_const(m_retired)) {
        if (fits(*asked, each))
            result.sent.append(each);
    }
    result.now = result.messages.size();
    result.recent = result.sent.size();
    return json::toJson(result);
}

// Two tries for each that counts any, the last of them with its reason.
Result<QJsonObject> FakeDaemon::showQueued(const QJsonObject &params)
{
    const qint64 id = params.value(QLatin1StringView("id")).toInteger();
    const auto message = std::ranges::find(m_queue, id, &api::QueueMessage::id);
    if (message == m_queue.end())
        return failure(refusal(QStringLiteral("no such message"), QStringLiteral("/id")));
    api::QueueShowResult result{.attempts = {}, .message = *message, .outcome = {}, .extra = {}};
    for (int i = 0; i < message->attempts; ++i) {
        api::QueueAttempt attempt;
        attempt.at = minutesAgo(55 - 15 * i);
        attempt.outcome = QStringLiteral("deferred");
        attempt.host = message->lastError.section(u':', 0, 0);
        attempt.code = message->lastError.section(QStringLiteral(": "), 1).section(u' ', 0, 0).toInt();
        attempt.text = message->lastError;
        result.attempts.append(attempt);
    }
    return json::toJson(result);
}

Result<QJsonObject> FakeDaemon::failQueued(const QJsonObject &params)
{
    const QJsonArray ids = params.value(QLatin1StringView("ids")).toArray();
    for (const api::QueueMessage &each : std::as_const(m_queue)) {
        if (ids.contains(each.id))
            m_retired.prepend(retired(each.id, each.subject.toUtf8(), each.recipient.toLatin1(), "failed",
                                      each.lastError.toLatin1(), 0));
    }
    return drop(params);
}

Result<QJsonObject> FakeDaemon::requireTls(const QJsonObject &params)
{
    const int count = forEachQueued(params, [](api::QueueMessage &each) { each.tls = api::QueueTls::Required; });
    return QJsonObject{{QStringLiteral("count"), count}};
}

// In "busy" there is always more.
Result<QJsonObject> FakeDaemon::listRetired(const QJsonObject &params)
{
    constexpr int kMostListed = 10'000;
    const auto asked = json::fromJson<api::QueueHistoryParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    if (asked->limit > kMostListed)
        return failure(refusal(QStringLiteral("must be between 1 and 10000"), QStringLiteral("/limit")));
    const bool more = m_scenario == QLatin1StringView("busy");
    return json::toJson(api::QueueHistoryResult{m_retired, more ? QStringLiteral("older") : QString()});
}

Result<QJsonObject> FakeDaemon::listSuppressed(const QJsonObject &)
{
    return json::toJson(api::SuppressionsListResult{m_suppressions});
}

Result<QJsonObject> FakeDaemon::suppress(const QJsonObject &params)
{
    const auto asked = json::fromJson<api::SuppressionsAddParams>(params);
    if (!asked)
        return std::unexpected(asked.error());
    const api::Suppression entry{.id = asked->account + u' ' + asked->address,
                                 .account = asked->account,
                                 .address = asked->address,
                                 .manual = true,
                                 .reason = asked->reason,
                                 .createdAt = minutesAgo(0)};
    m_suppressions.prepend(entry);
    return json::toJson(api::SuppressionResult{entry});
}

Result<QJsonObject> FakeDaemon::unsuppress(const QJsonObject &params)
{
    const QString address = params.value(QLatin1StringView("address")).toString();
    const auto known = std::ranges::find(m_suppressions, address, &api::Suppression::address);
    if (known == m_suppressions.end())
        return failure(refusal(QStringLiteral("it is not suppressed"), QStringLiteral("/address")));
    const api::Suppression gone = *known;
    m_suppressions.erase(known);
    return json::toJson(api::SuppressionResult{gone});
}
